"""What of a URL is compared: host, port and target in one text, as `indicators.url_key` writes it."""

from __future__ import annotations

from typing import Final

import numpy as np

from meldpunt.engines.matching.kernel.addresses import V4, read_plain_address
from meldpunt.engines.matching.kernel.characters import (
    CLASSES,
    DIGIT,
    PERHAPS_DEFANGED,
    READ,
    UNREADABLE,
    UNSURE,
    Bytes,
    lower,
)
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.names import read_plain_host

ROOM: Final = 1 << 13
"""Bytes for a value in normal form; a longer one is read by the specification."""
_COLON, _SLASH, _FRAGMENT = (ord(one) for one in ":/#")
_H, _T, _P, _S = (ord(one) for one in "htps")
_LAST_PORT = 65_535


@makes_no_array
def default_port(data: Bytes, start: int) -> int:
    """Of a URL that has one of the four schemes."""
    if lower(data[start]) == _H:
        return 443 if lower(data[start + 4]) == _S else 80
    return 990 if lower(data[start + 3]) == _S else 21


@makes_no_array
def write_origin(
    data: Bytes, host: int, colon: int, until: int, default: int, other_default: int, scratch: Bytes
) -> tuple[int, int, int, np.uint64, np.uint64]:
    """(verdict, length, version, high, low): host in normal form and, unless it is a default, the port."""
    verdict, version, high, low = read_plain_address(data, host, colon)
    if verdict == READ:
        if version != V4:
            return UNSURE, 0, version, high, low
        length = colon - host
        for place in range(length):
            scratch[place] = data[host + place]
    else:
        version = 0
        verdict, length = read_plain_host(data, host, colon, scratch)
        if verdict != READ:
            return UNREADABLE, 0, version, high, low
    if until - colon > 6:
        return UNREADABLE, 0, version, high, low
    port = 0
    for place in range(colon + 1, until):
        if not CLASSES[data[place]] & DIGIT:
            return UNREADABLE, 0, version, high, low
        port = port * 10 + (data[place] - 48)
    if port > _LAST_PORT:
        return UNREADABLE, 0, version, high, low
    if until - colon > 1 and port not in (default, other_default):
        scratch[length] = _COLON
        length = _write_number(port, scratch, length + 1)
    return READ, length, version, high, low


@makes_no_array
def _write_number(number: int, scratch: Bytes, length: int) -> int:
    factor = 1
    while factor * 10 <= number:
        factor *= 10
    while factor:
        scratch[length] = 48 + number // factor % 10
        length, factor = length + 1, factor // 10
    return length


@makes_no_array
def write_target(data: Bytes, start: int, end: int, scratch: Bytes, length: int) -> tuple[int, int]:
    """(verdict, length): path and query behind what stands there, as they are written; the fragment left out."""
    if end - start + length + 1 > scratch.size:
        return UNSURE, 0
    if start == end or data[start] != _SLASH:
        scratch[length] = _SLASH
        length += 1
    is_fragment = False
    for place in range(start, end):
        byte = data[place]
        if CLASSES[byte] & PERHAPS_DEFANGED or (byte == _COLON and _is_odd_scheme(data, start, place, end)):
            return UNSURE, 0
        is_fragment |= byte == _FRAGMENT
        if not is_fragment:
            scratch[length] = byte
            length += 1
    return READ, length


@makes_no_array
def _is_odd_scheme(data: Bytes, start: int, colon: int, end: int) -> bool:
    """Whether what stands before `://` may be a scheme that somebody made harmless."""
    if colon + 2 >= end or data[colon + 1] != _SLASH or data[colon + 2] != _SLASH:
        return False
    place = colon - 1
    if place >= start and lower(data[place]) == _S:
        place -= 1
    if place - 2 < start or lower(data[place]) != _P:
        return False
    return lower(data[place - 1]) != _T or lower(data[place - 2]) != _T
