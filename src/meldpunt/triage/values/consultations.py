"""What parties are asked, what they answer, and what a decision did with that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NewType
from uuid import UUID

from meldpunt.access.values import OrganisationId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import TOLD, Deferred, Delivered, Disclosure
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.intake.values import ReportId
from meldpunt.law import Condition, DataKind
from meldpunt.vocabulary.markings import TLP
from meldpunt.vocabulary.rsit import IncidentClass

from .by import By
from .viewing import AskedState, Heed, Objection, Question, SequelKind, Severity

ConsultationId = NewType("ConsultationId", UUID)
RoundId = NewType("RoundId", UUID)
CounterQuestionId = NewType("CounterQuestionId", UUID)


@dataclass(frozen=True, slots=True)
class View:
    """One version of what a party answered. `hold_until` is None for a hold without an end.

    `repeatable` says which answers we may repeat to the other parties of the consultation, and under which marking;
    what is not in it stays between the party and us.
    """

    version: int
    rsit_class: IncidentClass | None
    nature: str
    severity: Severity
    has_interest: bool
    own_interest: str
    objection: Objection
    hold_until: datetime | None
    text: str
    repeatable: Mapping[Question, TLP]
    by: By

    @property
    def is_dissent(self) -> bool:
        """Whether the party has something against going on."""
        return self.objection is not Objection.NONE

    def holds_at(self, instant: datetime) -> bool:
        """Whether it asks to wait, and the time until which it asks is not over."""
        return self.objection is Objection.HOLD and (self.hold_until is None or instant < self.hold_until)


@dataclass(frozen=True, slots=True)
class Sequel:
    """What a party was told after it was asked: a reminder, an answer to `question`, or what was decided."""

    kind: SequelKind
    at: datetime
    by_name: str
    disclosure: Disclosure
    question: CounterQuestionId | None = None
    decision: int | None = None


@dataclass(frozen=True, slots=True)
class CounterQuestion:
    """What a party asked us back."""

    id: CounterQuestionId
    text: str
    by: By


_NOT_TOLD: Final = {
    DisclosureState.PROPOSED: AskedState.PROPOSED,
    DisclosureState.WAITING_FOR_APPROVAL: AskedState.WAITING,
    DisclosureState.REFUSED: AskedState.REFUSED,
    DisclosureState.WITHDRAWN: AskedState.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Consultation:
    """One party asked about one report. `disclosure` says what it was told, or why the law refused.

    `round` is shared by those that were asked the same at once. `views` are its versions, oldest first.
    """

    id: ConsultationId
    report: ReportId
    round: RoundId
    party: Organisation
    questions: str
    asked: By
    due_at: datetime
    disclosure: Disclosure
    views: tuple[View, ...] = ()
    counter_questions: tuple[CounterQuestion, ...] = ()
    sequels: tuple[Sequel, ...] = ()

    @property
    def view(self) -> View | None:
        """What it thinks now."""
        return self.views[-1] if self.views else None

    @property
    def is_refused(self) -> bool:
        """Whether the law refused to tell this party."""
        return self.disclosure.state is DisclosureState.REFUSED

    @property
    def is_told(self) -> bool:
        """Whether the party has the question."""
        return self.disclosure.state in TOLD

    @property
    def is_waiting(self) -> bool:
        """Whether the party was asked and has not answered."""
        return self.is_told and self.view is None

    def state_at(self, instant: datetime) -> AskedState:
        """How far it had come at an instant."""
        told = self.disclosure.state_at(instant)
        if told not in TOLD:
            return _NOT_TOLD[told]
        if any(view.by.at <= instant for view in self.views):
            return AskedState.ANSWERED
        return AskedState.SILENT if self.due_at <= instant else AskedState.AWAITED

    @property
    def unanswered(self) -> tuple[CounterQuestion, ...]:
        """What it asked back and nobody answered."""
        answered = {one.question for one in self.sequels if one.disclosure.state is not DisclosureState.REFUSED}
        return tuple(one for one in self.counter_questions if one.id not in answered)

    @property
    def reminded_at(self) -> datetime | None:
        """When it was reminded."""
        return next((one.at for one in self.sequels if one.kind is SequelKind.REMINDER), None)


@dataclass(frozen=True, slots=True)
class Asking:
    """One question set for one or more parties, each of which is told what the law allows it.

    `data` are the kinds the report is drawn on for, `texts` the analyst's own words for a kind, `deferred` why the
    reporter hears of it later. `shares_views`: each is told what the others let us repeat.
    """

    report: ReportId
    parties: tuple[OrganisationId, ...]
    questions: str
    due_at: datetime
    data: frozenset[DataKind] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    texts: Mapping[DataKind, str] = field(default_factory=dict)
    deferred: Deferred | None = None
    shares_views: bool = False


@dataclass(frozen=True, slots=True)
class Heeding:
    """What a decision does with the view of a party. Passing over a dissent asks a reason."""

    heed: Heed
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Heeded:
    """What a decision did with one party: `version` is that of its view then, None where it had not answered."""

    consultation: ConsultationId
    heed: Heed
    reason: str
    version: int | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation as the party sees it: what it was told, by when, what it answered, and what followed."""

    id: ConsultationId
    told: Delivered
    asked_at: datetime
    due_at: datetime
    views: tuple[View, ...] = ()
    counter_questions: tuple[CounterQuestion, ...] = ()
    sequels: tuple[tuple[SequelKind, Delivered], ...] = ()

    @property
    def view(self) -> View | None:
        """What it thinks now."""
        return self.views[-1] if self.views else None


@dataclass(frozen=True, slots=True)
class ViewForm:
    """What a party fills in. `rsit` is a class of RSIT or empty; `seen` is the version that it stands in for."""

    nature: str = ""
    severity: Severity = Severity.UNKNOWN
    own_interest: str = ""
    objection: Objection = Objection.NONE
    text: str = ""
    rsit: str = ""
    has_interest: bool = False
    hold_until: datetime | None = None
    repeatable: Mapping[Question, TLP] = field(default_factory=dict)
    seen: int = 0
