"""Host names, read as `grammar.parse_host` reads them."""

from __future__ import annotations

from numba import njit

from meldpunt.engines.matching.kernel.characters import (
    ABSENT,
    BEYOND_ASCII,
    CLASSES,
    DIGIT,
    HEX,
    IN_LABEL,
    PERHAPS_DEFANGED,
    READ,
    UNREADABLE,
    UNSURE,
    Bytes,
    classes_in,
    lower,
    restore_dots,
    strip,
)

LONGEST = 253
_LONGEST_LABEL = 63
_DOT, _HYPHEN, _ZERO, _X = ord("."), ord("-"), ord("0"), ord("x")


@njit(cache=True, nogil=True)
def read_host(data: Bytes, start: int, end: int, name: Bytes) -> tuple[int, int]:
    """(verdict, length): the normal form stands in `name`, which has room for 253 bytes."""
    start, end = strip(data, start, end)
    if start == end:
        return ABSENT, 0
    classes = classes_in(data, start, end)
    if classes & BEYOND_ASCII:
        return UNSURE, 0
    if classes & PERHAPS_DEFANGED:
        length = restore_dots(data, start, end, name[:LONGEST])
        return read_plain_host(name, 0, length, name) if length >= 0 else (UNSURE, 0)
    return read_plain_host(data, start, end, name)


@njit(cache=True, nogil=True)
def read_plain_host(data: Bytes, start: int, end: int, name: Bytes) -> tuple[int, int]:
    """The same for a field that is stripped, ASCII, and holds nothing to restore."""
    if end > start and data[end - 1] == _DOT:
        end -= 1
    length = end - start
    if not 0 < length <= LONGEST:
        return UNREADABLE, 0
    label = 0
    for place in range(length):
        byte = lower(data[start + place])
        if byte == _DOT:
            if not _is_label(name, label, place):
                return UNREADABLE, 0
            label = place + 1
        elif not CLASSES[byte] & IN_LABEL:
            return UNREADABLE, 0
        name[place] = byte
    if not _is_label(name, label, length) or _is_number_like(name, label, length):
        return UNREADABLE, 0
    return READ, length


@njit(cache=True, nogil=True)
def _is_label(name: Bytes, start: int, end: int) -> bool:
    return 0 < end - start <= _LONGEST_LABEL and name[start] != _HYPHEN and name[end - 1] != _HYPHEN


@njit(cache=True, nogil=True)
def _is_number_like(name: Bytes, start: int, end: int) -> bool:
    """All digits, or `0x` and hexadecimal digits: an address in disguise (WHATWG URL)."""
    wanted = DIGIT
    if end - start >= 2 and name[start] == _ZERO and name[start + 1] == _X:
        start, wanted = start + 2, HEX
    for place in range(start, end):
        if not CLASSES[name[place]] & wanted:
            return False
    return True
