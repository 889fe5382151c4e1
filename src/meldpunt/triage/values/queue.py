"""The queue, what is set aside from it, and what it shows of a feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meldpunt.access.values import OrganisationId
from meldpunt.constituency.values import Organisation
from meldpunt.intake.feed_values import FeedRowLine
from meldpunt.intake.mail_values import MailLine
from meldpunt.intake.values import Channel, Report, ReportId, ReportKind, ReportLine, State

from .assessments import AssessmentBrief, DecisionLine
from .words import Attention, Decision, Holder, Order


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
    attention: Attention | None = None
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
    is_unread: bool = True
    """Whether who looks never opened it, or something that is news to them happened since."""
    changed_at: datetime | None = None
    present: tuple[str, ...] = ()
    """The names of colleagues who have it open at this moment."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the queue. `total` counts what the filters leave; where `is_more` it is that many and more.

    `following` is where the next page begins; empty where there is none. `order` is how it is sorted: by age where as
    many are left as nobody counts, and another order was asked of what is decided too. `late` stand above the first
    page: decided, and added to since; they are not counted.
    """

    lines: tuple[QueueLine, ...]
    page: int
    pages: int
    total: int
    is_more: bool = False
    following: str = ""
    late: tuple[QueueLine, ...] = ()
    order: Order = Order.DUE


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
