"""Where the host stands in a URL, found as `grammar.parse_url` finds it."""

from __future__ import annotations

from meldpunt.engines.matching.kernel.characters import (
    ABSENT,
    BEYOND_ASCII,
    CLASSES,
    CONTROL,
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

_AT, _COLON, _SLASH, _BACKSLASH, _QUERY, _FRAGMENT = (ord(one) for one in "@:/\\?#")
_H, _T, _P, _F, _S, _X = (ord(one) for one in "htpfsx")
_LAST_PORT = 65_535


@makes_no_array
def find_host(data: Bytes, start: int, end: int) -> tuple[int, int, int]:
    """(verdict, start, end) of the host of an http, https, ftp or ftps URL, without credentials and port."""
    start, end = strip(data, start, end)
    if start == end:
        return ABSENT, start, end
    classes = classes_in(data, start, end)
    authority = _after_scheme(data, start, end)
    if classes & BEYOND_ASCII or authority < 0:
        return UNSURE, start, end
    if classes & CONTROL:
        return (UNSURE if classes & PERHAPS_DEFANGED else UNREADABLE), start, end
    until = _end_of_authority(data, authority, end)
    if classes_in(data, authority, until) & PERHAPS_DEFANGED or (until < end and data[until] == _BACKSLASH):
        return UNSURE, start, end
    # A second scheme where the host should stand: it may be defanged.
    if until + 1 < end and data[until - 1] == _COLON and data[until] == _SLASH and data[until + 1] == _SLASH:
        return UNSURE, start, end
    for place in range(authority, until):
        if data[place] == _AT:
            authority = place + 1
    colon = authority
    while colon < until and data[colon] != _COLON:
        colon += 1
    return (READ if _is_port(data, colon, until) else UNREADABLE), authority, colon


@makes_no_array
def _after_scheme(data: Bytes, start: int, end: int) -> int:
    """Where the authority starts; -1 without a scheme of the four, which the specification looks into.

    `hxxp` is `http` as reports write it, so that nobody opens it.
    """
    if end - start < 4:
        return -1
    place = start
    first, second, third = lower(data[place]), lower(data[place + 1]), lower(data[place + 2])
    if first == _H and ((second == _T and third == _T) or (second == _X and third == _X)):
        place += 2
    elif first == _F and second == _T:
        place += 1
    else:
        return -1
    if end - place < 2 or lower(data[place + 1]) != _P:
        return -1
    place += 2
    if place < end and lower(data[place]) == _S:
        place += 1
    is_scheme = place + 2 < end and data[place] == _COLON and data[place + 1] == _SLASH and data[place + 2] == _SLASH
    return place + 3 if is_scheme else -1


@makes_no_array
def _end_of_authority(data: Bytes, place: int, end: int) -> int:
    while place < end:
        byte = data[place]
        if byte in (_SLASH, _QUERY, _FRAGMENT, _BACKSLASH):
            return place
        place += 1
    return end


@makes_no_array
def _is_port(data: Bytes, colon: int, until: int) -> bool:
    """Nothing, a colon alone, or a colon and a number that fits 16 bits, of five digits at most."""
    if until - colon > 6:
        return False
    port = 0
    for place in range(colon + 1, until):
        if not CLASSES[data[place]] & DIGIT:
            return False
        port = port * 10 + (data[place] - 48)
    return port <= _LAST_PORT
