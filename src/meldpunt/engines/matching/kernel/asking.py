"""From a value to who answers for it at an instant."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.hashing import (
    LOWER,
    UPPER,
    begun,
    bloom_place,
    finished,
    place_of_number,
    with_byte,
)
from meldpunt.engines.matching.kernel.intervals import interval_of_v4, interval_of_v6
from meldpunt.engines.matching.kernel.tables import Tables

_DOT = ord(".")
LABELS: Final = 127
"""At most, in a name of 253 bytes."""


@makes_no_array
def answer_at(tables: Tables, node: int, at: int) -> int:
    """The answer of a node at an instant; 0 where nobody answers."""
    low, high = tables.segment_offsets[node], tables.segment_offsets[node + 1]
    first = low
    while low < high:
        middle = (low + high) >> 1
        if tables.segments[middle, 0] <= at:
            low = middle + 1
        else:
            high = middle
    return tables.segments[low - 1, 1] if low > first else 0


@makes_no_array
def node_of_v4(tables: Tables, address: np.uint64) -> int:
    """The narrowest registered prefix round an IPv4 address."""
    return int(tables.v4_nodes[interval_of_v4(tables.v4_tops, tables.v4_starts, address)])


@makes_no_array
def node_of_v6(tables: Tables, address_high: np.uint64, address_low: np.uint64) -> int:
    """The narrowest registered prefix round an IPv6 address."""
    place = interval_of_v6(tables.v6_tops, tables.v6_highs, tables.v6_lows, address_high, address_low)
    return int(tables.v6_nodes[place])


@makes_no_array
def node_of_asn(tables: Tables, number: int) -> int:
    """The registered AS number itself."""
    mask = np.uint64(tables.asns.size - 1)
    place = place_of_number(number, mask)
    while tables.asns[place]:
        if tables.asns[place] == number:
            return int(tables.asn_nodes[place])
        place = (place + np.uint64(1)) & mask
    return 0


class Candidates(NamedTuple):
    """Suffixes that may be registered: of which name, where in it they start, their hashes, and which name they are."""

    rows: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.uint64]
    numbers: npt.NDArray[np.int64]


@makes_no_array
def nodes_of_names(
    tables: Tables,
    names: Bytes,
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    nodes: npt.NDArray[np.int32],
    candidates: Candidates,
) -> None:
    """Fill `nodes` with the longest registered suffix of each name in normal form, `names[starts[r]:ends[r]]`.

    In steps that each touch one table, for many names at once: memory is then waited for by many look-ups together.
    """
    nodes[:] = 0
    count = 0
    for row in range(nodes.size):
        if count + LABELS > candidates.rows.size:
            _find_registered(tables, names, ends, nodes, candidates, count)
            count = 0
        count = _add_candidates(tables, names, starts[row], ends[row], row, candidates, count)
    _find_registered(tables, names, ends, nodes, candidates, count)


@makes_no_array
def _add_candidates(
    tables: Tables, names: Bytes, start: int, end: int, row: int, candidates: Candidates, count: int
) -> int:
    hashed = begun(tables.seed)
    for place in range(end - 1, start - 1, -1):
        hashed = with_byte(tables.seed, hashed, names[place])
        if place == start or names[place - 1] == _DOT:
            mixed = finished(hashed)
            word, bit = bloom_place(mixed, tables.bloom.size)
            if tables.bloom[word] & bit:
                candidates.rows[count], candidates.starts[count] = row, place
                candidates.hashes[count] = mixed
                count += 1
    return count


@makes_no_array
def _find_registered(
    tables: Tables,
    names: Bytes,
    ends: npt.NDArray[np.int32],
    nodes: npt.NDArray[np.int32],
    candidates: Candidates,
    count: int,
) -> None:
    """Of the candidates of one row the last, which is the longest, that is registered."""
    for one in range(count):
        candidates.numbers[one] = _number_of(tables, candidates.hashes[one], np.uint64(0))
    for one in range(count):
        row, start = candidates.rows[one], candidates.starts[one]
        number = candidates.numbers[one]
        passed = np.uint64(0)
        while number >= 0 and not _is_same(tables, number, names, start, ends[row]):
            # Equal hashes are not enough, because names are chosen by adversaries.
            passed += np.uint64(1)
            number = _number_of(tables, candidates.hashes[one], passed)
        if number >= 0:
            nodes[row] = tables.first_name_node[0] + number


@makes_no_array
def _number_of(tables: Tables, hashed: np.uint64, passed: np.uint64) -> int:
    """The number of a name with this hash, after as many others with it as were passed over; -1 for none."""
    mask = np.uint64(tables.slots.size - 1)
    place = hashed & mask
    slot = tables.slots[place]
    while slot:
        if (slot ^ hashed) & UPPER == 0:
            if passed == 0:
                return int(slot & LOWER) - 1
            passed -= np.uint64(1)
        place = (place + np.uint64(1)) & mask
        slot = tables.slots[place]
    return -1


@makes_no_array
def _is_same(tables: Tables, number: int, name: Bytes, start: int, end: int) -> bool:
    offset = tables.name_offsets[number]
    if tables.name_offsets[number + 1] - offset != end - start:
        return False
    for place in range(end - start):
        if tables.name_bytes[offset + place] != name[start + place]:
            return False
    return True
