"""Records written anew for whom they belong to: every cell quoted, nothing that runs, no password."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.kernel.characters import CLASSES, DIGIT, Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.moving import fetch, move

Numbers = npt.NDArray[np.int32]
_QUOTE, _COMMA, _RETURN, _NEWLINE, _APOSTROPHE = (ord(one) for one in "\",\r\n'")
_BLANK, _PLUS, _DASH, _POINT = (ord(one) for one in " +-.")
_LEADS: Final = np.zeros(256, np.bool_)
_LEADS[list(b"=+-@\t\r\n")] = True
_MAY_RUN: Final = _LEADS.copy()
"""First bytes behind which `runs` has to look."""
_MAY_RUN[[_BLANK, 0xC2, 0xEF]] = True
_WIDE: Final = (0x9D, 0x8B, 0x8D, 0xA0)
"""Third bytes of ＝＋－＠ behind EF BC."""
_ELLIPSIS: Final = tuple("…".encode())
_LEAST_SHOWN: Final = 4
_AHEAD: Final = 6
"""Records that are asked for before they are copied: those of one owner lie far apart."""
_LINE: Final = 64
_INTS_A_LINE: Final = 16
CELL_ROOM: Final = 36
"""Bytes a cell may need beside twice its own: quotes, comma, apostrophe, what a password is shown as."""


@makes_no_array
def room_for(rows: Numbers, records: Numbers, columns: int, items: Numbers, tails: npt.NDArray[np.int64]) -> int:
    """Bytes that `copy_records` may need at the most, `records` being where each begins."""
    room = 0
    for number in range(rows.size):
        room += 2 * (records[rows[number] + 1] - records[rows[number]])
        room += tails[items[number] + 1] - tails[items[number]]
    return room + rows.size * (columns * CELL_ROOM + 2)


@makes_no_array
def copy_records(
    data: Bytes,
    rows: Numbers,
    records: Numbers,
    starts: Numbers,
    ends: Numbers,
    is_secret: npt.NDArray[np.bool_],
    is_harmless: bool,
    items: Numbers,
    tail_bytes: Bytes,
    tails: npt.NDArray[np.int64],
    out: Bytes,
    places: npt.NDArray[np.int64],
) -> int:
    """Write record `rows[k]` and behind it the tail of `items[k]`, for each k; `places` says where each begins.

    Record r begins at `records[r]`. Rows of `starts` are records, its columns their fields. `is_harmless`: what
    a spreadsheet would run is written so that it does not. Gives the number of bytes written.
    """
    place = 0
    for number in range(rows.size):
        places[number] = place
        row = rows[number]
        _fetch_record(data, rows[min(number + _AHEAD, rows.size - 1)], records, starts, ends)
        for column in range(starts.shape[1]):
            start, end = starts[row, column], ends[row, column]
            out[place] = _QUOTE
            place += 1
            if is_secret[column]:
                place = _put_masked(data, start, end, out, place)
            else:
                if is_harmless and start < end and _MAY_RUN[data[start]] and runs(data, start, end):
                    out[place] = _APOSTROPHE
                    place += 1
                place = _put_cell(data, start, end, out, place)
            out[place] = _QUOTE
            out[place + 1] = _COMMA
            place += 2
        first, until = tails[items[number]], tails[items[number] + 1]
        move(tail_bytes, first, until, out, place)
        place += until - first
        out[place], out[place + 1] = _RETURN, _NEWLINE
        place += 2
    places[rows.size] = place
    return place


@makes_no_array
def _fetch_record(data: Bytes, row: int, records: Numbers, starts: Numbers, ends: Numbers) -> None:
    first = row * starts.shape[1]
    for column in range(first, first + starts.shape[1], _INTS_A_LINE):
        fetch(starts, column)
        fetch(ends, column)
    for place in range(records[row], records[row + 1], _LINE):
        fetch(data, place)


@makes_no_array
def _put_cell(data: Bytes, start: int, end: int, out: Bytes, place: int) -> int:
    if not move(data, start, end, out, place) or (start > 0 and data[start - 1] == _QUOTE):
        return place + end - start
    for one in range(start, end):
        out[place] = data[one]
        place += 1
        if data[one] == _QUOTE:
            out[place] = _QUOTE
            place += 1
    return place


@makes_no_array
def runs(data: Bytes, start: int, end: int) -> bool:
    """Whether a spreadsheet would take it for a formula, and it is no number."""
    place = start
    while place < end:
        if data[place] == _BLANK:
            place += 1
        elif data[place] == 0xC2 and place + 1 < end and data[place + 1] == 0xA0:
            place += 2
        else:
            break
    if place == end:
        return False
    if _LEADS[data[place]]:
        return not _is_number(data, start, end)
    is_wide = place + 2 < end and data[place] == 0xEF and data[place + 1] == 0xBC
    return is_wide and data[place + 2] in _WIDE


@makes_no_array
def _is_number(data: Bytes, start: int, end: int) -> bool:
    if data[start] in (_PLUS, _DASH):
        start += 1
    digits = 0
    for place in range(start, end):
        if CLASSES[data[place]] & DIGIT:
            digits += 1
        elif data[place] in (_POINT, _COMMA) and digits == place - start and 0 < digits < end - start - 1:
            continue
        else:
            return False
    return digits > 0


@makes_no_array
def _put_masked(data: Bytes, start: int, end: int, out: Bytes, place: int) -> int:
    """First and last character and the number of them. A quote that is doubled inside counts once."""
    was_quoted = start > 0 and data[start - 1] == _QUOTE
    length, last, one = 0, start, start
    while one < end:
        if data[one] & 0xC0 != 0x80:
            length, last = length + 1, one
        one += 2 if was_quoted and data[one] == _QUOTE else 1
    if length == 0:
        return place
    if length >= _LEAST_SHOWN:
        place = _put_character(data, start, end, out, place)
    for byte in _ELLIPSIS:
        out[place] = byte
        place += 1
    if length >= _LEAST_SHOWN:
        place = _put_character(data, last, end, out, place)
    out[place], out[place + 1] = _BLANK, ord("(")
    place = _put_number(length, out, place + 2)
    out[place] = ord(")")
    return place + 1


@makes_no_array
def _put_character(data: Bytes, start: int, end: int, out: Bytes, place: int) -> int:
    out[place] = data[start]
    place += 1
    if data[start] == _QUOTE:
        out[place] = _QUOTE
        return place + 1
    for one in range(start + 1, min(start + 4, end)):
        if data[one] & 0xC0 != 0x80:
            break
        out[place] = data[one]
        place += 1
    return place


@makes_no_array
def _put_number(number: int, out: Bytes, place: int) -> int:
    size, rest = 1, number
    while rest >= 10:
        size, rest = size + 1, rest // 10
    for one in range(size - 1, -1, -1):
        out[place + one] = 48 + number % 10
        number //= 10
    return place + size
