"""The Merkle tree of RFC 9162, section 2.1 (the hashing of RFC 6962): roots, proofs, and checking them.

A tree is stored as the hashes of its complete subtrees, each named by level (2**level leaves) and place within
the level. Any range of leaves that a proof speaks of is made of few of those. Hashes are SHA-256, 32 bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()


class Subtree(NamedTuple):
    """A complete subtree: leaves from `place << level` up to `(place + 1) << level`."""

    level: int
    place: int


class Leaves(NamedTuple):
    """The leaves from `begin` up to and without `end`."""

    begin: int
    end: int


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf's bytes; the prefix keeps it from ever being the hash of a node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two children."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that grows leaf by leaf and remembers only what its root needs: one hash per level."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self._close(leaf, 0)

    def extend(self, leaves: Sequence[bytes]) -> None:
        """Add the hashes of the next leaves: whole subtrees level by level, which is what makes millions quick."""
        begin = 0
        while begin < len(leaves):
            level = (len(leaves) - begin).bit_length() - 1
            if self.size:
                level = min(level, (self.size & -self.size).bit_length() - 1)
            row = leaves[begin : begin + (1 << level)]
            while len(row) > 1:
                row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
            self._close(row[0], level)
            begin += 1 << level

    def _close(self, closed: bytes, level: int) -> None:
        place = self.size >> level
        while place & 1:
            closed = node_hash(self._peaks.pop(), closed)
            place >>= 1
        self._peaks.append(closed)
        self.size += 1 << level

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return _fold(self._peaks) if self._peaks else EMPTY_ROOT


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes, in this order."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def subtrees_of(leaves: Leaves) -> tuple[Subtree, ...]:
    """The complete subtrees that together are this range, from left to right.

    `begin` must be a multiple of the largest power of two that fits in the range, as in every range of a proof.
    """
    begin, end = leaves
    found = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        found.append(Subtree(level, begin >> level))
        begin += 1 << level
    return tuple(found)


def hash_of(leaves: Leaves, stored: Callable[[Subtree], bytes]) -> bytes:
    """The hash over a range, from the stored hashes of its complete subtrees."""
    return _fold([stored(subtree) for subtree in subtrees_of(leaves)])


def inclusion_ranges(position: int, size: int) -> tuple[Leaves, ...]:
    """The ranges whose hashes are the inclusion proof of one leaf, from the leaf upwards (RFC 9162, 2.1.3.1)."""
    if not 0 <= position < size:
        raise ValueError(f"no leaf {position} in a tree of {size}")
    begin, end, found = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if position < middle:
            found.append(Leaves(middle, end))
            end = middle
        else:
            found.append(Leaves(begin, middle))
            begin = middle
    return tuple(reversed(found))


def consistency_ranges(old: int, new: int) -> tuple[Leaves, ...]:
    """The ranges whose hashes prove that the tree of `new` leaves extends that of `old` (RFC 9162, 2.1.4.1)."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {new} leaves cannot be shown to extend one of {old}")
    begin, end, found, whole = 0, new, [], True
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            found.append(Leaves(middle, end))
            end = middle
        else:
            found.append(Leaves(begin, middle))
            begin, whole = middle, False
    if not whole:
        found.append(Leaves(begin, end))
    return tuple(reversed(found))


def is_included(leaf: bytes, *, position: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Does the proof show this leaf hash at this position of the tree with this root? (RFC 9162, 2.1.3.2)"""
    if not 0 <= position < size:
        return False
    place, last, computed = position, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            computed = node_hash(step, computed)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            computed = node_hash(computed, step)
        place, last = place >> 1, last >> 1
    return last == 0 and computed == root


def is_consistent(*, old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Does the proof show that the newer tree only added leaves to the older? (RFC 9162, 2.1.4.2)"""
    if not 0 <= old <= new:
        return False
    if old in (0, new):
        # Nothing needs proof here, so a proof with anything in it is no proof.
        return not path and (old_root == EMPTY_ROOT if old == 0 else old_root == new_root)
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps:
        return False
    return _rebuilds(steps, old=old, new=new, old_root=old_root, new_root=new_root)


def _rebuilds(steps: Sequence[bytes], *, old: int, new: int, old_root: bytes, new_root: bytes) -> bool:
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        place, last = place >> 1, last >> 1
    return last == 0 and older == old_root and newer == new_root


def _split(size: int) -> int:
    """The largest power of two smaller than `size`, where a node divides its leaves."""
    return 1 << (size - 1).bit_length() - 1


def _fold(peaks: Sequence[bytes]) -> bytes:
    computed = peaks[-1]
    for peak in reversed(peaks[:-1]):
        computed = node_hash(peak, computed)
    return computed
