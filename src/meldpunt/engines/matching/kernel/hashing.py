"""Keyed hashes. That of a name is taken from the right: at each dot it is the hash of one suffix more."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.scanning import below, folded, word_at

WORDS: Final = 257
"""A word for each byte, and the factor."""
UPPER: Final = np.uint64(0xFFFF_FFFF_0000_0000)
LOWER: Final = np.uint64(0x0000_0000_FFFF_FFFF)


@makes_no_array
def begun(seed: npt.NDArray[np.uint64]) -> np.uint64:
    """The hash of nothing."""
    return np.uint64(seed[0])


@makes_no_array
def with_byte(seed: npt.NDArray[np.uint64], hashed: np.uint64, byte: int) -> np.uint64:
    """The hash of what was hashed with one byte before it."""
    return np.uint64((hashed ^ seed[byte]) * seed[256])


@makes_no_array
def with_part(seed: npt.NDArray[np.uint64], hashed: np.uint64, text: Bytes, start: int, end: int) -> np.uint64:
    """The hash of what was hashed with a part before it, eight bytes at a time. Where parts end counts."""
    hashed ^= np.uint64(end - start)
    for place in range(start, end, 8):
        hashed = folded(_word(text, place, end) ^ seed[1], hashed ^ seed[2])
    return hashed


@makes_no_array
def _word(text: Bytes, place: int, end: int) -> np.uint64:
    """Up to eight bytes as a number."""
    if place + 8 <= text.size:
        return word_at(text, place) & below(8 * (end - place))
    word = np.uint64(0)
    for one in range(min(end, place + 8) - 1, place - 1, -1):
        word = word << np.uint64(8) | np.uint64(text[one])
    return word


@makes_no_array
def of_kind(seed: npt.NDArray[np.uint64], hashed: np.uint64, kind: int) -> np.uint64:
    """The hash of a text of this kind, mixed so that any of its bits can be taken."""
    return folded(hashed ^ seed[3 + kind], seed[256])


@makes_no_array
def finished(hashed: np.uint64) -> np.uint64:
    """Its bits mixed, so that any of them can be taken."""
    hashed ^= hashed >> np.uint64(32)
    hashed *= np.uint64(0x9E3779B97F4A7C15)
    return hashed ^ (hashed >> np.uint64(29))


@makes_no_array
def hash_name(seed: npt.NDArray[np.uint64], name: Bytes, start: int, end: int) -> np.uint64:
    """Of a whole name in normal form."""
    hashed = begun(seed)
    for place in range(end - 1, start - 1, -1):
        hashed = with_byte(seed, hashed, name[place])
    return finished(hashed)


@njit(cache=True, nogil=True)
def hash_names(seed: npt.NDArray[np.uint64], names: Bytes, offsets: npt.NDArray[np.int32]) -> npt.NDArray[np.uint64]:
    """Of each of the names that stand one after the other."""
    found = np.empty(offsets.size - 1, np.uint64)
    for number in range(found.size):
        found[number] = hash_name(seed, names, offsets[number], offsets[number + 1])
    return found


@makes_no_array
def lay_out(hashes: npt.NDArray[np.uint64], slots: npt.NDArray[np.uint64], bloom: npt.NDArray[np.uint64]) -> None:
    """Put every name in the first free slot from where its hash points, and its bit in the bloom filter."""
    mask = np.uint64(slots.size - 1)
    for number in range(hashes.size):
        place = hashes[number] & mask
        while slots[place]:
            place = (place + np.uint64(1)) & mask
        slots[place] = hashes[number] & UPPER | np.uint64(number + 1)
        word, bit = bloom_place(hashes[number], bloom.size)
        bloom[word] |= bit


@makes_no_array
def place_of_number(number: int, mask: np.uint64) -> np.uint64:
    """Where a number is looked for first. Without a key: who chooses what is asked does not choose what is there."""
    return np.uint64((np.uint64(number) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)) & mask


@makes_no_array
def lay_out_numbers(
    numbers: npt.NDArray[np.uint32],
    nodes: npt.NDArray[np.int32],
    slots: npt.NDArray[np.uint32],
    slot_nodes: npt.NDArray[np.int32],
) -> None:
    """Put every number and its node in the first free slot from its place."""
    mask = np.uint64(slots.size - 1)
    for one in range(numbers.size):
        place = place_of_number(numbers[one], mask)
        while slots[place]:
            place = (place + np.uint64(1)) & mask
        slots[place], slot_nodes[place] = numbers[one], nodes[one]


@makes_no_array
def bloom_place(hashed: np.uint64, words: int) -> tuple[np.uint64, np.uint64]:
    """(word, bit): bits of the hash that the slots do not use."""
    word = (hashed >> np.uint64(38)) & np.uint64(words - 1)
    return word, np.uint64(1) << ((hashed >> np.uint64(32)) & np.uint64(63))
