"""What is told, to whom, on what ground: the values that cross this room's wall."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, NewType
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.law import Condition, DataKind, Ground, Purpose, RecipientKind, Verdict
from meldpunt.ledger.values import EntryId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

DisclosureId = NewType("DisclosureId", UUID)
AttachmentId = NewType("AttachmentId", UUID)


class AudienceKind(StrEnum):
    """The kinds of circle that can be told something."""

    PUBLIC = "public"
    ORGANISATION = "organisation"
    ISAC = "isac"
    DETECTION_NETWORK = "detection-network"
    REPORTER = "reporter"
    REQUESTER = "requester"


class ItemKind(StrEnum):
    """What sort of thing is told; it decides on which page a reader finds it, never who may read it."""

    ACKNOWLEDGEMENT = "acknowledgement"
    QUESTION = "question"
    CONSULTATION = "consultation"
    ADVICE = "advice"
    ESCALATION = "escalation"
    INDICATORS = "indicators"
    WARNING = "warning"
    SITUATION_REPORT = "situation-report"
    INFORMATION_REQUEST_DECISION = "information-request-decision"
    OVERVIEW = "overview"
    ADVISORY = "advisory"


class State(StrEnum):
    """How far a disclosure has come. REFUSED and WITHDRAWN are ends."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    WAITING_FOR_APPROVAL = "waiting-for-approval"
    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """Where a reader finds a delivery."""

    PORTAL = "portal"
    PUBLIC_SITE = "public-site"
    API = "api"


class DeliveryState(StrEnum):
    """The truth about one delivery."""

    SENT = "sent"
    READ = "read"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"


class LeftOutReason(StrEnum):
    """Why a part of a draft is not in the version that readers get."""

    NOT_COVERED = "not-covered"
    """The ground does not cover this kind of data for every reader."""
    IDENTIFIES = "identifies"
    """The attachment holds what identifies the reporter, and an attachment is not rewritten."""
    NOT_SEARCHABLE = "not-searchable"
    """Nobody can tell whether the attachment identifies the reporter, because it is not text."""


@dataclass(frozen=True)
class Audience:
    """One circle. `id` is the organisation, the ISAC, the report (REPORTER) or the request (REQUESTER).

    The holder of a receipt is known by `receipt_digest` (SHA-256 of the code, 32 bytes); for a REPORTER it may be
    left to the origin with the same report.
    """

    kind: AudienceKind
    id: UUID | None = None
    receipt_digest: bytes | None = None


@dataclass(frozen=True)
class Part:
    """A passage under a heading; `kind` is the most telling kind of data in it."""

    kind: DataKind
    heading: Bilingual
    text: str


@dataclass(frozen=True)
class Attachment:
    """A file that goes along, whole or not at all."""

    name: str
    media_type: str
    data: bytes
    kind: DataKind


@dataclass(frozen=True)
class Origin:
    """A report from which the content stems: an opaque reference, and who may therefore see the trace."""

    report: UUID | None
    organisation: UUID | None
    receipt_digest: bytes | None


@dataclass(frozen=True)
class Draft:
    """What somebody wants to tell. `conditions` are the facts the proposer vouches for."""

    item: ItemKind
    subject: UUID
    title: str
    parts: tuple[Part, ...]
    audience: tuple[Audience, ...]
    purpose: Purpose
    tlp: TLP
    pap: PAP
    conditions: frozenset[Condition] = frozenset()
    origins: tuple[Origin, ...] = ()
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    language: Literal["nl", "en"] = "nl"


@dataclass(frozen=True)
class Reader:
    """One who will read it. `label` is what this viewer may know: the name, or the code of a sealed constituent.

    `code` is what anybody at the desk may know, and so what is kept: a constituent's code, a party's name.
    """

    kind: AudienceKind
    recipient: RecipientKind
    label: Bilingual
    code: Bilingual
    organisation: UUID | None = None
    receipt_digest: bytes | None = None
    is_origin: bool = False


@dataclass(frozen=True)
class Addressee:
    """A circle as the reporter is told of it: parties by name, constituents by sector, and how many they are."""

    kind: AudienceKind
    label: Bilingual
    count: int


@dataclass(frozen=True)
class Circle:
    """An audience with its readers; `label` is for the reporter."""

    audience: Audience
    label: Bilingual
    readers: tuple[Reader, ...]

    @property
    def addressee(self) -> Addressee:
        """The circle as the reporter is told of it."""
        return Addressee(self.audience.kind, self.label, len(self.readers))


@dataclass(frozen=True)
class Finding:
    """What the law says about one kind of recipient among the readers; `codes` says which readers those are."""

    recipient: RecipientKind
    codes: tuple[Bilingual, ...]
    verdict: Verdict


@dataclass(frozen=True)
class LeftOut:
    """A part or attachment that readers do not get."""

    heading: Bilingual
    kind: DataKind
    reason: LeftOutReason


@dataclass(frozen=True)
class Edited:
    """The content as readers get it, and what was taken from it. `masked` counts passages replaced by the mark."""

    title: str
    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...]
    left_out: tuple[LeftOut, ...]
    masked: int


@dataclass(frozen=True)
class Preview:
    """Who would see this and why, and what each would not see. Nothing was saved to show it."""

    draft: Draft
    circles: tuple[Circle, ...]
    readers: tuple[Reader, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    edited: Edited

    @property
    def count(self) -> int:
        """How many readers; the public counts as one."""
        return len(self.readers)


@dataclass(frozen=True)
class Step:
    """Somebody's decision about a disclosure."""

    by: ActorId
    at: datetime
    reason: str


@dataclass(frozen=True)
class Disclosure:
    """A disclosure as the desk sees it: `draft` as it was written, `kept` as readers get it."""

    id: DisclosureId
    state: State
    item: ItemKind
    subject: UUID
    title: str
    tlp: TLP
    pap: PAP
    purpose: Purpose
    readers: tuple[Reader, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]
    draft: tuple[Part, ...]
    kept: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
    attachments: tuple[AttachmentLine, ...]
    proposed: Step
    decided: Step | None
    approved: Step | None
    withdrawn: Step | None
    delivered_at: datetime | None
    content_hash: bytes | None
    deliveries: tuple[DeliveryLine, ...] = ()

    @property
    def count(self) -> int:
        """How many readers; the public counts as one."""
        return len(self.readers)


@dataclass(frozen=True)
class DisclosureLine:
    """A disclosure in a list of the desk."""

    id: DisclosureId
    state: State
    item: ItemKind
    subject: UUID
    title: str
    tlp: TLP
    proposed_by: ActorId
    proposed_at: datetime
    delivered_at: datetime | None
    readers: int


@dataclass(frozen=True)
class AttachmentLine:
    """What an attachment is, without its bytes. `digest` is the SHA-256 of the bytes."""

    id: AttachmentId
    name: str
    media_type: str
    size: int
    digest: bytes


@dataclass(frozen=True)
class DeliveryLine:
    """One delivery as the desk follows it."""

    label: Bilingual
    channel: Channel
    state: DeliveryState
    sent_at: datetime
    read_at: datetime | None
    acknowledged_at: datetime | None
    note: str


@dataclass(frozen=True)
class Delivered:
    """A disclosure as its reader sees it. Once withdrawn: no title, no content, and the reason."""

    id: DisclosureId
    item: ItemKind
    subject: UUID
    title: str
    parts: tuple[Part, ...]
    attachments: tuple[AttachmentLine, ...]
    tlp: TLP
    pap: PAP
    grounds: tuple[Ground, ...]
    language: Literal["nl", "en"]
    delivered_at: datetime
    read_at: datetime | None
    acknowledged_at: datetime | None
    withdrawn_at: datetime | None = None
    withdrawal_reason: str = ""
    content_hash: bytes | None = None

    @property
    def ground(self) -> Ground | None:
        """The first ground, for where there is room for one."""
        return self.grounds[0] if self.grounds else None


@dataclass(frozen=True)
class TraceLine:
    """What the reporter is told of one disclosure made from its report: never the content."""

    disclosure: DisclosureId
    at: datetime
    item: ItemKind
    addressees: tuple[Addressee, ...]
    grounds: tuple[Ground, ...]
    state: State
    entry: EntryId
    withdrawn_at: datetime | None = None
