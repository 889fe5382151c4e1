"""Roots and proofs from the stored hashes of the tree, with one read each. Call them with an actor bound."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import merkle, models
from .errors import LedgerBroken
from .merkle import Leaves, Subtree


def stored_hashes(ranges: Iterable[Leaves]) -> Mapping[Subtree, bytes]:
    """The stored hashes that these ranges are made of. Raises LedgerBroken where one is gone."""
    wanted = {subtree for leaves in ranges for subtree in merkle.subtrees_of(leaves)}
    rows = models.Node.objects.filter(pk__in=[tuple(subtree) for subtree in wanted]) if wanted else ()
    found = {Subtree(row.level, row.index): bytes(row.hash) for row in rows}
    if missing := wanted - found.keys():
        raise LedgerBroken(f"the hash of {min(missing)} is gone")
    return found


def size_now() -> int:
    """How many leaves have their place, without taking the turn of who gives places: hashes only ever come to it."""
    last = models.Node.objects.filter(level=0).order_by("-index").values_list("index", flat=True).first()
    return 0 if last is None else last + 1


def root_at(size: int) -> bytes:
    """The root over the first `size` leaves."""
    if size == 0:
        return merkle.EMPTY_ROOT
    whole = Leaves(0, size)
    return merkle.hash_of(whole, stored_hashes([whole]).__getitem__)


def inclusion_paths(positions: Iterable[int], size: int) -> Mapping[int, tuple[bytes, ...]]:
    """The inclusion proof of each position in the tree of the first `size` leaves."""
    ranges = {position: merkle.inclusion_ranges(position, size) for position in positions}
    stored = stored_hashes(leaves for each in ranges.values() for leaves in each)
    return {
        position: tuple(merkle.hash_of(leaves, stored.__getitem__) for leaves in each)
        for position, each in ranges.items()
    }


def consistency_path(old: int, new: int) -> tuple[bytes, ...]:
    """That the first `new` leaves extend the first `old`; empty where that needs no proof."""
    if old in (0, new):
        return ()
    ranges = merkle.consistency_ranges(old, new)
    stored = stored_hashes(ranges)
    return tuple(merkle.hash_of(leaves, stored.__getitem__) for leaves in ranges)
