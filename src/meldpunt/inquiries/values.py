"""What crosses the wall of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from meldpunt.access.values import ActorId, OrganisationId
from meldpunt.cases.values import CaseId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Deferred, Delivered, Disclosure, DisclosureId
from meldpunt.evidence.values import EvidenceItem
from meldpunt.law import Condition, DataKind
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

InquiryId = NewType("InquiryId", UUID)
"""An inquiry of ours, put to a body."""
AnswerId = NewType("AnswerId", UUID)
IncomingId = NewType("IncomingId", UUID)
"""An inquiry of a body, put to us."""


class Outcome(StrEnum):
    """What an answer does with the questions. Of several answers the last counts."""

    WHOLE = "whole"
    PART = "part"
    REFUSAL = "refusal"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _OUTCOME[self]


_OUTCOME: Final[Mapping[Outcome, Bilingual]] = {
    Outcome.WHOLE: Bilingual("geheel beantwoord", "answered whole"),
    Outcome.PART: Bilingual("gedeeltelijk beantwoord", "answered in part"),
    Outcome.REFUSAL: Bilingual("geweigerd", "refused"),
}


class State(StrEnum):
    """How far an inquiry of ours came. OVERDUE is ASKED or PARTLY, past the term."""

    REFUSED_BY_LAW = "refused-by-law"
    WAITING_FOR_APPROVAL = "waiting-for-approval"
    ASKED = "asked"
    PARTLY = "partly"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _STATE[self]

    @property
    def is_awaited(self) -> bool:
        """Whether the body still has something to say."""
        return self in AWAITED


_STATE: Final[Mapping[State, Bilingual]] = {
    State.REFUSED_BY_LAW: Bilingual("niet gesteld: de wet geeft geen grondslag", "not asked: the law gives no ground"),
    State.WAITING_FOR_APPROVAL: Bilingual("wacht op een tweede persoon", "waits for a second person"),
    State.ASKED: Bilingual("gesteld", "asked"),
    State.PARTLY: Bilingual("gedeeltelijk beantwoord", "answered in part"),
    State.OVERDUE: Bilingual("te laat", "overdue"),
    State.ANSWERED: Bilingual("beantwoord", "answered"),
    State.REFUSED: Bilingual("geweigerd", "refused"),
    State.WITHDRAWN: Bilingual("ingetrokken", "withdrawn"),
    State.CLOSED: Bilingual("gesloten", "closed"),
}

AWAITED: Final = frozenset({State.ASKED, State.PARTLY, State.OVERDUE})


class ReminderKind(StrEnum):
    """When a reminder goes: some days before the term, the moment it is over, and after each further week."""

    BEFORE = "before"
    OVERDUE = "overdue"
    AGAIN = "again"

    @property
    def label(self) -> Bilingual:
        """The word for people."""
        return _REMINDER[self]


_REMINDER: Final[Mapping[ReminderKind, Bilingual]] = {
    ReminderKind.BEFORE: Bilingual("vóór de termijn", "before the term"),
    ReminderKind.OVERDUE: Bilingual("na afloop van de termijn", "when the term was over"),
    ReminderKind.AGAIN: Bilingual("opnieuw", "again"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and the kind of data it asks for."""

    kind: DataKind
    text: str


@dataclass(frozen=True, slots=True)
class InquiryForm:
    """What an analyst asks. `case` says where it stems from: its reporters see that it was asked."""

    body: OrganisationId
    subject: str
    questions: tuple[Question, ...]
    necessity: str
    due_at: datetime
    case: CaseId | None = None
    conditions: frozenset[Condition] = frozenset()
    vouching: str = ""
    tlp: TLP = TLP.AMBER_STRICT
    widening: str = ""
    deferred: Deferred | None = None


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """What a body answers. `texts` follow the questions as they were told; `ground` is its own, in its own words."""

    outcome: Outcome
    texts: tuple[str, ...] = ()
    kinds: frozenset[DataKind] = frozenset()
    ground: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body answered, as who looks may read it."""

    id: AnswerId
    outcome: Outcome
    texts: tuple[str, ...]
    kinds: tuple[DataKind, ...]
    ground: str
    explanation: str
    by_name: str
    at: datetime
    files: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """That the body was reminded. `disclosure` says how far that came."""

    kind: ReminderKind
    disclosure: DisclosureId
    at: datetime


@dataclass(frozen=True, slots=True)
class Inquiry:
    """An inquiry of ours as the desk sees it. `disclosure` holds the questions, what was left out of them, and why.

    `is_sealed`: it points at somebody who is sealed for the viewer; words are masked and files stay shut.
    """

    id: InquiryId
    reference: str
    subject: str
    body: Organisation
    case: CaseId | None
    necessity: str
    asked_by: ActorId
    asked_by_name: str
    asked_at: datetime
    due_at: datetime
    closed_at: datetime | None
    closing_reason: str
    state: State
    disclosure: Disclosure
    answers: tuple[Answer, ...]
    reminders: tuple[Reminder, ...]
    is_sealed: bool


@dataclass(frozen=True, slots=True)
class InquiryLine:
    """An inquiry of ours in a list."""

    id: InquiryId
    reference: str
    subject: str
    body: Organisation
    asked_at: datetime
    due_at: datetime
    state: State
    answers: int
    reminders: int


@dataclass(frozen=True, slots=True)
class OwnInquiry:
    """What a body was asked, as the body sees it, with its own answers."""

    id: InquiryId
    told: Delivered
    asked_at: datetime
    due_at: datetime
    is_open: bool
    answers: tuple[Answer, ...]

    @property
    def is_awaited(self) -> bool:
        """Whether something is still to be said."""
        done = bool(self.answers) and self.answers[-1].outcome is not Outcome.PART
        return self.is_open and not done


@dataclass(frozen=True, slots=True)
class IncomingForm:
    """What a body asks us: what, which kinds of data, why, its own ground and task, and by when."""

    subject: str
    question: str
    kinds: frozenset[DataKind]
    necessity: str
    ground: str
    wanted_at: datetime


@dataclass(frozen=True, slots=True)
class Incoming:
    """An inquiry of a body, as it was written."""

    id: IncomingId
    reference: str
    body: Organisation
    subject: str
    question: str
    kinds: tuple[DataKind, ...]
    necessity: str
    ground: str
    by_name: str
    received_at: datetime
    wanted_at: datetime


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """An inquiry of a body in the list of the desk. `replied_at`: when it was last told something."""

    incoming: Incoming
    replied_at: datetime | None
    is_waiting: bool

    @property
    def is_open(self) -> bool:
        """Whether it was told nothing yet."""
        return self.replied_at is None


@dataclass(frozen=True, slots=True)
class HandledIncoming:
    """An inquiry of a body as the desk sees it, with every reply, given or not."""

    incoming: Incoming
    replies: tuple[Disclosure, ...]

    @property
    def is_open(self) -> bool:
        """Whether it was told nothing yet."""
        return not any(one.delivered_at for one in self.replies)


@dataclass(frozen=True, slots=True)
class FollowedIncoming:
    """An inquiry of a body as the body follows it: its own words, and what it was told."""

    incoming: Incoming
    told: tuple[Delivered, ...]


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """What is told to a body that asked: words for each kind of data, and the case they stem from, if any."""

    texts: Mapping[DataKind, str]
    case: CaseId | None = None
    conditions: frozenset[Condition] = frozenset()
    vouching: str = ""
    tlp: TLP = TLP.AMBER_STRICT
    widening: str = ""
    deferred: Deferred | None = None
