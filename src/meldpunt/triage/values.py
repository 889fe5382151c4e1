"""What crosses the wall of triage: the queue, what a page of triage shows, and what parties are asked and answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from meldpunt.access.values import ActorId, OrganisationId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import TOLD, Delivered, Disclosure
from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.engines.cascade import Band
from meldpunt.intake.feed_values import FeedRowLine
from meldpunt.intake.mail_values import MailLine
from meldpunt.intake.values import Channel, Report, ReportId, ReportKind, ReportLine, StageId, State
from meldpunt.law import Clock
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.nciss import Level, ScoreCategory
from meldpunt.vocabulary.rsit import IncidentClass, IncidentType
from meldpunt.vocabulary.vital import VitalProcess

ConsultationId = NewType("ConsultationId", UUID)


class Decision(StrEnum):
    """What becomes of a report. REOPEN undoes the one before it and leaves it in the history.

    SET_ASIDE puts it where spam lies, or leaves it there with a reason; TAKE_IN undoes that.
    """

    ACCEPT = "accept"
    MERGE = "merge"
    REDIRECT = "redirect"
    DECLINE = "decline"
    REOPEN = "reopen"
    SET_ASIDE = "set-aside"
    TAKE_IN = "take-in"


UNDECIDED_AFTER: Final = frozenset({Decision.REOPEN, Decision.SET_ASIDE, Decision.TAKE_IN})
"""After these it is still to be decided what becomes of it."""


class Disruption(StrEnum):
    """May society be disrupted? The words of `engines.cascade`, as they are kept."""

    NO = "no"
    POSSIBLY = "possibly"
    LIKELY = "likely"

    @property
    def label(self) -> Bilingual:
        """The answer for people."""
        return _DISRUPTION[self]


_DISRUPTION: Mapping[Disruption, Bilingual] = {
    Disruption.NO: Bilingual("nee", "no"),
    Disruption.POSSIBLY: Bilingual("mogelijk", "possibly"),
    Disruption.LIKELY: Bilingual("waarschijnlijk", "likely"),
}


class Objection(StrEnum):
    """What a party has against going on: nothing, a request to wait, or an objection."""

    NONE = "none"
    HOLD = "hold"
    OBJECT = "object"

    @property
    def label(self) -> Bilingual:
        """The answer for people."""
        return _OBJECTION[self]


_OBJECTION: Mapping[Objection, Bilingual] = {
    Objection.NONE: Bilingual("geen bezwaar", "no objection"),
    Objection.HOLD: Bilingual("verzoek om te wachten", "asks to hold"),
    Objection.OBJECT: Bilingual("bezwaar", "objects"),
}


class Severity(StrEnum):
    """How grave a party finds it."""

    UNKNOWN = "unknown"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def label(self) -> Bilingual:
        """The answer for people."""
        return _SEVERITY[self]


_SEVERITY: Mapping[Severity, Bilingual] = {
    Severity.UNKNOWN: Bilingual("kan ik niet zeggen", "cannot say"),
    Severity.LOW: Bilingual("laag", "low"),
    Severity.MEDIUM: Bilingual("middel", "medium"),
    Severity.HIGH: Bilingual("hoog", "high"),
    Severity.CRITICAL: Bilingual("kritiek", "critical"),
}


class Order(StrEnum):
    """How the queue is sorted."""

    DUE = "due"
    """Reports on which a statutory duty hangs first, the longest running clock on top; then the rest by age."""
    GRAVEST = "gravest"
    """What may disrupt society first, then the highest score; what nobody assessed yet as with DUE."""
    OLDEST = "oldest"
    NEWEST = "newest"


class Holder(StrEnum):
    """Who has a report in hand."""

    MINE = "mine"
    NOBODY = "nobody"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class By:
    """Who did something and when; the name is kept as it was on that day."""

    actor: ActorId
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RsitSuggestion:
    """A type of RSIT that the report points at, why, and how strongly (1 to 100)."""

    type: IncidentType
    reasons: tuple[Bilingual, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One vital process in a reading: the share of it that stands still."""

    process: str
    name: Bilingual
    inoperability: Band
    is_failing: bool


@dataclass(frozen=True, slots=True)
class EstimateReading:
    """The estimate after `hour` hours: processes hit at all, gravest first. Money in euro."""

    hour: int
    disruption: Disruption
    standings: tuple[Standing, ...]
    sectors_hit: Band
    damage_eur: Band
    casualties: Band
    people_in_distress: Band


@dataclass(frozen=True, slots=True)
class Estimate:
    """The societal consequence as computed, with what it rests on. `lever`: the dependency that passed on most."""

    outage: Mapping[str, float]
    readings: tuple[EstimateReading, ...]
    disruption: Disruption
    assumptions: tuple[Bilingual, ...]
    lever: Bilingual | None
    source: Bilingual
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """One version of what the desk thinks of a report. `score` and `level` are None while it is not scored.

    `computed` is what the model says, `override` what a person put in its place and why.
    """

    report: ReportId
    version: int
    rsit_class: IncidentClass | None
    rsit_type: IncidentType | None
    reason: str
    nciss: Mapping[str, str]
    score: float | None
    level: Level | None
    estimate: Estimate | None
    override: Disruption | None
    override_reason: str
    by: By

    @property
    def computed(self) -> Disruption | None:
        """What the model says, if it was asked."""
        return self.estimate.disruption if self.estimate else None

    @property
    def disruption(self) -> Disruption | None:
        """What counts: a person's word over the model's."""
        return self.override or self.computed

    @property
    def rsit(self) -> str:
        """`class/type`, or the class alone, or nothing."""
        if self.rsit_type:
            return self.rsit_type.id
        return self.rsit_class.id if self.rsit_class else ""


@dataclass(frozen=True, slots=True)
class AssessmentBrief:
    """An assessment in a line of a list."""

    rsit: str
    name: Bilingual | None
    score: float | None
    level: Level | None
    disruption: Disruption | None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision and its reason, in the order they were taken."""

    number: int
    decision: Decision
    reason: str
    by: By


@dataclass(frozen=True, slots=True)
class View:
    """What a party answered, in its own words."""

    nature: str
    severity: Severity
    own_interest: str
    objection: Objection
    text: str
    by: By

    @property
    def is_dissent(self) -> bool:
        """Whether the party has something against going on."""
        return self.objection is not Objection.NONE


@dataclass(frozen=True, slots=True)
class Consultation:
    """One party asked about one report. `disclosure` says what it was told, or why the law refused."""

    id: ConsultationId
    report: ReportId
    party: Organisation
    questions: str
    asked: By
    due_at: datetime
    disclosure: Disclosure
    view: View | None

    @property
    def is_refused(self) -> bool:
        """Whether the law refused to tell this party."""
        return self.disclosure.state is DisclosureState.REFUSED

    @property
    def is_waiting(self) -> bool:
        """Whether the party was asked and has not answered."""
        return self.disclosure.state in TOLD and self.view is None


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation as the party sees it: what it was told, by when, and what it answered itself."""

    id: ConsultationId
    told: Delivered
    asked_at: datetime
    due_at: datetime
    view: View | None


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What the queue is narrowed to; empty or None means no narrowing. Without `states`: what is undecided."""

    states: tuple[State, ...] = (State.RECEIVED, State.IN_TRIAGE)
    sector: str = ""
    channel: Channel | None = None
    kind: ReportKind | None = None
    organisation: OrganisationId | None = None
    holder: Holder | None = None
    is_assessed: bool | None = None
    text: str = ""
    wave: ReportId | None = None
    """Only this report and those that stand behind it; without it, and without a text, these are one line."""


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One report in the queue. `views` counts answered consultations of those the party was told of.

    `alarm` is a word that asks to read it before others, while nobody assessed it; `added_at` is when the reporter last
    added something, and `is_late` that it was after the decision, and nobody did anything with it.
    """

    report: ReportLine
    organisation: Organisation | None
    assessment: AssessmentBrief | None
    decision: Decision | None
    holder: Holder
    holder_name: str
    asked: int
    views: int
    dissents: int
    alarm: str = ""
    added_at: datetime | None = None
    alike: int = 0
    """How many stand behind it; the newest of them came in at `alike_until`."""
    alike_until: datetime | None = None
    is_late: bool = False

    @property
    def is_unread(self) -> bool:
        """Whether nobody has done anything with it."""
        return self.report.state is State.RECEIVED and self.holder is Holder.NOBODY and self.assessment is None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue. `total` counts what the filters leave; where `is_more` it is that many and more.

    `following` is where the next page of a list by age begins; empty where there is none, or for another order. `late`
    stand above the first page: decided, and added to since; they are not counted.
    """

    lines: tuple[QueueLine, ...]
    page: int
    pages: int
    total: int
    is_more: bool = False
    following: str = ""
    late: tuple[QueueLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAsideLine:
    """A report that was set aside. `said` is what the filter wrote of the mail; `decision` who of the desk looked.

    `mail` is None where it came by no mail, or is sealed; `added_at` is when its sender last added something.
    """

    report: Report
    said: str
    mail: MailLine | None
    decision: DecisionLine | None
    added_at: datetime | None


@dataclass(frozen=True, slots=True)
class SetAsidePage:
    """Fifty lines, newest first, and the place where the next page begins."""

    lines: tuple[SetAsideLine, ...]
    total: int
    is_more: bool
    following: str


@dataclass(frozen=True, slots=True)
class FeedSummary:
    """A feed in short: its rows counted, and the first of them."""

    rows: int
    readable: int
    attributed: int
    first: tuple[FeedRowLine, ...]


@dataclass(frozen=True, slots=True)
class Addition:
    """What was added after the decision. `by` is who of the desk followed it up, if anybody did.

    `became` is the report of its own that it became, with its reference.
    """

    stage: StageId
    by: By | None = None
    became: ReportId | None = None
    became_reference: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """Everything a page of triage shows. `processes` are the vital processes of the organisation it is about.

    `additions` are those after the decision; `origin` is the report of which this one was an addition.
    """

    report: Report
    organisation: Organisation | None
    clocks: tuple[Clock, ...]
    feed: FeedSummary | None
    suggestions: tuple[RsitSuggestion, ...]
    categories: tuple[ScoreCategory, ...]
    processes: tuple[VitalProcess, ...]
    assessment: Assessment | None
    history: tuple[Assessment, ...]
    consultations: tuple[Consultation, ...]
    decisions: tuple[DecisionLine, ...]
    taken: By | None
    additions: Mapping[StageId, Addition]
    origin: tuple[ReportId, str] | None = None

    @property
    def is_late(self) -> bool:
        """Whether something was added after the decision that nobody followed up."""
        return self.first_late is not None

    @property
    def first_late(self) -> StageId | None:
        """The first of those."""
        return next((one.stage for one in self.additions.values() if one.by is None), None)

    @property
    def decision(self) -> Decision | None:
        """The decision that stands, if any."""
        last = self.decisions[-1].decision if self.decisions else None
        return None if last in UNDECIDED_AFTER else last


@dataclass(frozen=True, slots=True)
class ClassifiedReport:
    """A report as the overview counts it. `on` is the day of the incident, else of reception.

    `rsit_class` is the desk's word, else what the report's sender said, else `other`.
    """

    report: ReportId
    sector: str
    rsit_class: str
    organisation: OrganisationId | None
    on: date


@dataclass(frozen=True, slots=True)
class ViewForm:
    """What a party fills in."""

    nature: str = ""
    severity: Severity = Severity.UNKNOWN
    own_interest: str = ""
    objection: Objection = Objection.NONE
    text: str = ""
