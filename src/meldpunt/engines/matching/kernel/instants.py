"""Instants, read as `instants.parse_time` reads them: microseconds since 1970 (UTC)."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.characters import (
    ABSENT,
    BEYOND_ASCII,
    CLASSES,
    DIGIT,
    READ,
    UNREADABLE,
    UNSURE,
    Bytes,
    classes_in,
    lower,
    strip,
)
from meldpunt.engines.matching.kernel.compiled import makes_no_array

_LENGTH = len("2026-10-25 02:30:00")
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_DASH, _COLON, _BLANK, _T, _PLUS, _DOT, _COMMA = (ord(one) for one in "-: t+.,")
_ZONES = (ord("z"), ord("u"), ord("g"))
_U, _C, _G, _M = (ord(one) for one in "ucgm")
_MICROS = 1_000_000
_AFTER_LAST = 7_258_118_400
"""Seconds at the beginning of 2200."""

TWICE_OR_NEVER: Final = 1 << 62
"""In place of an offset: what the clocks show is no one instant."""


class Clock(NamedTuple):
    """What the clocks of a zone show: from `starts[k]` on (microseconds, as if it were UTC) they are `offsets[k]` ahead
    of UTC. No entries at all: times without a zone are UTC."""

    starts: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]


@makes_no_array
def read_instant_by(data: Bytes, start: int, end: int, clock: Clock) -> tuple[int, int]:
    """`read_instant`, where times without a zone are what that clock shows."""
    verdict, shown = read_instant(data, start, end)
    if verdict != READ or not clock.starts.size or not _is_without_zone(data, start, end):
        return verdict, shown
    first, until = 0, clock.starts.size
    while until - first > 1:
        middle = (first + until) >> 1
        if clock.starts[middle] <= shown:
            first = middle
        else:
            until = middle
    offset = clock.offsets[first]
    return (UNREADABLE, 0) if offset == TWICE_OR_NEVER else (READ, shown - offset)


@makes_no_array
def _is_without_zone(data: Bytes, start: int, end: int) -> bool:
    """Whether nothing stands behind the seconds and their fraction, in a field that is an instant."""
    start, end = strip(data, start, end)
    for place in range(start + _LENGTH, end):
        if not CLASSES[data[place]] & DIGIT and data[place] not in (_DOT, _COMMA):
            return False
    return True


@makes_no_array
def read_instant(data: Bytes, start: int, end: int) -> tuple[int, int]:
    """(verdict, microseconds): date and time to the second, a fraction, a zone; without one it is UTC."""
    # Most end at the second, and need no second look at their bytes.
    if end - start == _LENGTH:
        seconds = _read_to_the_second(data, start)
        if seconds >= 0:
            return READ, seconds * _MICROS
    start, end = strip(data, start, end)
    if start == end:
        return ABSENT, 0
    if classes_in(data, start, end) & BEYOND_ASCII:
        return UNSURE, 0
    if end - start < _LENGTH:
        return UNREADABLE, 0
    seconds = _read_to_the_second(data, start)
    fraction, place = _read_fraction(data, start + _LENGTH, end)
    offset = _read_zone(data, place, end) if place >= 0 else _BAD
    if seconds < 0 or offset == _BAD:
        return UNREADABLE, 0
    return READ, (seconds - offset * 60) * _MICROS + fraction


_BAD = 99_999
"""No offset in minutes is this large."""


@makes_no_array
def _read_to_the_second(data: Bytes, start: int) -> int:
    """Seconds since 1970 of `YYYY-MM-DD HH:MM:SS`, or -1."""
    for place in range(_LENGTH):
        if place in (4, 7):
            if data[start + place] != _DASH:
                return -1
        elif place in (13, 16):
            if data[start + place] != _COLON:
                return -1
        elif place != 10 and not CLASSES[data[start + place]] & DIGIT:
            return -1
    if data[start + 10] != _BLANK and lower(data[start + 10]) != _T:
        return -1
    year = _two(data, start) * 100 + _two(data, start + 2)
    month, day = _two(data, start + 5), _two(data, start + 8)
    hour, minute, second = _two(data, start + 11), _two(data, start + 14), _two(data, start + 17)
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= _days_in(year, month):
        return -1
    if hour > 23 or minute > 59 or second > 59:
        return -1
    return _days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second


@makes_no_array
def _two(data: Bytes, place: int) -> int:
    return int(data[place] - 48) * 10 + int(data[place + 1] - 48)


@makes_no_array
def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@makes_no_array
def _days_since_1970(year: int, month: int, day: int) -> int:
    """Counted from a first of March, so that the leap day is the last of its year."""
    if month <= 2:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719_469


@makes_no_array
def _read_fraction(data: Bytes, place: int, end: int) -> tuple[int, int]:
    """(microseconds, where it ends): up to nine digits after a point or comma, cut off, never rounded; -1 is none."""
    if place == end or data[place] not in (_DOT, _COMMA):
        return 0, place
    first, value = place + 1, 0
    place = first
    while place < end and CLASSES[data[place]] & DIGIT:
        if place - first < 6:
            value = value * 10 + (data[place] - 48)
        place += 1
    digits = place - first
    if not 1 <= digits <= 9:
        return 0, -1
    for _ in range(digits, 6):
        value *= 10
    return value, place


@makes_no_array
def _read_zone(data: Bytes, place: int, end: int) -> int:
    """Minutes east of UTC."""
    if place == end:
        return 0
    if data[place] == _BLANK:
        place += 1
    length = end - place
    if length == 0:
        return _BAD
    if data[place] in (_PLUS, _DASH):
        return _read_offset(data, place, end)
    first = lower(data[place])
    if length == 1:
        return 0 if first == _ZONES[0] else _BAD
    if length != 3:
        return _BAD
    second, third = lower(data[place + 1]), lower(data[place + 2])
    is_utc = first == _U and second == _T and third == _C
    return 0 if is_utc or (first == _G and second == _M and third == _T) else _BAD


@makes_no_array
def _read_offset(data: Bytes, place: int, end: int) -> int:
    length = end - place
    has_colon = length == 6 and data[place + 3] == _COLON
    if not (has_colon or length == 5):
        return _BAD
    minutes = place + 4 if has_colon else place + 3
    for digit in (place + 1, place + 2, minutes, minutes + 1):
        if not CLASSES[data[digit]] & DIGIT:
            return _BAD
    hours, rest = _two(data, place + 1), _two(data, minutes)
    if hours > 23 or rest > 59:
        return _BAD
    east = hours * 60 + rest
    return -east if data[place] == _DASH else east


@makes_no_array
def read_times(
    data: Bytes,
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    at: npt.NDArray[np.int64],
    verdicts: npt.NDArray[np.uint8],
) -> None:
    """Fill `at` with microseconds since 1970, as `read_log_time` reads them, and the verdicts."""
    for row in range(at.size):
        verdicts[row], at[row] = read_log_instant(data, starts[row], ends[row])


@makes_no_array
def read_log_instant(data: Bytes, start: int, end: int) -> tuple[int, int]:
    """(verdict, microseconds): seconds since 1970 with decimals, or what `read_instant` takes."""
    start, end = strip(data, start, end)
    place, seconds = start, 0
    while place < end and CLASSES[data[place]] & DIGIT and place - start < 11:
        seconds = seconds * 10 + (data[place] - 48)
        place += 1
    digits = place - start
    if not 1 <= digits <= 10 or (place < end and data[place] != _DOT):
        return read_instant(data, start, end)
    micros, decimals = 0, 0
    if place < end:
        for behind in range(place + 1, end):
            if not CLASSES[data[behind]] & DIGIT:
                return read_instant(data, start, end)
            if decimals < 6:
                micros = micros * 10 + (data[behind] - 48)
            decimals += 1
        if not 1 <= decimals <= 9:
            return UNREADABLE, 0
    for _ in range(decimals, 6):
        micros *= 10
    return (READ, seconds * _MICROS + micros) if seconds < _AFTER_LAST else (UNREADABLE, 0)
