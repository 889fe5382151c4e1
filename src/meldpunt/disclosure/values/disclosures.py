"""What happened, as the desk, the reader and the reporter each may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from meldpunt.access.values import ActorId, OrganisationId
from meldpunt.law import Condition, Ground, Purpose, RecipientKind, Verdict
from meldpunt.ledger.values import EntryId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from .drafts import Deferred, Part, Superseding
from .weighing import Addressee, Finding, LeftOut, Reader
from .words import NOTHING_SEEN, AttachmentId, Channel, DeliveryState, DisclosureId, ItemKind, Sight, State


@dataclass(frozen=True)
class Step:
    """Somebody's decision about a disclosure."""

    by: ActorId
    at: datetime
    reason: str


@dataclass(frozen=True)
class Replaced:
    """By which disclosure it was superseded."""

    step: Step
    disclosure: DisclosureId


@dataclass(frozen=True)
class Disclosure:
    """A disclosure as the desk sees it: `draft` as it was written, `kept` as readers get it.

    `conditions` are what the proposer vouched for, and `vouching` how they knew; `reports` are those it stems from.
    `sealed`: organisations that the viewer has not unsealed; what points at them is masked. `sight`: what was
    seen here, for who decides or approves; nothing where nothing is to be decided, or its readers are gone.
    """

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
    conditions: frozenset[Condition] = frozenset()
    vouching: str = ""
    reports: tuple[UUID, ...] = ()
    sealed: tuple[OrganisationId, ...] = ()
    sight: Sight = NOTHING_SEEN
    widening: str = ""
    supersedes: Superseding | None = None
    replaced: Replaced | None = None
    deferred: Deferred | None = None

    @property
    def count(self) -> int:
        """How many readers; the public counts as one."""
        return len(self.readers)

    def state_at(self, instant: datetime) -> State:
        """How far it had come at an instant; what came after that is not told."""
        moved = State.PROPOSED
        for at, state in self._moves():
            if at <= instant:
                moved = state
        return moved

    def _moves(self) -> Iterator[tuple[datetime, State]]:
        """Where it went and when, in order. The law refuses in the last step that was taken."""
        steps = [one.at for one in (self.proposed, self.decided, self.approved) if one]
        if self.decided:
            yield self.decided.at, State.WAITING_FOR_APPROVAL
        if self.state is State.REFUSED:
            yield steps[-1], State.REFUSED
        if self.delivered_at:
            yield self.delivered_at, State.DELIVERED
        if self.replaced:
            yield self.replaced.step.at, State.SUPERSEDED
        if self.withdrawn:
            yield self.withdrawn.at, State.WITHDRAWN


@dataclass(frozen=True)
class DisclosureLine:
    """A disclosure in a list of the desk. `recipients`: whom the law was asked about; `codes`: of few."""

    id: DisclosureId
    state: State
    item: ItemKind
    subject: UUID
    title: str
    tlp: TLP
    grounds: tuple[Ground, ...]
    recipients: tuple[RecipientKind, ...]
    codes: tuple[Bilingual, ...]
    proposed_by: ActorId
    proposed_at: datetime
    approved_by: ActorId | None
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
    sent_at: datetime | None
    read_at: datetime | None
    acknowledged_at: datetime | None
    note: str


@dataclass(frozen=True)
class Progress:
    """How far a disclosure came: its state, and where it was told, how far that came with its first reader."""

    state: State
    delivered_at: datetime | None
    delivery: DeliveryState | None = None
    read_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True)
class Delivered:
    """A disclosure as its reader sees it. Once withdrawn: no title, no content, and the reason.

    Once superseded it stays readable and says so; `replaced_by` only where this reader was told that one too.
    """

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
    superseded_at: datetime | None = None
    superseding_reason: str = ""
    replaced_by: DisclosureId | None = None

    @property
    def ground(self) -> Ground | None:
        """The first ground, for where there is room for one."""
        return self.grounds[0] if self.grounds else None


@dataclass(frozen=True)
class TraceLine:
    """What the reporter is told of one disclosure made from its report: never the content.

    `asked` is how far it asked it to go at most, where it went further, and `widening` why.
    """

    disclosure: DisclosureId
    at: datetime
    item: ItemKind
    addressees: tuple[Addressee, ...]
    grounds: tuple[Ground, ...]
    state: State
    entry: EntryId
    withdrawn_at: datetime | None = None
    superseded_at: datetime | None = None
    tlp: TLP | None = None
    asked: TLP | None = None
    widening: str = ""


@dataclass(frozen=True)
class NotYet:
    """How many disclosures from a report may not be told to its reporter yet, and when the last of them opens."""

    count: int
    until: datetime
