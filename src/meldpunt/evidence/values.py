"""What evidence takes in and hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

EvidenceId = NewType("EvidenceId", UUID)


@dataclass(frozen=True)
class EvidenceItem:
    """What is known of an item without opening it.

    `name` is safe to show; `media_type` is what the bytes look like, `media_type_declared` what the sender said.
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


@dataclass(frozen=True)
class Opened:
    """The plain bytes of an item. `media_type` is what they look like; serve them as a download all the same."""

    name: str
    media_type: str
    data: bytes
