"""What of a URL, of a request or of a mail address is compared, in one text, as `said` writes it."""

from __future__ import annotations

from typing import Final

import numpy as np

from meldpunt.engines.matching.kernel.addresses import V4, read_plain_address
from meldpunt.engines.matching.kernel.characters import (
    ABSENT,
    BEYOND_ASCII,
    CLASSES,
    CONTROL,
    DIGIT,
    PERHAPS_DEFANGED,
    READ,
    SPACE,
    UNREADABLE,
    UNSURE,
    Bytes,
    classes_in,
    lower,
    strip,
)
from meldpunt.engines.matching.kernel.compiled import makes_no_array
from meldpunt.engines.matching.kernel.links import find_host
from meldpunt.engines.matching.kernel.names import read_host, read_plain_host
from meldpunt.engines.matching.kernel.scanning import WIDTH, below, copy_at, lowest, signs_from

ROOM: Final = 1 << 13
"""Bytes for a value in normal form; a longer one is read by the specification."""
_COLON, _SLASH, _BACKSLASH, _QUERY, _FRAGMENT, _AT, _OPEN, _CLOSE = (ord(one) for one in ":/\\?#@<>")
_QUOTE, _COMMA, _SEMICOLON = (ord(one) for one in '",;')
_LONGEST_LOCAL = 64
_H, _T, _P, _S = (ord(one) for one in "htps")
_LAST_PORT = 65_535


@makes_no_array
def part_of(data: Bytes, place: int, end: int, separator: int) -> tuple[int, bool]:
    """(where the part ends, whether there is a backslash in it)."""
    has_backslash = False
    for base in range(place, end, WIDTH):
        signs = signs_from(data, base, separator, _BACKSLASH, _BACKSLASH)
        while signs:
            sign = base + lowest(signs)
            if sign >= end:
                return end, has_backslash
            if data[sign] == separator:
                return sign, has_backslash
            has_backslash |= data[sign] == _BACKSLASH
            signs &= signs - np.uint64(1)
    return end, has_backslash


@makes_no_array
def write_url(data: Bytes, start: int, end: int, scratch: Bytes) -> tuple[int, int, int, int, np.uint64, np.uint64]:
    """(verdict, length, length of its host, version, high, low): what of a URL is compared; the host stands first.

    A version of 0 says that the host is a name, another that it is the address of these halves.
    """
    start, end = strip(data, start, end)
    verdict, host, colon = find_host(data, start, end)
    if verdict != READ:
        return verdict, 0, 0, 0, np.uint64(0), np.uint64(0)
    until = colon
    while until < end and data[until] not in (_SLASH, _QUERY, _FRAGMENT):
        until += 1
    default = default_port(data, start)
    verdict, length, host_length, version, high, low = write_origin(data, host, colon, until, default, default, scratch)
    if verdict == READ:
        verdict, length = write_target(data, until, end, scratch, length)
    return verdict, length, host_length, version, high, low


@makes_no_array
def is_absolute(target: Bytes, first: int, last: int) -> bool:
    """Whether the target of a request is a URL of its own, as a proxy is asked for it; none is not."""
    return first < last and target[first] != _SLASH


@makes_no_array
def write_request(
    data: Bytes, start: int, end: int, target: Bytes, first: int, last: int, scratch: Bytes
) -> tuple[int, int]:
    """(verdict, length): host and target of a request as a URL is compared. Ports of the web count as none."""
    if first == last:
        return ABSENT, 0
    length = _write_plain_request(data, start, end, target, first, last, scratch)
    if length:
        return READ, length
    start, end = strip(data, start, end)
    _, last = strip(target, first, last)
    classes = classes_in(data, start, end) | (classes_in(target, first, last) & (BEYOND_ASCII | CONTROL))
    if classes & (BEYOND_ASCII | PERHAPS_DEFANGED | CONTROL):
        return UNSURE, 0
    colon = end
    for place in range(start, end):
        if data[place] in (_AT, _SLASH, _QUERY, _FRAGMENT, _BACKSLASH):
            return UNSURE, 0
        if data[place] == _COLON and colon == end:
            colon = place
    verdict, length, _, _, _, _ = write_origin(data, start, colon, end, 80, 443, scratch)
    return write_target(target, first, last, scratch, length) if verdict == READ else (verdict, 0)


@makes_no_array
def _write_plain_request(
    data: Bytes, start: int, end: int, target: Bytes, first: int, last: int, scratch: Bytes
) -> int:
    """The length of a request as most are, a name and a target of which no byte needs a second look; 0 for others."""
    verdict, length = read_plain_host(data, start, end, scratch)
    if verdict != READ or target[first] != _SLASH or length + last - first + WIDTH > scratch.size:
        return 0
    for place in range(first, last, WIDTH):
        if place + WIDTH > target.size or copy_at(target, place, scratch, length + place - first) & below(last - place):
            return 0
    return length + last - first


@makes_no_array
def write_mail(data: Bytes, start: int, end: int, scratch: Bytes) -> tuple[int, int, int]:
    """(verdict, length, where its host begins): a mail address as `said` reads it."""
    start, end = strip(data, start, end)
    if classes_in(data, start, end) & BEYOND_ASCII:
        return UNSURE, 0, 0
    if start < end and data[end - 1] == _CLOSE:
        opened = end - 1
        while opened > start and data[opened] != _OPEN:
            opened -= 1
        if data[opened] != _OPEN:
            return UNREADABLE, 0, 0
        start, end = strip(data, opened + 1, end - 1)
    if classes_in(data, start, end) & PERHAPS_DEFANGED:
        return UNSURE, 0, 0
    at = end - 1
    while at >= start and data[at] != _AT:
        at -= 1
    local = at + 1 - start
    if not 1 < local <= _LONGEST_LOCAL + 1:
        return UNREADABLE, 0, 0
    for place in range(start, at):
        byte = data[place]
        if byte in (_CLOSE, _QUOTE, _COMMA, _SEMICOLON, _AT) or CLASSES[byte] & SPACE:
            return UNREADABLE, 0, 0
    verdict, length = read_host(data, at + 1, end, scratch)
    if verdict != READ:
        return verdict, 0, 0
    for place in range(length - 1, -1, -1):
        scratch[local + place] = scratch[place]
    for place in range(local):
        scratch[place] = data[start + place]
    return READ, local + length, local


@makes_no_array
def default_port(data: Bytes, start: int) -> int:
    """Of a URL that has one of the four schemes."""
    if lower(data[start]) == _H:
        return 443 if lower(data[start + 4]) == _S else 80
    return 990 if lower(data[start + 3]) == _S else 21


@makes_no_array
def write_origin(
    data: Bytes, host: int, colon: int, until: int, default: int, other_default: int, scratch: Bytes
) -> tuple[int, int, int, int, np.uint64, np.uint64]:
    """(verdict, length, length of the host, version, high, low): host in normal form; the port unless a default."""
    verdict, version, high, low = read_plain_address(data, host, colon)
    if verdict == READ:
        if version != V4:
            return UNSURE, 0, 0, version, high, low
        length = colon - host
        for place in range(length):
            scratch[place] = data[host + place]
    else:
        version = 0
        verdict, length = read_plain_host(data, host, colon, scratch)
        if verdict != READ:
            return UNREADABLE, 0, 0, version, high, low
    host_length = length
    if until - colon > 6:
        return UNREADABLE, 0, 0, version, high, low
    port = 0
    for place in range(colon + 1, until):
        if not CLASSES[data[place]] & DIGIT:
            return UNREADABLE, 0, 0, version, high, low
        port = port * 10 + (data[place] - 48)
    if port > _LAST_PORT:
        return UNREADABLE, 0, 0, version, high, low
    if until - colon > 1 and port not in (default, other_default):
        scratch[length] = _COLON
        length = _write_number(port, scratch, length + 1)
    return READ, length, host_length, version, high, low


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
