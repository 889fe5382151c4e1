"""From a deed to the text that enters the tree: a salted commitment, which tells nothing to who lacks the salt.

Plain Python: the offline check uses it too. `sql/ledger_sequence.sql` computes the same leaf inside the database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from .errors import Unreadable
from .values import Entry, EntryId, Json, Kind

LEAF_PREFIX = b"meldpunt-ledger-v1\n"
SALT_BYTES = 32


def encode_content(entry: Entry) -> str:
    """The canonical JSON of what is committed to: sorted keys, no spaces, ASCII, instants in UTC.

    Raises ValueError for NaN and infinities, TypeError for what JSON does not have.
    """
    content = {
        "id": str(entry.id),
        "at": _instant(entry.at),
        "kind": entry.kind.value,
        "actor": str(entry.actor),
        "subject": str(entry.subject) if entry.subject else None,
        "about": str(entry.about) if entry.about else None,
        "details": entry.details,
        "readable_from": _instant(entry.readable_from) if entry.readable_from else None,
    }
    return canonical_json(content)


def canonical_json(value: Json) -> str:
    """One text per value: sorted keys, no spaces, ASCII only, so that no encoding can make two of it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def decode_content(content: str, *, position: int | None = None) -> Entry:
    """The entry behind a canonical text. Raises Unreadable."""
    try:
        fields = json.loads(content)
        details: Mapping[str, Json] = fields["details"]
        readable_from = fields["readable_from"]
        return Entry(
            id=EntryId(UUID(fields["id"])),
            at=datetime.fromisoformat(fields["at"]),
            kind=Kind(fields["kind"]),
            actor=UUID(fields["actor"]),
            subject=UUID(fields["subject"]) if fields["subject"] else None,
            about=UUID(fields["about"]) if fields["about"] else None,
            details=details,
            position=position,
            readable_from=datetime.fromisoformat(readable_from) if readable_from else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        raise Unreadable(f"not the content of a ledger entry: {reason}") from reason


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def commitment_to(content: str, *, salt: bytes) -> bytes:
    """SHA-256 of salt and content, 32 bytes. The salt has a fixed length, so the two cannot be shifted."""
    return hashlib.sha256(salt + content.encode()).digest()


def leaf_text(commitment: bytes) -> bytes:
    """The bytes of the leaf for a commitment."""
    return LEAF_PREFIX + commitment.hex().encode() + b"\n"
