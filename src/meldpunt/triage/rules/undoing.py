"""What can be undone: one's own last deed about a report, within the hour, while nobody built on it. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from meldpunt.access.values import ActorId
from meldpunt.intake.values import State

from ..errors import StepNotFound, UndoImpossible
from ..values import Decision, DecisionLine, Step

UNDONE: Final = "Binnen het uur ongedaan gemaakt. / Undone within the hour."
"""The reason that the house gives: who undoes says nothing new about the report."""
IN_CASE: Final = frozenset({Decision.ACCEPT, Decision.MERGE})


def check_undo(step: Step, *, actor: ActorId, now: datetime, later: Step | None, state: State) -> None:
    """Raise StepNotFound, UndoImpossible. `later` is the last step after it that stands, `state` now's."""
    if step.by.actor != actor:
        raise StepNotFound("no such step, or not of this actor")
    if step.undone_at is not None:
        raise UndoImpossible("This was undone before.")
    if now > step.until:
        raise UndoImpossible("This was done more than an hour ago. Decide anew, with a reason.")
    if later is not None and later.by.actor == actor:
        raise UndoImpossible("You did something with this report since. Undo that first.")
    if later is not None:
        raise UndoImpossible("%(name)s went on with this report since.", name=later.by.name)
    if state is not step.state_after:
        raise UndoImpossible("Somebody went on with this report since.")


def check_not_put_back(undone: Decision, before: DecisionLine | None) -> None:
    """Raise UndoImpossible where undoing would put a report back into a case, and nobody did that beforehand."""
    if undone is Decision.REOPEN and before is not None and before.decision in IN_CASE:
        raise UndoImpossible("This report was taken out of its case. Accept it into that case again.")


def check_not_asked(*, is_asked: bool) -> None:
    """Raise UndoImpossible where a party was asked on the ground of what was assessed."""
    if is_asked:
        raise UndoImpossible("A party was asked since, on what this assessment says. Assess anew.")
