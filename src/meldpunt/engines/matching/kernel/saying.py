"""What the fields of a log say, in normal form, as `said.values_in` says it; and each value once, with counts."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from meldpunt.engines.matching.kernel.addresses import V4, read_plain_address
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.characters import (
    BEYOND_ASCII,
    CLASSES,
    DIGIT,
    PERHAPS_DEFANGED,
    READ,
    UNSURE,
    Bytes,
    classes_in,
    strip,
)
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.fingerprints import read_hash, read_ja3, read_ja4
from meldpunt.engines.matching.kernel.looking import DOMAIN, HASH, JA3, JA4, MAIL, NO_ROOM, URL, hash_key
from meldpunt.engines.matching.kernel.names import end_before_port, read_host
from meldpunt.engines.matching.kernel.origins import ROOM, is_absolute, part_of, write_mail, write_request, write_url
from meldpunt.engines.matching.kernel.sighting import (
    ADDRESS_FIELD,
    HASH_FIELD,
    HOST_FIELD,
    JA3_FIELD,
    MAIL_FIELD,
    NO_SEPARATOR,
    NOT_SURE,
    URL_FIELD,
)

ADDRESS: Final = 0
"""Place in `values.IndicatorKind`. An address is said as sixteen bytes, an IPv4 address as the mapped one."""
PACKED: Final = 16
_COLON = ord(":")


class Said(NamedTuple):
    """Room for what is said: of which row, of which kind, and where its bytes end in `text`."""

    rows: npt.NDArray[np.int32]
    kinds: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int64]
    text: Bytes


@makes_no_array
def _say(said: Said, count: int, row: int, kind: int, text: Bytes, start: int, end: int) -> int:
    """One value more; the new count, or NO_ROOM."""
    first = said.ends[count - 1] if count else 0
    if count == said.rows.size or first + (end - start) > said.text.size:
        return NO_ROOM
    said.rows[count], said.kinds[count] = row, kind
    for place in range(end - start):
        said.text[first + place] = text[start + place]
    said.ends[count] = first + (end - start)
    return count + 1


@makes_no_array
def _say_address(
    said: Said, count: int, row: int, version: int, high: np.uint64, low: np.uint64, scratch: Bytes
) -> int:
    if version == V4:
        low |= np.uint64(0xFFFF_0000_0000)
    for place in range(8):
        shift = np.uint64(56 - 8 * place)
        scratch[place] = (high >> shift) & np.uint64(0xFF)
        scratch[8 + place] = (low >> shift) & np.uint64(0xFF)
    return _say(said, count, row, ADDRESS, scratch, 0, PACKED)


@njit(cache=True, nogil=True)
def say_values(
    kind: int,
    fields: Fields,
    target: Fields,
    separator: int,
    is_escaped: bool,
    first: int,
    said: Said,
    unsure: npt.NDArray[np.bool_],
) -> tuple[int, int]:
    """(first row that was not read, how many values were said): stops early where `said` has no room for a whole row.

    Where `unsure` becomes true, nothing was said of that row. The same value may be said twice in a row.
    """
    scratch = np.empty(ROOM, np.uint8)
    data, count = fields.data, 0
    has_target = target.starts.size > 0
    for row in range(first, fields.starts.size):
        before, place, end = count, fields.starts[row], fields.ends[row]
        if place == end and not has_target:
            continue
        while True:
            until, has_backslash = part_of(data, place, end, separator)
            if is_escaped and has_backslash:
                count = NOT_SURE
            elif has_target:
                count = _say_request(data, place, until, target, row, is_escaped, scratch, said, count)
            elif place < until:
                count = _say_part(kind, data, place, until, row, scratch, said, count)
            if count < 0 or until == end:
                break
            place = until + 1
        if count == NO_ROOM:
            return row, before
        if count == NOT_SURE:
            unsure[row] = True
            count = before
    return fields.starts.size, count


@makes_no_array
def _say_part(kind: int, data: Bytes, start: int, end: int, row: int, scratch: Bytes, said: Said, count: int) -> int:
    start, end = strip(data, start, end)
    if start == end:
        return count
    if kind == URL_FIELD:
        return _say_url(data, start, end, row, scratch, said, count)
    if kind == MAIL_FIELD:
        return _say_mail(data, start, end, row, scratch, said, count)
    if classes_in(data, start, end) & (BEYOND_ASCII | PERHAPS_DEFANGED):
        return NOT_SURE
    if kind in (ADDRESS_FIELD, HOST_FIELD):
        return _say_endpoint(kind, data, start, end, row, scratch, said, count)
    if kind == HASH_FIELD:
        length, of = read_hash(data, start, end, scratch), HASH
    elif kind == JA3_FIELD:
        length, of = read_ja3(data, start, end, scratch), JA3
    else:
        length, of = read_ja4(data, start, end, scratch), JA4
    return _say(said, count, row, of, scratch, 0, length) if length else count


@makes_no_array
def _say_endpoint(
    kind: int, data: Bytes, start: int, end: int, row: int, scratch: Bytes, said: Said, count: int
) -> int:
    may_be_address = kind == ADDRESS_FIELD or CLASSES[data[start]] & DIGIT != 0
    for place in range(start, end):
        may_be_address |= data[place] == _COLON
    if may_be_address:
        verdict, version, high, low = read_plain_address(data, start, end)
        if verdict == READ:
            return _say_address(said, count, row, version, high, low, scratch)
    if kind == ADDRESS_FIELD:
        return count
    until = end_before_port(data, start, end)
    if until != end:
        verdict, version, high, low = read_plain_address(data, start, until)
        if verdict == READ:
            return _say_address(said, count, row, version, high, low, scratch)
    verdict, length = read_host(data, start, until, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    return _say(said, count, row, DOMAIN, scratch, 0, length) if verdict == READ else count


@makes_no_array
def _say_url(data: Bytes, start: int, end: int, row: int, scratch: Bytes, said: Said, count: int) -> int:
    verdict, length, host, version, high, low = write_url(data, start, end, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    if verdict != READ:
        return count
    count = _say(said, count, row, URL, scratch, 0, length)
    if count == NO_ROOM:
        return count
    if version:
        return _say_address(said, count, row, version, high, low, scratch)
    return _say(said, count, row, DOMAIN, scratch, 0, host)


@makes_no_array
def _say_request(
    data: Bytes,
    start: int,
    end: int,
    target: Fields,
    row: int,
    is_escaped: bool,
    scratch: Bytes,
    said: Said,
    count: int,
) -> int:
    first, last = target.starts[row], target.ends[row]
    if is_escaped and part_of(target.data, first, last, NO_SEPARATOR)[1]:
        return NOT_SURE
    if is_absolute(target.data, first, last):
        return _say_url(target.data, first, last, row, scratch, said, count)
    verdict, length = write_request(data, start, end, target.data, first, last, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    return _say(said, count, row, URL, scratch, 0, length) if verdict == READ else count


@makes_no_array
def _say_mail(data: Bytes, start: int, end: int, row: int, scratch: Bytes, said: Said, count: int) -> int:
    verdict, length, host = write_mail(data, start, end, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    if verdict != READ:
        return count
    count = _say(said, count, row, MAIL, scratch, 0, length)
    return count if count == NO_ROOM else _say(said, count, row, DOMAIN, scratch, host, length)


class Gathered(NamedTuple):
    """Values, each once for a column: how many records said it, when first and last, and where the first few stand.

    `sizes`: how many there are, and how many bytes of text. `slots`: open addressing over the hash, of a power of two.
    """

    sizes: npt.NDArray[np.int64]
    slots: npt.NDArray[np.int32]
    hashes: npt.NDArray[np.uint64]
    kinds: npt.NDArray[np.uint8]
    columns: npt.NDArray[np.uint16]
    ends: npt.NDArray[np.int64]
    text: Bytes
    counts: npt.NDArray[np.int64]
    firsts: npt.NDArray[np.int64]
    lasts: npt.NDArray[np.int64]
    last_rows: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    """Shape (values, 3); -1 where fewer records said it."""


@makes_no_array
def gather_values(
    seed: npt.NDArray[np.uint64],
    said: Said,
    wanted: npt.NDArray[np.bool_],
    column: int,
    at: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
    first_row: int,
    start: int,
    count: int,
    into: Gathered,
) -> int:
    """Add the values from `start` on that are wanted; gives the first that had no room, or `count`.

    `at` and `places` are of each row; `first_row` makes the numbers of rows differ from block to block, so that a value
    that one record says twice counts once.
    """
    mask = into.slots.size - 1
    for number in range(start, count):
        if not wanted[number]:
            continue
        first, end = (said.ends[number - 1] if number else 0), said.ends[number]
        kind, row = int(said.kinds[number]), said.rows[number]
        hashed = hash_key(seed, kind, said.text, first, end) ^ np.uint64(column)
        slot = np.int64(hashed & np.uint64(mask))
        while into.slots[slot] >= 0 and not _is_value(
            into, into.slots[slot], hashed, kind, column, said.text, first, end
        ):
            slot = (slot + 1) & mask
        entry = into.slots[slot]
        if entry < 0:
            entry, filled = into.sizes[0], into.sizes[1]
            if entry == into.kinds.size or filled + (end - first) > into.text.size:
                return number
            into.slots[slot] = entry
            into.sizes[0], into.sizes[1] = entry + 1, filled + (end - first)
            into.hashes[entry], into.kinds[entry], into.columns[entry] = hashed, kind, column
            into.ends[entry] = filled + (end - first)
            for place in range(end - first):
                into.text[filled + place] = said.text[first + place]
            into.counts[entry], into.firsts[entry], into.lasts[entry] = 0, at[row], at[row]
            into.last_rows[entry] = -1
            into.places[entry, :] = -1
        if into.last_rows[entry] == first_row + row:
            continue
        into.last_rows[entry] = first_row + row
        if into.counts[entry] < into.places.shape[1]:
            into.places[entry, into.counts[entry]] = places[row]
        into.counts[entry] += 1
        into.firsts[entry] = min(into.firsts[entry], at[row])
        into.lasts[entry] = max(into.lasts[entry], at[row])
    return count


@makes_no_array
def _is_value(
    into: Gathered, entry: int, hashed: np.uint64, kind: int, column: int, text: Bytes, first: int, end: int
) -> bool:
    if into.hashes[entry] != hashed or into.kinds[entry] != kind or into.columns[entry] != column:
        return False
    start = into.ends[entry - 1] if entry else 0
    if into.ends[entry] - start != end - first:
        return False
    for place in range(end - first):
        if into.text[start + place] != text[first + place]:
            return False
    return True


@makes_no_array
def lay_again(hashes: npt.NDArray[np.uint64], size: int, slots: npt.NDArray[np.int32]) -> None:
    """Put the first `size` values into slots that are all -1."""
    mask = slots.size - 1
    for entry in range(size):
        slot = np.int64(hashes[entry] & np.uint64(mask))
        while slots[slot] >= 0:
            slot = (slot + 1) & mask
        slots[slot] = entry
