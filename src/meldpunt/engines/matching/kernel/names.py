"""Host names, read as `grammar.parse_host` reads them."""

from __future__ import annotations

import numpy as np

from meldpunt.engines.matching.kernel.characters import (
    ABSENT,
    BEYOND_ASCII,
    CLASSES,
    DIGIT,
    HEX,
    IN_NAME,
    PERHAPS_DEFANGED,
    READ,
    SPACE,
    UNREADABLE,
    UNSURE,
    Bytes,
    classes_in,
    restore_dots,
    strip,
)
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.scanning import WIDTH, below, highest, lower_at

LONGEST = 253
_LONGEST_LABEL = 63
_LAST_PORT = 65_535
_DOT, _HYPHEN, _ZERO, _X, _COLON = (ord(one) for one in ".-0x:")


@makes_no_array
def read_host(data: Bytes, start: int, end: int, name: Bytes, at: int = 0) -> tuple[int, int]:
    """(verdict, length): the normal form stands in `name` from `at` on, where it has room for 253 bytes."""
    if start == end:
        return ABSENT, 0
    # Most are plain names, which need no second look at their bytes.
    verdict, length = read_plain_host(data, start, end, name, at)
    if verdict == READ:
        return verdict, length
    start, end = strip(data, start, end)
    if start == end:
        return ABSENT, 0
    classes = classes_in(data, start, end)
    if classes & BEYOND_ASCII:
        return UNSURE, 0
    if classes & PERHAPS_DEFANGED:
        length = restore_dots(data, start, end, name[at : at + LONGEST])
        return read_plain_host(name, at, at + length, name, at) if length >= 0 else (UNSURE, 0)
    return read_plain_host(data, start, end, name, at)


@makes_no_array
def end_before_port(data: Bytes, start: int, end: int) -> int:
    """Where the host of a stripped field ends that has a port behind it, as `said` reads it; or `end`."""
    colon, port, factor = end - 1, 0, 1
    while colon >= start and CLASSES[data[colon]] & DIGIT and end - colon <= 5:
        port, factor, colon = port + (data[colon] - 48) * factor, factor * 10, colon - 1
    if colon < start or data[colon] != _COLON or port > _LAST_PORT:
        return end
    for place in range(start, colon):
        if data[place] == _COLON:
            return end
    while colon > start and CLASSES[data[colon - 1]] & SPACE:
        colon -= 1
    return colon


@makes_no_array
def read_plain_host(data: Bytes, start: int, end: int, name: Bytes, at: int = 0) -> tuple[int, int]:
    """The same for a field that is stripped, ASCII, and holds nothing to restore."""
    if end > start and data[end - 1] == _DOT:
        end -= 1
    length = end - start
    if not 0 < length <= LONGEST:
        return UNREADABLE, 0
    if length < WIDTH and start + WIDTH <= data.size and at + WIDTH <= name.size:
        return _read_short_host(data, start, length, name, at)
    label = at
    for place in range(at, at + length):
        byte = IN_NAME[data[start - at + place]]
        if byte == _DOT:
            if not _is_label(name, label, place):
                return UNREADABLE, 0
            label = place + 1
        elif byte == 0:
            return UNREADABLE, 0
        name[place] = byte
    if not _is_label(name, label, at + length) or _is_number_like(name, label, at + length):
        return UNREADABLE, 0
    return READ, length


@makes_no_array
def _read_short_host(data: Bytes, start: int, length: int, name: Bytes, at: int) -> tuple[int, int]:
    """The same at once; what stands behind the name is written over too."""
    named, dots, hyphens, _ = lower_at(data, start, name, at)
    here = below(length)
    dots, hyphens = dots & here, hyphens & here
    # A label begins and ends with neither.
    begins, ends = dots << np.uint64(1) | np.uint64(1), dots >> np.uint64(1) | np.uint64(1) << np.uint64(length - 1)
    if named & here != here or (dots | hyphens) & (begins | ends):
        return UNREADABLE, 0
    last = highest(dots) + 1 if dots else 0
    # The bytes as they came: those just written in one piece are slow to read one by one.
    if CLASSES[data[start + last]] & DIGIT and _is_number_like(name, at + last, at + length):
        return UNREADABLE, 0
    return READ, length


@makes_no_array
def _is_label(name: Bytes, start: int, end: int) -> bool:
    return 0 < end - start <= _LONGEST_LABEL and name[start] != _HYPHEN and name[end - 1] != _HYPHEN


@makes_no_array
def _is_number_like(name: Bytes, start: int, end: int) -> bool:
    """All digits, or `0x` and hexadecimal digits: an address in disguise (WHATWG URL)."""
    wanted = DIGIT
    if end - start >= 2 and name[start] == _ZERO and name[start + 1] == _X:
        start, wanted = start + 2, HEX
    for place in range(start, end):
        if not CLASSES[name[place]] & wanted:
            return False
    return True
