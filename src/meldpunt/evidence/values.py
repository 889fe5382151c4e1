"""What evidence takes in and hands out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .inside.values import NOTHING_INSIDE, SET_ASIDE, Inside

EvidenceId = NewType("EvidenceId", UUID)
HoldId = NewType("HoldId", UUID)
UploadId = NewType("UploadId", UUID)


class Verdict(StrEnum):
    """What a virus scanner said of an item."""

    CLEAN = "clean"
    FOUND = "found"
    UNSCANNED = "unscanned"


class HoldGround(StrEnum):
    """For whose sake something is kept beyond its term."""

    CASE = "case"
    INFORMATION_REQUEST = "information-request"
    COURT = "court"
    OTHER = "other"


@dataclass(frozen=True)
class EvidenceItem:
    """What is known of an item without opening it.

    `name` is safe to show; `media_type` is what the bytes look like, `media_type_declared` what the sender said.
    `inside` is what an archive has in it and what is odd, `found` what the scanner found.
    `digest` is the SHA-256 of the plain bytes (32 bytes). A shredded item has neither name nor digest left.
    """

    id: EvidenceId
    about: UUID
    purpose: str
    name: str
    media_type: str
    media_type_declared: str
    size: int
    digest: bytes | None
    sealed_at: datetime
    shredded_at: datetime | None = None
    inside: Inside = NOTHING_INSIDE
    verdict: Verdict = Verdict.UNSCANNED
    found: str = ""
    engine: str = ""

    @property
    def is_set_aside(self) -> bool:
        """Whoever opens it says once more that they want it."""
        return self.verdict is Verdict.FOUND or bool(self.inside.marks & SET_ASIDE)


@dataclass(frozen=True)
class Opened:
    """The plain bytes of an item. `media_type` is what they look like; serve them as a download all the same.

    `pieces` are all of them in their order, and can be gone through more than once; of an item that came in parts each
    is opened when it is asked for.
    """

    name: str
    media_type: str
    size: int
    pieces: Iterable[bytes]

    @property
    def data(self) -> bytes:
        """All of them at once, in memory."""
        return b"".join(self.pieces)


@dataclass(frozen=True)
class Upload:
    """A file that is coming in: `offset` of its `length` bytes are kept, and whoever lost the line goes on from there.

    `name` is safe to show; `metadata` is what the sender said of it, word for word.
    """

    id: UploadId
    name: str
    metadata: str
    length: int
    offset: int
    expires_at: datetime

    @property
    def is_whole(self) -> bool:
        """All of it came in."""
        return self.offset == self.length


@dataclass(frozen=True)
class Kept:
    """One item and how long it stays, without what the sender chose: no name, no hash, and no size, which tells
    how long a sealed name is.

    `until` is its last day, None while the term did not begin; `is_due`: that day is over and no hold stops it.
    """

    id: EvidenceId
    about: UUID
    purpose: str
    media_type: str
    sealed_at: datetime
    ended_at: datetime | None
    until: date | None
    is_held: bool
    is_due: bool


@dataclass(frozen=True)
class Hold:
    """Why everything that belongs to `about` is kept beyond its term."""

    id: HoldId
    about: UUID
    ground: HoldGround
    reason: str
    placed_by_name: str
    placed_at: datetime
