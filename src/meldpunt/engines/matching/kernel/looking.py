"""Indicators by value: which are seen where an address, a name or another value is said."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.hashing import LOWER, UPPER, begun, bloom_place, of_kind, with_part
from meldpunt.engines.matching.kernel.intervals import interval_of_v4, interval_of_v6
from meldpunt.engines.matching.kernel.scanning import WIDTH, below, highest, signs_from

DOMAIN: Final = 2
URL: Final = 3
HASH: Final = 4
JA3: Final = 5
JA4: Final = 6
MAIL: Final = 7
"""Places in `values.IndicatorKind`."""

_DOT = ord(".")
NO_ROOM: Final = -1


class IndicatorTables(NamedTuple):
    """Read-only arrays. A *key* is a kind and a text; its indicators are `items[item_offsets[k]:item_offsets[k + 1]]`.

    Space is cut at every edge of a network, and each interval has the indicators of all networks round it.
    """

    seed: npt.NDArray[np.uint64]
    bloom: npt.NDArray[np.uint64]
    slots: npt.NDArray[np.uint64]
    key_kinds: npt.NDArray[np.uint8]
    key_offsets: npt.NDArray[np.int32]
    key_bytes: npt.NDArray[np.uint8]
    item_offsets: npt.NDArray[np.int32]
    items: npt.NDArray[np.int32]
    v4_bits: npt.NDArray[np.uint64]
    """A bit for each /24 in which an address is looked for."""
    v4_tops: npt.NDArray[np.int32]
    """For each first half of an address, the last interval that starts at or before it; shape (65537,)."""
    v4_starts: npt.NDArray[np.uint32]
    v4_offsets: npt.NDArray[np.int32]
    v4_items: npt.NDArray[np.int32]
    v6_tops: npt.NDArray[np.int32]
    v6_highs: npt.NDArray[np.uint64]
    v6_lows: npt.NDArray[np.uint64]
    v6_offsets: npt.NDArray[np.int32]
    v6_items: npt.NDArray[np.int32]
    begins: npt.NDArray[np.int64]
    """Of each indicator, microseconds since 1970; the least number where it has no beginning."""
    ends: npt.NDArray[np.int64]
    """Likewise; the greatest number where it has no end."""


ALWAYS: Final = np.iinfo(np.int64).min
NEVER: Final = np.iinfo(np.int64).max


class Seen(NamedTuple):
    """Room for what is found: of which row, in which column, which indicator."""

    rows: npt.NDArray[np.int32]
    columns: npt.NDArray[np.int16]
    indicators: npt.NDArray[np.int32]


class When(NamedTuple):
    """Of each row the instant, and whether it has one; whether windows count at all."""

    at: npt.NDArray[np.int64]
    is_known: npt.NDArray[np.bool_]
    whenever: bool


@makes_no_array
def add_items(
    tables: IndicatorTables,
    items: npt.NDArray[np.int32],
    low: int,
    high: int,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    """Add the indicators that hold at the instant of the row and stand there not yet; the new count, or NO_ROOM."""
    for place in range(low, high):
        number = items[place]
        begins, ends = tables.begins[number], tables.ends[number]
        has_window = begins != ALWAYS or ends != NEVER
        if has_window and not when.whenever and not _holds(when, row, begins, ends):
            continue
        before = count - 1
        while before >= 0 and seen.rows[before] == row and seen.columns[before] == column:
            if seen.indicators[before] == number:
                before = -2
                break
            before -= 1
        if before == -2:
            continue
        if count == seen.rows.size:
            return NO_ROOM
        seen.rows[count], seen.columns[count], seen.indicators[count] = row, column, number
        count += 1
    return count


@makes_no_array
def _holds(when: When, row: int, begins: int, ends: int) -> bool:
    return bool(when.is_known[row] and begins <= when.at[row] and (ends == NEVER or when.at[row] < ends))


@makes_no_array
def look_for_v4(
    tables: IndicatorTables, address: np.uint64, row: int, column: int, when: When, seen: Seen, count: int
) -> int:
    """Of an IPv4 address and of every network round it."""
    network = address >> np.uint64(8)
    if not tables.v4_bits[network >> np.uint64(6)] >> (network & np.uint64(63)) & np.uint64(1):
        return count
    place = interval_of_v4(tables.v4_tops, tables.v4_starts, address)
    first, until = tables.v4_offsets[place], tables.v4_offsets[place + 1]
    return add_items(tables, tables.v4_items, first, until, row, column, when, seen, count)


@makes_no_array
def look_for_v6(
    tables: IndicatorTables,
    address_high: np.uint64,
    address_low: np.uint64,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    """Of an IPv6 address and of every network round it."""
    place = interval_of_v6(tables.v6_tops, tables.v6_highs, tables.v6_lows, address_high, address_low)
    first, until = tables.v6_offsets[place], tables.v6_offsets[place + 1]
    return add_items(tables, tables.v6_items, first, until, row, column, when, seen, count)


@makes_no_array
def look_for_name(
    tables: IndicatorTables,
    name: Bytes,
    start: int,
    end: int,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    """Of a name in normal form and of every name above it."""
    hashed, until = begun(tables.seed), end
    while True:
        label = label_before(name, start, until)
        hashed = with_part(tables.seed, hashed, name, label, until)
        mixed = of_kind(tables.seed, hashed, DOMAIN)
        count = _look_up(tables, mixed, DOMAIN, name, label, end, row, column, when, seen, count)
        if count == NO_ROOM or label == start:
            return count
        until = label - 1


@makes_no_array
def label_before(name: Bytes, start: int, end: int) -> int:
    """Where the last label of `name[start:end]` begins."""
    low = max(start, end - WIDTH)
    dots = signs_from(name, low, _DOT, _DOT, _DOT) & below(end - low)
    if dots:
        return low + highest(dots) + 1
    while low > start and name[low - 1] != _DOT:
        low -= 1
    return low


@makes_no_array
def look_for_key(
    tables: IndicatorTables,
    kind: int,
    text: Bytes,
    length: int,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    """Of a value of another kind, in normal form."""
    mixed = hash_key(tables.seed, kind, text, 0, length)
    return _look_up(tables, mixed, kind, text, 0, length, row, column, when, seen, count)


@makes_no_array
def hash_key(seed: npt.NDArray[np.uint64], kind: int, text: Bytes, start: int, end: int) -> np.uint64:
    """Of a name label by label from the right, so that it is there at each dot; of other values in one."""
    hashed, until = begun(seed), end
    label = label_before(text, start, until) if kind == DOMAIN else start
    while label > start:
        hashed = with_part(seed, hashed, text, label, until)
        until = label - 1
        label = label_before(text, start, until)
    return of_kind(seed, with_part(seed, hashed, text, label, until), kind)


@njit(cache=True, nogil=True)
def hash_keys(
    seed: npt.NDArray[np.uint64],
    kinds: npt.NDArray[np.uint8],
    texts: Bytes,
    offsets: npt.NDArray[np.int32],
) -> npt.NDArray[np.uint64]:
    """Of each of the keys whose texts stand one after the other."""
    found = np.empty(kinds.size, np.uint64)
    for number in range(found.size):
        found[number] = hash_key(seed, int(kinds[number]), texts, offsets[number], offsets[number + 1])
    return found


@makes_no_array
def _look_up(
    tables: IndicatorTables,
    mixed: np.uint64,
    kind: int,
    text: Bytes,
    start: int,
    end: int,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    word, bit = bloom_place(mixed, tables.bloom.size)
    if not tables.bloom[word] & bit:
        return count
    mask = np.uint64(tables.slots.size - 1)
    place = mixed & mask
    slot = tables.slots[place]
    while slot:
        if (slot ^ mixed) & UPPER == 0:
            key = int(slot & LOWER) - 1
            # Equal hashes are not enough, because names are chosen by adversaries.
            if _is_key(tables, key, kind, text, start, end):
                low, high = tables.item_offsets[key], tables.item_offsets[key + 1]
                return add_items(tables, tables.items, low, high, row, column, when, seen, count)
        place = (place + np.uint64(1)) & mask
        slot = tables.slots[place]
    return count


@makes_no_array
def _is_key(tables: IndicatorTables, key: int, kind: int, text: Bytes, start: int, end: int) -> bool:
    offset = tables.key_offsets[key]
    if tables.key_kinds[key] != kind or tables.key_offsets[key + 1] - offset != end - start:
        return False
    for place in range(end - start):
        if tables.key_bytes[offset + place] != text[start + place]:
            return False
    return True
