"""Records and fields of delimited text (RFC 4180), found in raw bytes without copying them."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.scanning import WIDTH, lowest, signs_from

_NUL, _NEWLINE, _RETURN = 0, ord("\n"), ord("\r")
NO_QUOTE: Final = -1


@makes_no_array
def tokenise(
    data: Bytes,
    start: int,
    end: int,
    is_last: bool,
    delimiter: int,
    quote: int,
    slots: npt.NDArray[np.int32],
    records: npt.NDArray[np.int32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    widths: npt.NDArray[np.int32],
) -> tuple[int, int]:
    """(records found, where the first that is not whole begins), both from `data[start:end]`.

    Column c of record r goes to `starts[r, slots[c]]` and `ends[r, slots[c]]` where `slots[c]` is not -1, without its
    quotes; a field that is not there is empty. Record r begins at `records[r]` and ends before `records[r + 1]`. Quotes
    count at the beginning of a field only, and are doubled inside; what has text behind its closing quote keeps both,
    and no grammar takes it. Lines end in CR, LF or both; empty ones are passed
    over. `widths[r]` is how many fields the record has. At most `records.size - 1` records are taken.
    """
    count, place, most = 0, start, records.size - 1
    while place < end and count < most:
        if data[place] in (_NEWLINE, _RETURN):
            place += 1
            continue
        after, width = _take_record(data, place, end, is_last, delimiter, quote, slots, starts, ends, count)
        if after < 0:
            break
        for column in range(width, slots.size):
            if slots[column] >= 0:
                starts[count, slots[column]], ends[count, slots[column]] = place, place
        records[count], widths[count] = place, width
        count, place = count + 1, after
        records[count] = place
    return count, place


@makes_no_array
def _take_record(
    data: Bytes,
    place: int,
    end: int,
    is_last: bool,
    delimiter: int,
    quote: int,
    slots: npt.NDArray[np.int32],
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    record: int,
) -> tuple[int, int]:
    """(where the next record begins, or -1 where this one is not whole; how many fields it has)."""
    column, base, signs = 0, place, signs_from(data, place, delimiter, _NEWLINE, _RETURN)
    while True:
        first = place
        last = -1
        if place < end and data[place] == quote:
            first = place + 1
            last = _closing(data, first, end, quote)
            if last < 0:
                return -1, 0
            base = last + 1
            signs = signs_from(data, base, delimiter, _NEWLINE, _RETURN)
        while not signs and base + WIDTH < end:
            base += WIDTH
            signs = signs_from(data, base, delimiter, _NEWLINE, _RETURN)
        place = min(base + lowest(signs), end) if signs else end
        signs &= signs - np.uint64(1)
        if place == end and not is_last:
            return -1, 0
        if 0 <= last < place - 1:
            first, last = first - 1, place
        if column < slots.size and slots[column] >= 0:
            starts[record, slots[column]] = first
            ends[record, slots[column]] = place if last < 0 else last
        if place == end:
            return end, column + 1
        if data[place] != delimiter:
            break
        place, column = place + 1, column + 1
    if data[place] == _RETURN:
        if place + 1 == end and not is_last:
            return -1, 0
        if place + 1 < end and data[place + 1] == _NEWLINE:
            place += 1
    return place + 1, column + 1


@makes_no_array
def _closing(data: Bytes, place: int, end: int, quote: int) -> int:
    """The quote that closes, which is followed by no other; -1 where there is none."""
    while place < end:
        if data[place] == quote:
            if place + 1 < end and data[place + 1] == quote:
                place += 1
            else:
                return place
        place += 1
    return -1


@makes_no_array
def is_a_record_a_line(data: Bytes, delimiter: int, quote: int) -> bool:
    """Whether each line of `data`, which ends with one, is a record by itself, whoever reads it.

    No field goes on in the next line, none has text behind its closing quote, and there is neither NUL nor a carriage
    return without its newline.
    """
    place, is_first = 0, True
    while place < data.size:
        if is_first and data[place] == quote:
            closing = _closing(data, place + 1, data.size, quote)
            for inside in range(place + 1, closing):
                if data[inside] in (_NEWLINE, _RETURN, _NUL):
                    return False
            place = closing + 1
            if closing < 0 or place == data.size or data[place] not in (delimiter, _NEWLINE, _RETURN):
                return False
        byte = data[place]
        if byte == _NUL or (byte == _RETURN and (place + 1 == data.size or data[place + 1] != _NEWLINE)):
            return False
        is_first = byte in (delimiter, _NEWLINE)
        place += 1
    return data.size == 0 or data[data.size - 1] == _NEWLINE


@njit(cache=True, nogil=True)
def take_column(
    data: Bytes,
    starts: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int32],
    slot: int,
    widths: npt.NDArray[np.int32],
    width: int,
    unset: Bytes,
    empty: Bytes,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """(starts, ends) of one column; empty where either word stands, or the record has another width."""
    taken_starts, taken_ends = np.empty(widths.size, np.int32), np.empty(widths.size, np.int32)
    for row in range(widths.size):
        start, end = starts[row, slot], ends[row, slot]
        if widths[row] != width or is_word(data, start, end, unset) or is_word(data, start, end, empty):
            end = start
        taken_starts[row], taken_ends[row] = start, end
    return taken_starts, taken_ends


@makes_no_array
def is_word(data: Bytes, start: int, end: int, word: Bytes) -> bool:
    """Whether the field is that word."""
    if end - start != word.size:
        return False
    for place in range(word.size):
        if data[start + place] != word[place]:
            return False
    return True
