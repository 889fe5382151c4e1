"""A row of a feed or dump, read by the specification: what it names, and who answers for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import IntEnum
from functools import partial
from ipaddress import IPv4Address, IPv6Address
from typing import TypeVar

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_asn, parse_host, parse_url
from meldpunt.engines.matching.instants import parse_time
from meldpunt.engines.matching.kernel import characters
from meldpunt.engines.matching.registry import Registry
from meldpunt.engines.matching.values import Address, Asn, Attribution, Host

_T = TypeVar("_T")


class Verdict(IntEnum):
    """What reading a field gave. `UNSURE` is the kernel's word only: the specification is always sure."""

    ABSENT = characters.ABSENT
    READ = characters.READ
    UNREADABLE = characters.UNREADABLE
    UNSURE = characters.UNSURE


@dataclass(frozen=True, slots=True)
class Row:
    """The fields that say whose a row is and when it was, as they were written; empty where the row has none."""

    address: str = ""
    host: str = ""
    url: str = ""
    asn: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class ReadRow:
    """The same read, with a verdict for each field in that order."""

    address: Address | None
    host: Host | None
    asn: Asn | None
    at: datetime | None
    verdicts: tuple[Verdict, Verdict, Verdict, Verdict, Verdict]


def read_row(row: Row, *, otherwise_at: datetime | None, zone: tzinfo | None = None) -> ReadRow:
    """Read what the row names.

    A time without a zone is of `zone`, or UTC. A row without a time of its own is of `otherwise_at`. One whose time
    cannot be read is of no time, and the rest of it is left alone: it may have been somebody else's then. A URL counts
    where the row names no host that can be read, and the address in it where it names no address that can be read.
    """
    timed, at = _read(partial(parse_time, zone=zone), row.time)
    if timed is Verdict.UNREADABLE:
        nothing = Verdict.ABSENT
        return ReadRow(None, None, None, None, (nothing, nothing, nothing, nothing, timed))
    addressed, address = _read(parse_address, row.address)
    numbered, asn = _read(parse_asn, row.asn)
    named, host = _read(parse_host, row.host)
    linked = Verdict.ABSENT
    if host is None:
        linked, url = _read(parse_url, row.url)
        if url is not None:
            if isinstance(url.host, IPv4Address | IPv6Address):
                address = url.host if address is None else address
            else:
                host = url.host
    return ReadRow(address, host, asn, at or otherwise_at, (addressed, named, linked, numbered, timed))


def attribute_row(row: ReadRow, registry: Registry) -> tuple[Attribution, ...]:
    """Everyone who answers for the row as of its time; nobody for a row of no time."""
    if row.at is None:
        return ()
    return registry.attribute(at=row.at, address=row.address, host=row.host, asn=row.asn)


def _read(reader: Callable[[str], _T], text: str) -> tuple[Verdict, _T | None]:
    if not text.strip():
        return Verdict.ABSENT, None
    try:
        return Verdict.READ, reader(text)
    except Unreadable:
        return Verdict.UNREADABLE, None
