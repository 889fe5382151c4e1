"""The kernel and the specification, held against each other over one text; each fails where they do not agree."""

from __future__ import annotations

import csv
import io
from ipaddress import ip_address

import numpy as np

from meldpunt.engines.matching.compiling import micros
from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_asn, parse_host, parse_url
from meldpunt.engines.matching.instants import parse_time, read_log_time
from meldpunt.engines.matching.kernel.addresses import read_address, read_plain_address
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.characters import ABSENT, READ, UNREADABLE, UNSURE
from meldpunt.engines.matching.kernel.copying import copy_records, room_for
from meldpunt.engines.matching.kernel.instants import read_instant
from meldpunt.engines.matching.kernel.links import find_host
from meldpunt.engines.matching.kernel.names import read_host, read_plain_host
from meldpunt.engines.matching.kernel.numbers import read_asn
from meldpunt.engines.matching.kernel.saying import Said, say_values
from meldpunt.engines.matching.kernel.sighting import NO_SEPARATOR
from meldpunt.engines.matching.reading.delimited import Shape, read_delimited
from meldpunt.engines.matching.sighting import times_of, values_of
from meldpunt.engines.matching.values import FieldKind, IndicatorKind
from meldpunt.engines.matching.watching import Watched

from .sights import fields

_NONE = Fields(np.zeros(1, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.int32))
_KINDS = tuple(IndicatorKind)


def between_others(text: str, *, behind: int = 4) -> tuple[np.ndarray, int, int]:
    """The text between bytes that belong to other fields; `behind`: how many of them follow."""
    data = b"7f." + text.encode("utf-8", "surrogatepass")
    return np.frombuffer(data + (b".a9:" * 20)[:behind], np.uint8), 3, len(data)


def in_both_places(text: str) -> list[tuple[np.ndarray, int, int]]:
    """Near the end of all bytes, where the kernel reads one by one, and far from it, where it reads many at a time."""
    return [between_others(text), between_others(text, behind=64)]


def _specified(reader, text: str):
    if not text.strip():
        return ABSENT, None
    try:
        return READ, reader(text)
    except Unreadable:
        return UNREADABLE, None


def same_address(text: str) -> None:
    expected, address = _specified(parse_address, text)
    for place in in_both_places(text):
        verdict, version, high, low = read_address(*place)
        if verdict != UNSURE:
            assert verdict == expected
            if address is not None:
                assert (version, int(high) << 64 | int(low)) == (address.version, int(address))


def same_host(text: str) -> None:
    expected, host = _specified(parse_host, text)
    for place in in_both_places(text):
        name = np.zeros(253, np.uint8)
        verdict, length = read_host(*place, name)
        if verdict != UNSURE:
            assert verdict == expected
            assert host is None or bytes(name[:length]).decode() == host


def same_link(text: str) -> None:
    """The host of a URL."""
    expected, url = _specified(parse_url, text)
    for data, *place in in_both_places(text):
        verdict, start, end = find_host(data, *place)
        if verdict == UNSURE:
            continue
        name = np.zeros(253, np.uint8)
        if verdict == READ:
            verdict, version, high, low = read_plain_address(data, start, end)
            if verdict == READ:
                assert url is not None
                assert (version, int(high) << 64 | int(low)) == (url.host.version, int(url.host))
                continue
            verdict, length = read_plain_host(data, start, end, name)
            assert url is None or bytes(name[:length]).decode() == url.host
        assert verdict == expected


def same_number(text: str) -> None:
    """An AS number."""
    verdict, number = read_asn(*between_others(text))
    expected, asn = _specified(parse_asn, text)
    if verdict != UNSURE:
        assert (verdict, number if verdict == READ else None) == (expected, asn)


def same_instant(text: str) -> None:
    verdict, instant = read_instant(*between_others(text))
    expected, at = _specified(parse_time, text)
    if verdict != UNSURE:
        assert verdict == expected
        assert at is None or instant == micros(at)


def same_log_time(text: str) -> None:
    """The time of a record of a log: epoch seconds, or an instant."""
    at, is_timed = times_of(fields([text]), 1)
    expected, instant = _specified(read_log_time, text)
    assert bool(is_timed[0]) == (expected == READ)
    assert instant is None or at[0] == micros(instant)


def same_said(watched: Watched, rows: int) -> None:
    """The same values of a column; where the kernel is not sure, it says nothing."""
    room = 50_000
    said = Said(
        np.empty(room, np.int32), np.empty(room, np.uint8), np.empty(room, np.int64), np.empty(20 * room, np.uint8)
    )
    unsure = np.zeros(rows, np.bool_)
    separator = ord(watched.separator) if watched.separator else NO_SEPARATOR
    kind = tuple(FieldKind).index(watched.kind)
    target = _NONE if watched.target is None else watched.target
    after, count = say_values(kind, watched.fields, target, separator, watched.is_escaped, 0, said, unsure)
    assert after == rows
    ends = [0, *said.ends[:count].tolist()]
    found: list[set[tuple[str, bytes]]] = [set() for _ in range(rows)]
    for number in range(count):
        text = bytes(said.text[ends[number] : ends[number + 1]])
        found[said.rows[number]].add((_KINDS[said.kinds[number]], text))
    for row in range(rows):
        expected = {(one.kind, _packed(one.kind, one.text)) for one in values_of(watched, row)}
        assert found[row] == (set() if unsure[row] else expected)


def _packed(kind: IndicatorKind, text: str) -> bytes:
    if kind is not IndicatorKind.ADDRESS:
        return text.encode()
    address = ip_address(text)
    return (b"\0" * 10 + b"\xff\xff" if address.version == 4 else b"") + address.packed


def copied(cells: list[str], *, quoting: int, secret: int, is_harmless: bool = True) -> list[str]:
    """One record, written as CSV, copied by the kernel with a cell of its own behind it, and read again."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerow(cells)
    shape = Shape(tuple(str(number) for number in range(len(cells))))
    (block,) = read_delimited([text.getvalue().encode()], shape, range(len(cells)), skip=0, name="feed.csv")
    rows, tails = np.zeros(1, np.int32), np.array([0, 3], np.int64)
    out = np.zeros(room_for(rows, block.records, len(cells), rows, tails), np.uint8)
    is_secret = np.arange(len(cells)) == secret
    tail = np.frombuffer(b'"T"', np.uint8)
    used = copy_records(
        block.data,
        rows,
        block.records,
        block.starts,
        block.ends,
        is_secret,
        is_harmless,
        rows,
        tail,
        tails,
        out,
        np.zeros(2, np.int64),
    )
    (written,) = csv.reader(io.StringIO(bytes(out[:used]).decode(), newline=""))
    return written
