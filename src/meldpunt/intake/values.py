"""What crosses the wall of intake: the form that comes in, the receipt that goes back, and what is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from meldpunt.access.values import OrganisationId
from meldpunt.constituency.values import SEALED
from meldpunt.disclosure.values import Origin
from meldpunt.engines.redaction.text import mark_text
from meldpunt.law import Clock
from meldpunt.ledger.values import EntryId
from meldpunt.vocabulary.markings import TLP

ReportId = NewType("ReportId", UUID)
StageId = NewType("StageId", UUID)

MARK: Final = mark_text((SEALED,))
"""What stands where words point at somebody who is sealed for the viewer: of one width, whatever stood there."""


BY_MAIL: Final = (
    "Per mail; of de afzender echt is, is niet nagegaan. / By mail; whether its sender is real was not checked."
)
"""What stands above an addition that came by mail: its holder of the receipt reads it, and a sender can be forged."""


class Channel(StrEnum):
    """Through which entrance a report came."""

    WEB = "web"
    API = "api"
    MAIL = "mail"
    FEED = "feed"
    SIGHTING = "sighting"
    TELEPHONE = "telephone"


class ReportKind(StrEnum):
    """What the reporter says it is; the law decides whether a duty hangs on it."""

    STATUTORY = "statutory"
    VOLUNTARY = "voluntary"
    NEAR_MISS = "near-miss"
    THREAT = "threat"
    VULNERABILITY = "vulnerability"


class Stage(StrEnum):
    """What comes after a report: the statutory stages (NIS2 article 23(4); the values are those of `law.Stage`), and
    whatever else a reporter adds and the desk puts right, on which no clock hangs."""

    EARLY_WARNING = "early-warning"
    NOTIFICATION = "incident-notification"
    INTERMEDIATE = "intermediate-report"
    FINAL = "final-report"
    ADDITION = "addition"
    CORRECTION = "correction"


class State(StrEnum):
    """Where a report stands in the queue. Rooms downstream move it with `note_progress`."""

    RECEIVED = "received"
    KEPT = "kept"
    SET_ASIDE = "set-aside"
    IN_TRIAGE = "in-triage"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REDIRECTED = "redirected"
    DECLINED = "declined"
    CLOSED = "closed"


ACKNOWLEDGED: Final = "acknowledged"
"""The mark of a report of which the reporter was told that it came in."""

UNDECIDED: Final = frozenset({State.RECEIVED, State.KEPT, State.SET_ASIDE, State.IN_TRIAGE})
"""It is still to be decided what becomes of it."""

ENDED: Final = frozenset({State.REDIRECTED, State.DECLINED, State.CLOSED})
"""Nobody works on it any more. What was merged goes on in another case."""


def reads_replies(channel: Channel, state: State) -> bool:
    """Whether anybody reads what is written back. No machine does, and whoever sends spam need not know of us."""
    return channel not in (Channel.FEED, Channel.SIGHTING) and state is not State.SET_ASIDE


class KeptReason(StrEnum):
    """Why a report was kept whole instead of read. What is kept has its raw bytes in evidence."""

    EMPTY = "empty"
    MAIL_UNREADABLE = "mail-unreadable"
    MAIL_CLOSED = "mail-closed"
    FEED_WITHOUT_HEADER = "feed-without-header"
    FEED_WITHOUT_ROWS = "feed-without-rows"
    FEED_UNKNOWN = "feed-unknown"
    FEED_AMBIGUOUS = "feed-ambiguous"
    FEED_UNREADABLE = "feed-unreadable"
    FEED_HEADER_CHANGED = "feed-header-changed"
    ITEM_UNREADABLE = "item-unreadable"


class Match(StrEnum):
    """How an organisation was found. The unproven ones are suggestions: senders and names can be forged."""

    LOGGED_IN = "logged-in"
    PERSON = "person"
    PREFIX = "prefix"
    ASN = "asn"
    DOMAIN = "domain"
    NAME = "name"
    NAME_UNPROVEN = "name, unproven"
    MAIL_DOMAIN = "mail-domain, unproven"


@dataclass(frozen=True, slots=True)
class ReporterDetails:
    """Who tells us; every field may be empty. Sealed: see the README."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ReportForm:
    """What somebody tells us, before it is checked. Instants are aware; sectors are vocabulary ids.

    `tlp` is how far they ask it to go at most; None: as the house does it, each time the narrowest that serves.
    """

    title: str
    text: str
    kind: ReportKind = ReportKind.VOLUNTARY
    entity_kind: str = ""
    sector: str = ""
    aware_at: datetime | None = None
    occurred_on: date | None = None
    ended_at: datetime | None = None
    stage: Stage | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    reporter: ReporterDetails = ReporterDetails()
    organisation_named: str = ""
    tlp: TLP | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a report; its bytes are sealed as evidence."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a reporter gets, after the commit and never before.

    `code` is shown this once: only its digest is kept. It is empty where the same item had been received
    before (`source_reference` of the same sender, or the same mail), and where a mail was added to a report; the code
    of the first receipt still works.
    """

    report: ReportId
    reference: str
    code: str
    received_at: datetime
    entry: EntryId


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that somebody still writes: the fields of its form as they stand, under the code that opens it."""

    code: str
    fields: Mapping[str, Sequence[str]]
    saved_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage as it was submitted. Submitted again it is a revision: the first one stopped the clock.

    `is_after_decision`: it came to what was decided already, and nobody waited for it.
    """

    id: StageId
    stage: Stage
    submitted_at: datetime
    text: str
    answers: Mapping[str, str]
    ended_at: datetime | None = None
    is_after_decision: bool = False


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """A mark that a room downstream left for the reporter to see."""

    at: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class Lifted:
    """How many values files named that the report did not, how many files were read, and how many were not."""

    found: int
    read: int
    unread: int


@dataclass(frozen=True, slots=True)
class Shared:
    """How many values two reports both name, how many of them are sealed for who asks, and what they weigh.

    A value that no third report names weighs 1, one that n others name 1 - ln n / ln 200: what everybody names says
    nothing.
    """

    count: int
    sealed: int
    weight: float


@dataclass(frozen=True, slots=True)
class ObservableLine:
    """Something a report's text names: an address, a domain, a hash (`engines.matching.ObservableKind`).

    `id` asks for it where the value may not stand: addresses of pages are written into logs. `lifted_at` is when it was
    found in what was told.
    """

    report: ReportId
    kind: str
    value: str
    id: UUID
    lifted_at: datetime


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who told us, for a viewer for whom it is unsealed. `observer` is whose sensor saw it."""

    details: ReporterDetails
    organisation_named: str
    observer: OrganisationId | None


@dataclass(frozen=True, slots=True)
class Report:
    """One report in full. `reporter` is None while sealed for this viewer, and outside the desk.

    Where `is_masked`, the words hold a mark of one width wherever they point at somebody; `masked_title` always does.
    """

    id: ReportId
    reference: str
    channel: Channel
    kind: ReportKind
    title: str
    text: str
    sector: str
    entity_kind: str
    organisation: OrganisationId | None
    is_own: bool
    attributed_by: Match | None
    attributed_at: datetime | None
    aware_at: datetime | None
    occurred_on: date | None
    ended_at: datetime | None
    received_at: datetime
    state: State
    kept_reason: KeptReason | None
    feed: str
    answers: Mapping[str, str]
    raw_evidence: tuple[UUID, ...]
    receipt_digest: bytes
    entry: EntryId
    stages: tuple[StageLine, ...] = ()
    progress: tuple[ProgressLine, ...] = ()
    observables: tuple[ObservableLine, ...] = ()
    reporter: Reporter | None = None
    is_masked: bool = False
    masked_title: str = ""
    tlp: TLP | None = None

    @property
    def origin(self) -> Origin:
        """What a disclosure says that stems from it: the organisation may follow it only where it told us itself."""
        return Origin(self.id, self.organisation if self.is_own else None, self.receipt_digest, self.tlp)

    @property
    def is_written_to(self) -> bool:
        """Whether anybody reads a reply."""
        return reads_replies(self.channel, self.state)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line of the queue. `due` is the first statutory clock that still runs or is overdue."""

    id: ReportId
    reference: str
    channel: Channel
    kind: ReportKind
    title: str
    sector: str
    organisation: OrganisationId | None
    received_at: datetime
    state: State
    kept_reason: KeptReason | None
    due: Clock | None = None

    @property
    def is_written_to(self) -> bool:
        """Whether anybody reads a reply."""
        return reads_replies(self.channel, self.state)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a report as far as the viewer may read them."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Lines, newest first, and the cursor of the page after them (empty on the last page)."""

    lines: tuple[ReportLine, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; empty or None means no narrowing."""

    state: State | None = None
    sector: str = ""
    channel: Channel | None = None
    organisation: OrganisationId | None = None
    kept: bool | None = None
    text: str = ""
