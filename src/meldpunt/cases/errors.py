"""Ways in which work on a case goes wrong.

RuleBroken
├── ReasonMissing        a deed that asks a reason came without
├── TextMissing          an entry, task or document without words
├── AlreadyInCase        the report is in a case
├── NotInCase            the report is in no case
├── CaseNotOpen          the case was closed, or merged into another
├── MergeImpossible      a case with itself, or with one it is merged into already
├── NotMerged            there is no merge to undo
├── OpenTasksLeft        a case closes when its tasks are done or dropped
├── TaskDone             the task was done before
└── WentOn               work was done in the case that a decision opened
NotFound
├── CaseNotFound         no such case, or not for this viewer
├── TaskNotFound
└── DocumentNotFound
"""

from __future__ import annotations

from meldpunt.access.errors import NotFound, RuleBroken


class ReasonMissing(RuleBroken):
    """Write why: whoever reads the case next year was not there."""

    def __init__(self) -> None:
        super().__init__("Write the reason.")


class TextMissing(RuleBroken):
    """Write something."""

    def __init__(self) -> None:
        super().__init__("Write a title or a text.")


class AlreadyInCase(RuleBroken):
    """Take the report out of its case first, or merge the cases."""

    def __init__(self, reference: str) -> None:
        super().__init__("This report is in case %(reference)s.", reference=reference)
        self.reference = reference


class NotInCase(RuleBroken):
    """Only what is in a case can be taken out of it."""

    def __init__(self) -> None:
        super().__init__("This report is in no case.")


class CaseNotOpen(RuleBroken):
    """Work in the case it was merged into, or reopen it."""


class MergeImpossible(RuleBroken):
    """Choose two cases that are not one already."""


class NotMerged(RuleBroken):
    """Only a merge that stands can be undone."""

    def __init__(self) -> None:
        super().__init__("This case is not merged into another.")


class OpenTasksLeft(RuleBroken):
    """Finish the tasks first."""

    def __init__(self, count: int) -> None:
        super().__init__("Finish the open tasks first; open now: %(count)s.", count=count)
        self.count = count


class TaskDone(RuleBroken):
    """A task is finished once."""

    def __init__(self) -> None:
        super().__init__("This task was done before.")


class WentOn(RuleBroken):
    """Take the report out of the case, with a reason, and close the case."""

    def __init__(self, reference: str) -> None:
        super().__init__(
            "Work went on in case %(reference)s since. Take the report out of it instead.", reference=reference
        )
        self.reference = reference


class CaseNotFound(NotFound):
    """There is no such case for this viewer."""


class TaskNotFound(NotFound):
    """There is no such task for this viewer."""


class DocumentNotFound(NotFound):
    """There is no such document for this viewer."""
