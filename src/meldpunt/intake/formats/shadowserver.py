"""Shadowserver reports, read by the names of their columns, whatever their order and whichever report it is.

Sources: the columns and classes of 124 report types as IntelMQ 3.1.0 carries them (facts, in
`data/shadowserver_*.toml`) and file names `YYYY-MM-DD-<report>-<asn|country|org>-geo.csv`. Times are UTC
without a zone. A report type never seen before is read by the common columns and flagged. A cell that begins with
`=` or `@` is text like any other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import count
from typing import TextIO

from meldpunt.vocabulary.texts import keepable

from ..rules import LARGEST_ITEM
from .delimited import Record, Records, open_text
from .rows import UNDETERMINED, FeedRow, first_host, read_address, read_port, read_time

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}-")
ADDRESSES = ("src_ip", "ip")
PORTS = ("src_port", "port")
HOSTS = ("src_hostname", "hostname", "host", "domain")
TIME = "timestamp"
_ADDED_SINCE = frozenset({"severity"})
"""Columns that reports got after their schemas were written down."""


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


def report_of_header(columns: Iterable[str]) -> str:
    """The report that has just these columns; empty where none has, or several of different classes have."""
    names = _reports_by_columns().get(frozenset(columns) - _ADDED_SINCE, ())
    classes = {known_reports().get(name) for name in names}
    return names[0] if len(classes) == 1 else ""


def is_header(columns: Collection[str]) -> bool:
    """Whether a report of Shadowserver could have these columns: each names the time."""
    return TIME in columns


def is_common(columns: Collection[str]) -> bool:
    """Whether a report that nobody knows yet has what all have in common: when, and which address."""
    return is_header(columns) and any(name in columns for name in ADDRESSES)


def read_rows(raw: bytes, *, columns: tuple[str, ...], report: str) -> Iterator[FeedRow]:
    """The rows below the header, each with the RSIT type of its report."""
    return read_text(open_text(raw), columns=columns, report=report)


def read_text(text: TextIO, *, columns: tuple[str, ...], report: str) -> Iterator[FeedRow]:
    """As `read_rows`, of a text that is read as it is asked for."""
    records = iter(Records(text))
    next(records, None)
    yield from map(reader_of(columns, report), count(1), records)


def reader_of(columns: tuple[str, ...], report: str) -> Callable[[int, Record], FeedRow]:
    """Reads the record with a number, from 1, as a row of that report."""
    rsit = known_reports().get(report, UNDETERMINED)
    return lambda number, record: _row(number, record, columns, rsit)


@cache
def known_reports() -> Mapping[str, str]:
    """RSIT type (`class/type`) by report name."""
    table = tomllib.loads(_data("shadowserver_reports.toml"))["rsit"]
    return {name: rsit for rsit, names in table.items() for name in names}


@cache
def _reports_by_columns() -> Mapping[frozenset[str], tuple[str, ...]]:
    table = tomllib.loads(_data("shadowserver_columns.toml"))
    common = table["common"].split()
    return {frozenset((*common, *one["columns"].split())): tuple(one["names"]) for one in table["reports"]}


def _data(name: str) -> str:
    return (files("meldpunt.intake") / "data" / name).read_text("utf-8")


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
    address = read_address(_first(fields, ADDRESSES), reasons)
    port = read_port(_first(fields, PORTS), reasons)
    at = read_time(fields.get(TIME, ""), reasons)
    host = first_host([fields.get(name, "") for name in HOSTS])
    return FeedRow(number, raw, fields, address, port, host, at, rsit, "; ".join(reasons))


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if fields.get(name)), "")
