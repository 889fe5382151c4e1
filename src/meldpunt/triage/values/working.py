"""What the desk does with reports one by one: steps that can be undone, who is at it, drafts, habits, reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.intake.values import ReportId, State
from meldpunt.vocabulary.bilingual import Bilingual

from .by import By
from .words import Decision

StepId = NewType("StepId", UUID)
ReviewId = NewType("ReviewId", UUID)

UNDO_WITHIN: Final = timedelta(hours=1)
PRESENT_FOR: Final = timedelta(seconds=60)
"""Whose page was not heard of for so long is gone."""
KEPT_FOR: Final = timedelta(days=14)
"""How long drafts, reviews, and what stood before a deed are kept."""
READ_FOR: Final = timedelta(weeks=26)
"""How long it is known to a person that they read a report: a report that stood still for longer is unread again, and
the desk is no record of what its people looked at."""
MOST_REVIEWED: Final = 200


class StepKind(StrEnum):
    """What was done."""

    DECIDED = "decided"
    TAKEN = "taken"
    RELEASED = "released"
    ASSESSED = "assessed"
    JUDGED = "judged"
    """A vulnerability."""
    SCALED = "scaled"


@dataclass(frozen=True, slots=True)
class Step:
    """One deed about one report. `number` is the decision or version it added, `holder` who had the report before.

    `cve` is the vulnerability it was about, where it was about one.
    """

    id: StepId
    together: UUID
    report: ReportId
    reference: str
    kind: StepKind
    number: int | None
    decision: Decision | None
    state_before: State
    state_after: State
    holder: By | None
    by: By
    undone_at: datetime | None
    cve: str = ""

    @property
    def has_told(self) -> bool:
        """Whether the reporter could read of it: the state of a report is theirs to follow."""
        return self.state_before is not self.state_after

    @property
    def until(self) -> datetime:
        """Until when it can be undone."""
        return self.by.at + UNDO_WITHIN


@dataclass(frozen=True, slots=True)
class Present:
    """A colleague who has the report open, and whether they type a decision."""

    actor: ActorId
    name: str
    is_deciding: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Reasons:
    """What may be offered as a reason for one decision: one's own last ones, and those of the house."""

    own: tuple[str, ...]
    house: tuple[Bilingual, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form, by field, and when it was saved last."""

    form: str
    fields: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody wants the desk to behave: single keys, and whether the next report opens after a decision."""

    has_keys: bool = True
    opens_next: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """Reports to look through one at a time. `next` is None where none is left.

    `passed` are those that a colleague has in hand, with the colleague's name; `decided` those about which anybody
    decided since it began.
    """

    id: ReviewId
    asked: str
    at: datetime
    reports: tuple[ReportId, ...]
    skipped: frozenset[ReportId]
    decided: frozenset[ReportId]
    passed: Mapping[ReportId, str]
    next: ReportId | None

    def place(self, report: ReportId) -> int:
        """Its number in the order, from 1; 0 where it is not among them."""
        return self.reports.index(report) + 1 if report in self.reports else 0
