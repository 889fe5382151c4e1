"""Columns of a log to the indicators that are seen in them, as `said.values_in` reads a field."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from meldpunt.engines.matching.kernel.addresses import V4, V6, read_plain_address
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
from meldpunt.engines.matching.kernel.looking import (
    DOMAIN,
    HASH,
    JA3,
    JA4,
    MAIL,
    NO_ROOM,
    URL,
    IndicatorTables,
    Seen,
    When,
    look_for_key,
    look_for_name,
    look_for_v4,
    look_for_v6,
)
from meldpunt.engines.matching.kernel.names import end_before_port, read_host, read_plain_host
from meldpunt.engines.matching.kernel.origins import ROOM, is_absolute, part_of, write_mail, write_request, write_url

ADDRESS_FIELD: Final = 0
HOST_FIELD: Final = 1
URL_FIELD: Final = 2
HASH_FIELD: Final = 3
JA3_FIELD: Final = 4
JA4_FIELD: Final = 5
MAIL_FIELD: Final = 6
"""Places in `values.FieldKind`."""

NO_SEPARATOR: Final = -1
NOT_SURE: Final = -2
"""Beside NO_ROOM: the specification has to read the field."""

_COLON = ord(":")


@njit(cache=True, nogil=True)
def look_through(
    tables: IndicatorTables,
    kind: int,
    fields: Fields,
    target: Fields,
    separator: int,
    is_escaped: bool,
    column: int,
    when: When,
    first: int,
    seen: Seen,
    count: int,
    unsure: npt.NDArray[np.bool_],
) -> tuple[int, int]:
    """(first row that was not looked at, how many were seen): stops early where `seen` has no room for a whole row.

    Where `unsure` becomes true, nothing was added of that row.
    """
    scratch = np.empty(ROOM, np.uint8)
    data = fields.data
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
                count = _look_in_request(
                    tables, data, place, until, target, row, is_escaped, scratch, column, when, seen, count
                )
            elif place < until:
                count = _look_in_part(tables, kind, data, place, until, scratch, row, column, when, seen, count)
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
def look_for_value(
    tables: IndicatorTables, kind: int, text: Bytes, row: int, column: int, when: When, seen: Seen, count: int
) -> int:
    """A value in normal form, of a kind that is no network; the new count, or NO_ROOM."""
    if kind == 0:
        _, version, high, low = read_plain_address(text, 0, text.size)
        if version == V4:
            return look_for_v4(tables, low, row, column, when, seen, count)
        return look_for_v6(tables, high, low, row, column, when, seen, count)
    if kind == DOMAIN:
        return look_for_name(tables, text, 0, text.size, row, column, when, seen, count)
    return look_for_key(tables, kind, text, text.size, row, column, when, seen, count)


@makes_no_array
def _look_in_part(
    tables: IndicatorTables,
    kind: int,
    data: Bytes,
    start: int,
    end: int,
    scratch: Bytes,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    if kind == ADDRESS_FIELD:
        return _look_in_address(tables, data, start, end, row, column, when, seen, count)
    if kind == HOST_FIELD:
        return _look_in_host(tables, data, start, end, scratch, row, column, when, seen, count)
    if kind == URL_FIELD:
        return _look_in_url(tables, data, start, end, scratch, row, column, when, seen, count)
    if kind == MAIL_FIELD:
        return _look_in_mail(tables, data, start, end, scratch, row, column, when, seen, count)
    length = _read_digits(kind, data, start, end, scratch)
    if length == 0:
        start, end = strip(data, start, end)
        if classes_in(data, start, end) & BEYOND_ASCII:
            return NOT_SURE
        length = _read_digits(kind, data, start, end, scratch)
    if length == 0:
        return count
    asked = HASH if kind == HASH_FIELD else JA3 if kind == JA3_FIELD else JA4
    return look_for_key(tables, asked, scratch, length, row, column, when, seen, count)


@makes_no_array
def _read_digits(kind: int, data: Bytes, start: int, end: int, scratch: Bytes) -> int:
    """The length of a hash or a fingerprint in normal form; 0 where it is none."""
    if kind == HASH_FIELD:
        return read_hash(data, start, end, scratch)
    return read_ja3(data, start, end, scratch) if kind == JA3_FIELD else read_ja4(data, start, end, scratch)


@makes_no_array
def _look_in_address(
    tables: IndicatorTables,
    data: Bytes,
    start: int,
    end: int,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    # Most are plain, and need no second look at their bytes.
    _, version, high, low = read_plain_address(data, start, end)
    if version == 0:
        start, end = strip(data, start, end)
        if start == end:
            return count
        if classes_in(data, start, end) & (BEYOND_ASCII | PERHAPS_DEFANGED):
            return NOT_SURE
        _, version, high, low = read_plain_address(data, start, end)
    if version == V4:
        return look_for_v4(tables, low, row, column, when, seen, count)
    if version == V6:
        return look_for_v6(tables, high, low, row, column, when, seen, count)
    return count


@makes_no_array
def _look_in_host(
    tables: IndicatorTables,
    data: Bytes,
    start: int,
    end: int,
    scratch: Bytes,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    # What reads as a name is no address: its last label would be a number.
    verdict, length = read_plain_host(data, start, end, scratch)
    if verdict == READ:
        return look_for_name(tables, scratch, 0, length, row, column, when, seen, count)
    start, end = strip(data, start, end)
    if start == end:
        return count
    may_be_address = CLASSES[data[start]] & DIGIT != 0
    for place in range(start, end):
        may_be_address |= data[place] == _COLON
    if may_be_address:
        if classes_in(data, start, end) & (BEYOND_ASCII | PERHAPS_DEFANGED):
            return NOT_SURE
        _, version, high, low = read_plain_address(data, start, end)
        if version == 0:
            end = end_before_port(data, start, end)
            _, version, high, low = read_plain_address(data, start, end)
        if version == V4:
            return look_for_v4(tables, low, row, column, when, seen, count)
        if version == V6:
            return look_for_v6(tables, high, low, row, column, when, seen, count)
    verdict, length = read_host(data, start, end, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    if verdict != READ:
        return count
    return look_for_name(tables, scratch, 0, length, row, column, when, seen, count)


@makes_no_array
def _look_in_url(
    tables: IndicatorTables,
    data: Bytes,
    start: int,
    end: int,
    scratch: Bytes,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    """What equals the URL, and what is looked for in its host."""
    verdict, length, host, version, high, low = write_url(data, start, end, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    if verdict != READ:
        return count
    count = look_for_key(tables, URL, scratch, length, row, column, when, seen, count)
    if count == NO_ROOM:
        return count
    if version == V4:
        return look_for_v4(tables, low, row, column, when, seen, count)
    if version == V6:
        return look_for_v6(tables, high, low, row, column, when, seen, count)
    return look_for_name(tables, scratch, 0, host, row, column, when, seen, count)


@makes_no_array
def _look_in_request(
    tables: IndicatorTables,
    data: Bytes,
    start: int,
    end: int,
    target: Fields,
    row: int,
    is_escaped: bool,
    scratch: Bytes,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    """What equals the URL of a request, of which host and target are logged apart."""
    first, last = target.starts[row], target.ends[row]
    if is_escaped and part_of(target.data, first, last, NO_SEPARATOR)[1]:
        return NOT_SURE
    if is_absolute(target.data, first, last):
        return _look_in_url(tables, target.data, first, last, scratch, row, column, when, seen, count)
    verdict, length = write_request(data, start, end, target.data, first, last, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    return look_for_key(tables, URL, scratch, length, row, column, when, seen, count) if verdict == READ else count


@makes_no_array
def _look_in_mail(
    tables: IndicatorTables,
    data: Bytes,
    start: int,
    end: int,
    scratch: Bytes,
    row: int,
    column: int,
    when: When,
    seen: Seen,
    count: int,
) -> int:
    """What equals the mail address, and what is looked for in its host."""
    verdict, length, host = write_mail(data, start, end, scratch)
    if verdict == UNSURE:
        return NOT_SURE
    if verdict != READ:
        return count
    count = look_for_key(tables, MAIL, scratch, length, row, column, when, seen, count)
    if count == NO_ROOM:
        return count
    return look_for_name(tables, scratch, host, length, row, column, when, seen, count)
