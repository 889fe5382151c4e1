"""What the ledger takes in and hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType, TypeAlias
from uuid import UUID

EntryId = NewType("EntryId", UUID)

Json: TypeAlias = bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"] | None
"""What details may consist of; identifiers and instants are written as text by who records them."""


class Kind(StrEnum):
    """What was done."""

    RECEIVED = "received"
    STAGE_SUBMITTED = "stage-submitted"
    ATTRIBUTED = "attributed"
    UNSEALED = "unsealed"
    ASSESSED = "assessed"
    DECIDED = "decided"
    CONSULTED = "consulted"
    VIEW_GIVEN = "view-given"
    ASKED_BACK = "asked-back"
    CASE_OPENED = "case-opened"
    CASE_CHANGED = "case-changed"
    PROPOSED = "proposed"
    REFUSED = "refused"
    DISCLOSED = "disclosed"
    DELIVERED = "delivered"
    READ = "read"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    REQUESTED = "requested"
    RELEASED = "released"
    ADVISED = "advised"
    MEASURE_ANSWERED = "measure-answered"
    INQUIRY_ANSWERED = "inquiry-answered"
    ESCALATED = "escalated"
    ACTIVATED = "activated"
    COMPILED = "compiled"
    PUBLISHED = "published"
    SIGHTED = "sighted"
    SEALED = "sealed"
    OPENED = "opened"
    LOADED = "loaded"
    LOOKED_UP = "looked-up"
    ERASED = "erased"
    HELD = "held"
    HOLD_LIFTED = "hold-lifted"
    KEY_ROTATED = "key-rotated"
    ROLE_GRANTED = "role-granted"
    ROLE_REVOKED = "role-revoked"
    ACCOUNT_CLOSED = "account-closed"
    ACCOUNT_OPENED = "account-opened"
    NEW_START_ASKED = "new-start-asked"
    NEW_START_GIVEN = "new-start-given"
    NEW_START_USED = "new-start-used"
    REGISTERED = "registered"
    SERVICES_CHANGED = "services-changed"
    SERVICES_TOLD = "services-told"
    CONFIGURED = "configured"
    KEY_BROUGHT = "key-brought"
    KEY_VERIFIED = "key-verified"
    KEY_REVOKED = "key-revoked"
    CERTIFICATE_BOUND = "certificate-bound"
    CERTIFICATE_DEMANDED = "certificate-demanded"
    CERTIFICATE_REVOKED = "certificate-revoked"
    BOUNCED = "bounced"


ALWAYS_STAY: Final = frozenset({Kind.ERASED, Kind.KEY_ROTATED, Kind.CONFIGURED})
"""What these say is about nobody, and without it nobody could tell how the ledger came to be as it is."""


@dataclass(frozen=True)
class Deed:
    """What is about to be recorded; `recording.record` says what each field is."""

    kind: Kind
    subject: UUID | None = None
    about: UUID | None = None
    details: Mapping[str, Json] = field(default_factory=dict)
    receipt_digest: bytes | None = None
    readable_from: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """One deed as it was committed to. `position` is None for the moment between commit and sequencing.

    Before `readable_from` whoever it is about cannot read it; the term is part of what was committed to, so that it
    can be neither prolonged nor denied afterwards. Of an erased entry only the columns are left: it has no details.
    """

    id: EntryId
    at: datetime
    kind: Kind
    actor: UUID
    subject: UUID | None
    about: UUID | None
    details: Mapping[str, Json]
    position: int | None = None
    readable_from: datetime | None = None
    is_erased: bool = False

    @property
    def may_be_erased(self) -> bool:
        """Is there something that can go? The row policy `erase` says the same."""
        return not self.is_erased and self.kind not in ALWAYS_STAY


@dataclass(frozen=True)
class Closed:
    """What a reader may know of entries about it that the law keeps closed for a time: `count`, and the latest end."""

    count: int
    until: datetime | None


@dataclass(frozen=True)
class Checkpoint:
    """The head of the tree: `size` leaves with this `root` (32 bytes); `note` is the signed C2SP text."""

    origin: str
    size: int
    root: bytes
    note: str
    vkey: str
    signed_at: datetime | None = None


@dataclass(frozen=True)
class LogKey:
    """A verifier key of the log, the size of the tree at which it began to sign, and when that was."""

    vkey: str
    since_size: int
    since: datetime


@dataclass(frozen=True)
class Proof:
    """That a leaf stands at `position` in the tree of `size` leaves with `root` (RFC 9162, 2.1.3).

    `content` and `salt` let the holder recompute the leaf, and are empty where the entry was erased: then only
    `commitment` is left. `checkpoint` is None while nobody signed a tree that holds the entry.
    """

    entry: Entry
    content: str
    salt: bytes
    position: int
    size: int
    root: bytes
    path: tuple[bytes, ...]
    checkpoint: Checkpoint | None
    commitment: bytes
