"""Hashes of files and fingerprints of handshakes, as `said` reads them."""

from __future__ import annotations

from meldpunt.engines.matching.kernel.characters import CLASSES, DIGIT, HEX, Bytes, lower
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.scanning import WIDTH, below, lower_at

_COLON, _UNDERLINE, _SMALL_A, _SMALL_Z = (ord(one) for one in ":_az")


@makes_no_array
def read_hash(data: Bytes, start: int, end: int, scratch: Bytes) -> int:
    """The length of an MD5, SHA-1 or SHA-256 in normal form in `scratch`; 0 where it is none."""
    if end - start in (32, 40, 64) and _are_hex(data, start, end, scratch):
        return end - start
    has_colons = end - start > 2 and data[start + 2] == _COLON
    length = (end - start + 1) // 3 * 2 if has_colons else end - start
    if length not in (32, 40, 64) or (has_colons and end - start != length // 2 * 3 - 1):
        return 0
    place = start
    for digit in range(length):
        if has_colons and digit and digit % 2 == 0:
            if data[place] != _COLON:
                return 0
            place += 1
        if not CLASSES[data[place]] & HEX:
            return 0
        scratch[digit] = lower(data[place])
        place += 1
    return length


@makes_no_array
def _are_hex(data: Bytes, start: int, end: int, scratch: Bytes) -> bool:
    """Write up to 64 hexadecimal digits in small letters at once; False where they are others, or cannot be."""
    if start + WIDTH > data.size or scratch.size < WIDTH:
        return False
    return bool(lower_at(data, start, scratch, 0)[3] & below(end - start) == below(end - start))


@makes_no_array
def read_ja3(data: Bytes, start: int, end: int, scratch: Bytes) -> int:
    """The length of 32 hexadecimal digits in normal form; 0 where it is none."""
    if end - start != 32:
        return 0
    if _are_hex(data, start, end, scratch):
        return 32
    for place in range(32):
        if not CLASSES[data[start + place]] & HEX:
            return 0
        scratch[place] = lower(data[start + place])
    return 32


@makes_no_array
def read_ja4(data: Bytes, start: int, end: int, scratch: Bytes) -> int:
    """The length of a JA4: a small letter, nine small letters or digits, and twice `_` and twelve digits; or 0."""
    if end - start != 36:
        return 0
    for place in range(36):
        byte = data[start + place]
        is_small = _SMALL_A <= byte <= _SMALL_Z
        if place in (10, 23):
            is_right = byte == _UNDERLINE
        elif place == 0:
            is_right = is_small
        elif place < 10:
            is_right = is_small or CLASSES[byte] & DIGIT != 0
        else:
            is_right = CLASSES[byte] & DIGIT != 0 or (is_small and CLASSES[byte] & HEX != 0)
        if not is_right:
            return 0
        scratch[place] = byte
    return 36
