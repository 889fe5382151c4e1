"""AS numbers, read as `grammar.parse_asn` reads them."""

from __future__ import annotations

from meldpunt.engines.matching.kernel.characters import (
    ABSENT,
    BEYOND_ASCII,
    CLASSES,
    DIGIT,
    PERHAPS_DEFANGED,
    READ,
    UNREADABLE,
    UNSURE,
    Bytes,
    classes_in,
    lower,
    strip,
)
from meldpunt.engines.matching.kernel.compiled import makes_no_array

_A, _S, _N = (ord(one) for one in "asn")
_DOT, _BLANK = ord("."), ord(" ")
_LAST_ASN = 4_294_967_294
_LAST_HALF = 0xFFFF


@makes_no_array
def read_asn(data: Bytes, start: int, end: int) -> tuple[int, int]:
    """(verdict, number): `AS64496`, `ASN 64496`, `64496` or asdot `AS1.10` (RFC 5396)."""
    # Most are digits alone, which need no second look at their bytes.
    number, place = _read_number(data, start, end, 9)
    if place == end and number:
        return READ, number
    start, end = strip(data, start, end)
    if start == end:
        return ABSENT, 0
    if classes_in(data, start, end) & (BEYOND_ASCII | PERHAPS_DEFANGED):
        return UNSURE, 0
    number, place = _read_number(data, _after_letters(data, start, end), end, 10)
    if place < 0:
        return UNREADABLE, 0
    if place < end:
        low, last = _read_number(data, place + 1, end, 5)
        if data[place] != _DOT or last != end or number > _LAST_HALF or low > _LAST_HALF:
            return UNREADABLE, 0
        number = number << 16 | low
    return (READ, number) if 1 <= number <= _LAST_ASN else (UNREADABLE, 0)


@makes_no_array
def _after_letters(data: Bytes, start: int, end: int) -> int:
    if end - start < 2 or lower(data[start]) != _A or lower(data[start + 1]) != _S:
        return start
    start += 2
    if start < end and lower(data[start]) == _N:
        start += 1
    return start + 1 if start < end and data[start] == _BLANK else start


@makes_no_array
def _read_number(data: Bytes, start: int, end: int, most: int) -> tuple[int, int]:
    """(value, where it ends): decimal digits without a leading zero; -1 where there is none or too many."""
    value, place = 0, start
    while place < end and CLASSES[data[place]] & DIGIT:
        if place - start == most or (place > start and value == 0):
            return 0, -1
        value = value * 10 + (data[place] - 48)
        place += 1
    return (value, place) if place > start else (0, -1)
