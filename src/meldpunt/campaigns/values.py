"""What crosses the wall of campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import DisclosureId, LeftOut, Preview, Reader, Sight, seen_together
from meldpunt.intake.values import ReportId
from meldpunt.law import Verdict
from meldpunt.vocabulary.bilingual import Bilingual

CampaignId = NewType("CampaignId", UUID)
PackageId = NewType("PackageId", UUID)


class CampaignState(StrEnum):
    """How far a campaign has come."""

    PREPARED = "prepared"
    RUNNING = "running"
    CLOSED = "closed"


class WarningState(StrEnum):
    """How far the last warning about one package has come. WAITING is for a second pair of eyes."""

    NOT_SENT = "not-sent"
    REFUSED = "refused"
    WAITING = "waiting"
    SENT = "sent"
    READ = "read"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Bilingual:
        """What a page shows."""
        return _LABELS[self]


_LABELS = {
    WarningState.NOT_SENT: Bilingual("nog niet verzonden", "not sent yet"),
    WarningState.REFUSED: Bilingual("geweigerd: geen grond", "refused: no ground"),
    WarningState.WAITING: Bilingual("wacht op goedkeuring", "waiting for approval"),
    WarningState.SENT: Bilingual("verzonden", "sent"),
    WarningState.READ: Bilingual("gelezen", "read"),
    WarningState.ACKNOWLEDGED: Bilingual("bevestigd", "acknowledged"),
    WarningState.WITHDRAWN: Bilingual("ingetrokken", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Unattributed:
    """Rows of nobody we serve. `network` is a /24 or /48 in CIDR form, or empty for rows without an address."""

    network: str
    rows: int


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One campaign in a list. `rows` counts those in packages."""

    id: CampaignId
    title: str
    rsit: str
    state: CampaignState
    prepared_at: datetime
    packages: int
    rows: int
    waves: int


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One wave: when, why, and how many organisations it went to."""

    number: int
    sent_at: datetime
    sent_by: ActorId
    reason: str
    warnings: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign in full; its packages come by the page (`queries.list_packages`)."""

    line: CampaignLine
    report: ReportId
    text: str
    unattributed: tuple[Unattributed, ...]
    waves: tuple[WaveLine, ...]

    @property
    def id(self) -> CampaignId:
        """The campaign's id."""
        return self.line.id


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One organisation's package and how far its last warning has come. `digest` is the SHA-256 of the CSV."""

    id: PackageId
    organisation: Organisation
    rows: int
    digest: bytes
    state: WarningState
    wave: int | None = None
    disclosure: DisclosureId | None = None
    sent_at: datetime | None = None
    read_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """The package itself: CSV (RFC 4180, UTF-8), as its organisation gets it."""

    id: PackageId
    organisation: Organisation
    rows: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Wave:
    """What became of a wave: the disclosures made, the refused ones too."""

    number: int
    sent: tuple[DisclosureId, ...]
    waiting: tuple[DisclosureId, ...]
    refused: tuple[DisclosureId, ...]


@dataclass(frozen=True, slots=True)
class WarningPreview:
    """One organisation that a wave would warn: of how many rows, what the law says, and what it would not see."""

    readers: tuple[Reader, ...]
    rows: int
    verdict: Verdict
    left_out: tuple[LeftOut, ...]
    sight: Sight


@dataclass(frozen=True, slots=True)
class WavePreview:
    """A wave before it is sent: everybody it would warn, and as `first` the words that one of them would read."""

    warned: tuple[WarningPreview, ...]
    first: Preview | None

    @property
    def rows(self) -> int:
        """How many rows go out in all."""
        return sum(one.rows for one in self.warned)

    @property
    def sight(self) -> Sight:
        """What was seen of all of them."""
        return seen_together(one.sight for one in self.warned)
