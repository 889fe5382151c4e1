"""Shadowserver reports, read by the names of their columns, whatever their order and whichever report it is.

Sources: the columns and classes of 124 report types as IntelMQ 3.1.0 carries them (facts, in
`data/shadowserver_reports.toml`) and file names `YYYY-MM-DD-<report>-<asn|country|org>-geo.csv`. Times are UTC
without a zone. A report type never seen before is read by the common columns and flagged. A cell that begins with
`=` or `@` is text like any other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.grammar import parse_address, parse_host, parse_prefix
from meldpunt.engines.matching.instants import parse_time
from meldpunt.vocabulary.texts import keepable

from .delimited import Record, open_text, read_records
from .rules import LARGEST_ITEM
from .values import KeptReason

UNDETERMINED = "other/undetermined"

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-")
_ADDRESSES = ("src_ip", "ip")
_PORTS = ("src_port", "port")
_HOSTS = ("src_hostname", "hostname", "host", "domain")
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One row of a feed. Where it is not readable `raw` holds the whole and `reason` says what is wrong."""

    number: int
    raw: str
    fields: Mapping[str, str]
    address: str | None
    port: int | None
    host: str
    at: datetime | None
    rsit: str
    reason: str

    @property
    def is_readable(self) -> bool:
        """Whether everything in it could be taken apart."""
        return not self.reason


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed opened: which report it is, whether we know that one, and its rows, read one by one."""

    report: str
    is_known: bool
    kept: KeptReason | None
    rows: Iterator[FeedRow]


def report_name(file_name: str) -> tuple[str, bool]:
    """The report type in a file's name, and whether it is known: the longest known beginning, or all of it."""
    stem = file_name.replace("\\", "/").rpartition("/")[2].removesuffix(".csv")
    stem = _DATE.sub("", stem, count=1)
    beginning = stem
    while beginning:
        if beginning in known_reports():
            return beginning, True
        beginning = beginning.rpartition("-")[0]
    return stem, False


def open_feed(raw: bytes, *, name: str) -> Feed:
    """The feed in these bytes. `kept` is set where it has no header or no rows, and then there are none to read."""
    report, is_known = report_name(name)
    records = read_records(open_text(raw))
    header = next(records, None)
    if header is None:
        return Feed(report, is_known, KeptReason.EMPTY, iter(()))
    columns = _columns(header)
    if columns is None:
        return Feed(report, is_known, KeptReason.FEED_WITHOUT_HEADER, iter(()))
    first = next(records, None)
    if first is None:
        return Feed(report, is_known, KeptReason.FEED_WITHOUT_ROWS, iter(()))
    return Feed(report, is_known, None, _rows(first, records, columns, known_reports().get(report, UNDETERMINED)))


@cache
def known_reports() -> Mapping[str, str]:
    """RSIT type (`class/type`) by report name."""
    file = files("meldpunt.intake") / "data" / "shadowserver_reports.toml"
    table = tomllib.loads(file.read_text("utf-8"))["rsit"]
    return {name: rsit for rsit, names in table.items() for name in names}


def _columns(header: Record) -> tuple[str, ...] | None:
    """The column names, or None where the first line names no time: then it is no header of this feed."""
    if header.cells is None:
        return None
    names = tuple(cell.strip().lower() for cell in header.cells)
    return names if "timestamp" in names else None


def _rows(first: Record, rest: Iterator[Record], columns: tuple[str, ...], rsit: str) -> Iterator[FeedRow]:
    yield _row(1, first, columns, rsit)
    for number, record in enumerate(rest, start=2):
        yield _row(number, record, columns, rsit)


def _row(number: int, record: Record, columns: tuple[str, ...], rsit: str) -> FeedRow:
    # A line beyond any sense is cut in its column; the whole feed lies in evidence.
    raw = keepable(record.raw[:LARGEST_ITEM])
    if record.cells is None:
        return FeedRow(number, raw, {}, None, None, "", None, rsit, record.reason)
    pairs = zip(columns, record.cells, strict=False)
    fields = {keepable(name): keepable(cell) for name, cell in pairs if cell}
    reasons: list[str] = []
    if len(record.cells) != len(columns):
        reasons.append(f"{len(record.cells)} cells under {len(columns)} columns")
    address = _address(fields, reasons)
    port = _port(fields, reasons)
    at = _time(fields, reasons)
    return FeedRow(number, raw, fields, address, port, _host(fields), at, rsit, "; ".join(reasons))


def _address(fields: Mapping[str, str], reasons: list[str]) -> str | None:
    """The source address. A network in its place (blocklists) is no address and no mistake either."""
    written = _first(fields, _ADDRESSES)
    if not written:
        return None
    try:
        return str(parse_address(written))
    except Unreadable as problem:
        if not _is_network(written):
            reasons.append(str(problem))
        return None


def _is_network(written: str) -> bool:
    try:
        parse_prefix(written)
    except Unreadable:
        return False
    return True


def _port(fields: Mapping[str, str], reasons: list[str]) -> int | None:
    written = _first(fields, _PORTS)
    if not written:
        return None
    if written.isascii() and written.isdigit() and len(written) <= len("65535") and int(written) <= _LAST_PORT:
        return int(written)
    reasons.append("port: not a number up to 65535")
    return None


def _time(fields: Mapping[str, str], reasons: list[str]) -> datetime | None:
    try:
        return parse_time(fields.get("timestamp", ""))
    except Unreadable as problem:
        reasons.append(str(problem))
        return None


def _host(fields: Mapping[str, str]) -> str:
    """The first column that names a host; what is none (an address in a host column) names nobody."""
    for name in _HOSTS:
        if written := fields.get(name, ""):
            try:
                return str(parse_host(written))
            except Unreadable:
                continue
    return ""


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")
