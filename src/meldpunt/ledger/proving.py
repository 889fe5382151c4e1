"""A stored entry and its place in the tree: what its leaf commits to, and the line that proves it."""

from __future__ import annotations

from collections.abc import Sequence

from . import bundle, merkle, models
from .errors import LedgerBroken
from .leaves import commitment_to, leaf_text


def position_of(row: models.Entry) -> int:
    """Where the entry stands. Raises LedgerBroken for one that sequencing passed over."""
    if row.position is None:
        raise LedgerBroken(f"entry {row.id} has no place in the tree after sequencing")
    return row.position


def commitment_of(row: models.Entry) -> bytes:
    """Computed anew from what the entry says, and believed only where that was erased."""
    if row.erased_at is not None:
        return bytes(row.commitment)
    return commitment_to(row.content, salt=bytes(row.salt))


def check_place(row: models.Entry, *, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Raise LedgerBroken unless the entry stands where it says, in the tree with this root."""
    leaf = merkle.leaf_hash(leaf_text(commitment_of(row)))
    if not merkle.is_included(leaf, position=position_of(row), size=size, path=path, root=root):
        raise LedgerBroken(f"entry {row.position} is not what its leaf commits to")


def proof_line_of(row: models.Entry, path: tuple[bytes, ...]) -> bundle.ProofLine:
    """The line of a bundle that proves the entry, or that it stood there where its content was erased."""
    erased = bytes(row.commitment) if row.erased_at is not None else None
    return bundle.ProofLine(row.content, bytes(row.salt), position_of(row), path, erased)
