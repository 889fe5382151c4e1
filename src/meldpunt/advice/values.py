"""What crosses the wall of advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, NewType
from uuid import UUID

from meldpunt.cases.values import CaseId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Delivered, DisclosureId
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.intake.values import ReportId
from meldpunt.triage.values import By
from meldpunt.vocabulary.bilingual import Bilingual

AdviceId = NewType("AdviceId", UUID)
MeasureId = NewType("MeasureId", UUID)


class AdviceState(StrEnum):
    """How far an advice has come. GIVEN: it was decided to give it; whether it arrived is with the disclosure."""

    DRAFT = "draft"
    GIVEN = "given"
    FOLLOWED = "followed"
    PARTLY = "partly"
    NOT_FOLLOWED = "not-followed"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _STATE[self]


_STATE: Mapping[AdviceState, Bilingual] = {
    AdviceState.DRAFT: Bilingual("concept", "draft"),
    AdviceState.GIVEN: Bilingual("gegeven", "given"),
    AdviceState.FOLLOWED: Bilingual("opgevolgd", "followed"),
    AdviceState.PARTLY: Bilingual("deels opgevolgd", "partly followed"),
    AdviceState.NOT_FOLLOWED: Bilingual("niet opgevolgd", "not followed"),
}


class Outcome(StrEnum):
    """What a follow-up found."""

    FOLLOWED = "followed"
    PARTLY = "partly"
    NOT_FOLLOWED = "not-followed"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return AdviceState(self.value).label


class AnswerKind(StrEnum):
    """What an organisation says about a measure."""

    ACKNOWLEDGE = "acknowledge"
    DONE = "done"
    REFUSE = "refuse"


class MeasureState(StrEnum):
    """Where a measure stands: the last answer."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    REFUSED = "refused"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _MEASURE[self]


_MEASURE: Mapping[MeasureState, Bilingual] = {
    MeasureState.OPEN: Bilingual("nog geen antwoord", "no answer yet"),
    MeasureState.ACKNOWLEDGED: Bilingual("toegezegd", "acknowledged"),
    MeasureState.DONE: Bilingual("uitgevoerd", "done"),
    MeasureState.REFUSED: Bilingual("geweigerd", "refused"),
}


@dataclass(frozen=True, slots=True)
class MeasureForm:
    """A measure to advise; without a day of its own it is due with the advice."""

    text: str
    due_on: date | None = None


class Chosen(StrEnum):
    """Why this organisation is advised: it has a part in the case, the report is about it, or it is concerned too."""

    CASE = "case"
    REPORT = "report"
    PRODUCT = "product"
    """It registered what is vulnerable."""
    SECTOR = "sector"
    """It is in the sector: of its own systems nothing is known."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Others whom a report concerns: who registered one of these products (`names`), or is in one of these sectors."""

    by: Literal[Chosen.PRODUCT, Chosen.SECTOR]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdviceForm:
    """What is advised, before it is written to anybody."""

    title: str
    introduction: str
    measures: tuple[MeasureForm, ...]
    due_on: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What the organisation said, and when."""

    kind: AnswerKind
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with its answers, oldest first."""

    id: MeasureId
    number: int
    text: str
    due_on: date
    state: MeasureState
    answers: tuple[Answer, ...] = ()

    @property
    def reason(self) -> str:
        """The reason given with the last answer."""
        return self.answers[-1].reason if self.answers else ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One round of asking whether it was followed."""

    round: int
    due_at: datetime
    planned: By
    done: By | None = None
    outcome: Outcome | None = None
    note: str = ""


class RequirementKind(StrEnum):
    """What must stand before the ministry is told."""

    GIVEN = "given"
    NOT_FOLLOWED = "not-followed"
    MEASURE_LEFT = "measure-left"
    DISRUPTION = "disruption"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One condition for escalating, met or not, with the sentence that says so."""

    kind: RequirementKind
    is_met: bool
    sentence: Bilingual


@dataclass(frozen=True, slots=True)
class EscalationTest:
    """May this go to the ministry? Every condition with its answer."""

    requirements: tuple[Requirement, ...]

    @property
    def unmet(self) -> tuple[Requirement, ...]:
        """What stands in the way."""
        return tuple(one for one in self.requirements if not one.is_met)

    @property
    def is_allowed(self) -> bool:
        """Whether nothing stands in the way but the law and a second person."""
        return not self.unmet


@dataclass(frozen=True, slots=True)
class Escalation:
    """One letter to a ministry. `state` is None for a viewer who does not oversee disclosures."""

    ministry: Organisation
    reason: str
    requested: By
    requirements: tuple[Requirement, ...]
    disclosure: DisclosureId
    state: DisclosureState | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of what happened to an advice, oldest first."""

    at: datetime
    what: Bilingual
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One advice in a list. `left` counts measures that are unanswered, refused, or accepted and overdue.

    `is_requested`: somebody asked for it.
    """

    id: AdviceId
    case: CaseId | None
    organisation: Organisation
    title: str
    state: AdviceState
    due_on: date
    follow_up_at: datetime | None
    measures: int
    left: int
    is_overdue: bool
    report: ReportId | None = None
    is_requested: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """One advice in full, for the desk. `delivered_at` is None while the organisation does not have it.

    Without a `case` its report is in none. `chosen` says why this organisation is advised, `names` by which of them.
    """

    id: AdviceId
    case: CaseId | None
    organisation: Organisation
    title: str
    introduction: str
    due_on: date
    state: AdviceState
    written: By
    disclosure: DisclosureId | None
    delivered_at: datetime | None
    measures: tuple[Measure, ...]
    follow_ups: tuple[FollowUp, ...]
    escalations: tuple[Escalation, ...]
    history: tuple[Event, ...]
    report: ReportId | None = None
    requested_by: str = ""
    """Who asked for it; nothing where it is given unasked."""
    chosen: Chosen = Chosen.CASE
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnAdvice:
    """Advice as its organisation has it: the words are those of the delivery."""

    id: AdviceId
    told: Delivered
    due_on: date
    measures: tuple[Measure, ...]

    @property
    def to_answer(self) -> int:
        """How many measures still wait for an answer."""
        return sum(one.state is MeasureState.OPEN for one in self.measures)
