"""IPv4 and IPv6 addresses, read as `grammar.parse_address` reads them."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from meldpunt.engines.matching.kernel.characters import (
    ABSENT,
    BEYOND_ASCII,
    CLASSES,
    DIGIT,
    HEX,
    PERHAPS_DEFANGED,
    READ,
    UNREADABLE,
    UNSURE,
    Bytes,
    classes_in,
    restore_dots,
    strip,
)
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.scanning import below, dots_at, lowest, word_at

V4: Final = 4
V6: Final = 6
_DOT, _COLON = ord("."), ord(":")
_AT_ONCE: Final = 24
"""Bytes that are loaded of an IPv4 address, wherever it ends."""
_NO_OCTET: Final = 256
ROOM: Final = 64
"""Longer than any spelling of an address without brackets."""


@njit(cache=True, nogil=True)
def read_address(data: Bytes, start: int, end: int) -> tuple[int, int, np.uint64, np.uint64]:
    """(verdict, version, high 64 bits, low 64 bits); a mapped IPv6 address is the IPv4 address it carries."""
    return read_address_in(data, start, end, np.empty(ROOM, np.uint8))


@makes_no_array
def read_address_in(data: Bytes, start: int, end: int, room: Bytes) -> tuple[int, int, np.uint64, np.uint64]:
    """The same, with `ROOM` bytes to write a defanged address to."""
    # Most are plain IPv4, which needs no second look at its bytes.
    number = _read_v4(data, start, end)
    if number >= 0:
        return READ, V4, np.uint64(0), np.uint64(number)
    start, end = strip(data, start, end)
    if start == end:
        return ABSENT, 0, np.uint64(0), np.uint64(0)
    classes = classes_in(data, start, end)
    if classes & BEYOND_ASCII:
        return UNSURE, 0, np.uint64(0), np.uint64(0)
    if classes & PERHAPS_DEFANGED:
        length = restore_dots(data, start, end, room)
        return read_plain_address(room, 0, length) if length >= 0 else (UNSURE, 0, np.uint64(0), np.uint64(0))
    return read_plain_address(data, start, end)


@makes_no_array
def read_plain_address(data: Bytes, start: int, end: int) -> tuple[int, int, np.uint64, np.uint64]:
    """The same for a field that is stripped and holds nothing to restore."""
    number = _read_v4(data, start, end)
    if number >= 0:
        return READ, V4, np.uint64(0), np.uint64(number)
    found, high, low = _read_v6(data, start, end)
    if not found:
        return UNREADABLE, 0, np.uint64(0), np.uint64(0)
    if high == 0 and low >> np.uint64(32) == np.uint64(0xFFFF):
        return READ, V4, np.uint64(0), low & np.uint64(0xFFFFFFFF)
    return READ, V6, high, low


@makes_no_array
def _read_v4(data: Bytes, start: int, end: int) -> int:
    """Four decimal octets without leading zeros, or -1."""
    if not 7 <= end - start <= 15:
        return -1
    if start + _AT_ONCE <= data.size:
        return _read_v4_at_once(data, start, end - start)
    number, octet, digits, dots = 0, 0, 0, 0
    for place in range(start, end):
        byte = data[place]
        if byte == _DOT:
            if digits == 0 or dots == 3:
                return -1
            number, octet, digits, dots = number << 8 | octet, 0, 0, dots + 1
        elif CLASSES[byte] & DIGIT:
            if digits == 1 and octet == 0:
                return -1
            octet, digits = octet * 10 + (byte - 48), digits + 1
            if octet > 255:
                return -1
        else:
            return -1
    return number << 8 | octet if digits and dots == 3 else -1


@makes_no_array
def _read_v4_at_once(data: Bytes, start: int, length: int) -> int:
    """The same without a branch for each byte: what digits an address has nobody can foretell."""
    first = dots_at(data, start) & below(length)
    second = first & (first - np.uint64(1))
    third = second & (second - np.uint64(1))
    if third == 0 or third & (third - np.uint64(1)):
        return -1
    one, two, three = lowest(first) + 1, lowest(second) + 1, lowest(third) + 1
    octets = (
        _octet(word_at(data, start), one - 1),
        _octet(word_at(data, start + one), two - one - 1),
        _octet(word_at(data, start + two), three - two - 1),
        _octet(word_at(data, start + three), length - three),
    )
    if octets[0] | octets[1] | octets[2] | octets[3] > 255:
        return -1
    return octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3]


@makes_no_array
def _octet(word: np.uint64, length: int) -> int:
    """The number that the first bytes of a word write, as `_read_v4` takes it; above 255 where it is none."""
    if not 1 <= length <= 3:
        return _NO_OCTET
    digits = ((word ^ np.uint64(0x303030)) << np.uint64(24 - 8 * length)) & np.uint64(0xFFFFFF)
    is_bad = (digits | (digits + np.uint64(0x767676))) & np.uint64(0x808080) != 0
    is_bad |= length > 1 and word & np.uint64(0xFF) == np.uint64(48)
    hundreds, tens, ones = digits & np.uint64(0xFF), digits >> np.uint64(8) & np.uint64(0xFF), digits >> np.uint64(16)
    return _NO_OCTET if is_bad else int(hundreds * 100 + tens * 10 + ones)


@makes_no_array
def _read_v6(data: Bytes, start: int, end: int) -> tuple[bool, np.uint64, np.uint64]:
    """RFC 4291, section 2.2: eight groups, one run of them written `::`, the last two perhaps as IPv4."""
    high, low = np.uint64(0), np.uint64(0)
    count, gap, place = 0, -1, start
    if end - start >= 2 and data[start] == _COLON:
        if data[start + 1] != _COLON:
            return False, high, low
        gap, place = 0, start + 2
    while place < end:
        group, bits, until = _read_group(data, place, end)
        if bits == 0 or count + bits // 16 > 8:
            return False, high, low
        high, low = _appended(high, low, group, bits)
        count, place = count + bits // 16, until
        if place == end:
            break
        if place + 1 == end or data[place] != _COLON:
            return False, high, low
        place += 1
        if data[place] == _COLON:
            if gap >= 0:
                return False, high, low
            gap, place = count, place + 1
    if gap < 0:
        return count == 8, high, low
    if count == 8:
        return False, high, low
    return _opened(high, low, count, gap)


@makes_no_array
def _read_group(data: Bytes, place: int, end: int) -> tuple[int, int, int]:
    """(value, 16 or 32 bits or 0 for none, where it ends): up to four hexadecimal digits, or IPv4 to the end."""
    group, until = 0, place
    while until < end and CLASSES[data[until]] & HEX:
        if until - place == 4:
            return 0, 0, until
        byte = data[until]
        group = group << 4 | (byte - 48 if byte <= 57 else (byte & 15) + 9)
        until += 1
    if until < end and data[until] == _DOT:
        number = _read_v4(data, place, end)
        return (number, 32, end) if number >= 0 else (0, 0, end)
    return (group, 16, until) if until > place else (0, 0, until)


@makes_no_array
def _appended(high: np.uint64, low: np.uint64, group: int, bits: int) -> tuple[np.uint64, np.uint64]:
    shift = np.uint64(bits)
    return high << shift | low >> (np.uint64(64) - shift), low << shift | np.uint64(group)


@makes_no_array
def _opened(high: np.uint64, low: np.uint64, count: int, gap: int) -> tuple[bool, np.uint64, np.uint64]:
    """The groups as they were read, right-aligned; those before the gap move to the front."""
    behind = (count - gap) * 16
    after_high, after_low = _lowest(high, low, behind)
    before_high, before_low = _shifted_right(high, low, behind)
    front_high, front_low = _shifted_left(before_high, before_low, 128 - gap * 16)
    return True, front_high | after_high, front_low | after_low


@makes_no_array
def _lowest(high: np.uint64, low: np.uint64, bits: int) -> tuple[np.uint64, np.uint64]:
    if bits == 0:
        return np.uint64(0), np.uint64(0)
    every = np.uint64(0xFFFFFFFFFFFFFFFF)
    if bits <= 64:
        return np.uint64(0), low & (every >> np.uint64(64 - bits))
    return high & (every >> np.uint64(128 - bits)), low


@makes_no_array
def _shifted_right(high: np.uint64, low: np.uint64, bits: int) -> tuple[np.uint64, np.uint64]:
    if bits == 0:
        return high, low
    if bits >= 64:
        return np.uint64(0), (high >> np.uint64(bits - 64) if bits < 128 else np.uint64(0))
    return high >> np.uint64(bits), low >> np.uint64(bits) | high << np.uint64(64 - bits)


@makes_no_array
def _shifted_left(high: np.uint64, low: np.uint64, bits: int) -> tuple[np.uint64, np.uint64]:
    if bits == 0:
        return high, low
    if bits >= 64:
        return (low << np.uint64(bits - 64) if bits < 128 else np.uint64(0)), np.uint64(0)
    return high << np.uint64(bits) | low >> np.uint64(64 - bits), low << np.uint64(bits)
