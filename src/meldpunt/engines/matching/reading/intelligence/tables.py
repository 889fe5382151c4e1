"""Indicators of tables with a header, and of plain lists: one value a line, with comments or counts behind it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from meldpunt.engines.matching.errors import InputBroken, Unreadable
from meldpunt.engines.matching.instants import read_log_time
from meldpunt.engines.matching.reading.delimited import shape_of
from meldpunt.engines.matching.reading.intelligence.kinds import WORDS, Found, Given, LeftOut, guess, indicator_of
from meldpunt.engines.matching.values import IndicatorKind

_VALUE: Final = ("value", "indicator", "ioc", "ioc_value", "observable")
_KIND: Final = ("kind", "type", "ioc_type", "indicator_type")
_FROM: Final = ("valid_from", "from")
_UNTIL: Final = ("valid_until", "until", "expires", "expiration", "valid_to")
_ID: Final = ("id", "uuid", "ioc_id")
_COMMENT: Final = re.compile(r"^\s*(?:#|;|//|!)|\s+(?:#|;|//).*$")
_SINKS: Final = ("0.0.0.0", "127.0.0.1", "::1", "::")  # noqa: S104 - what a hosts file sends names to


def read_table(text: str, *, name: str, source: str) -> Found:
    """Each value of a table, or of a list where the first line names no columns. Raises `InputBroken`."""
    lines = text.removeprefix("\ufeff")
    start = lines.encode("utf-8", "replace")
    if not lines.strip():
        return
    shape, skip = shape_of(start[: 1 << 20], name=name)
    columns = [column.strip().strip('"').casefold() for column in shape.columns]
    named = {column: place for place, column in reversed(list(enumerate(columns)))}
    if not any(column in named for column in (*_VALUE, *WORDS)):
        yield from _read_list(lines, source=source)
        return
    reader = csv.reader(io.StringIO(start[skip:].decode("utf-8", "replace"), newline=""), delimiter=shape.delimiter)
    try:
        for number, row in enumerate(reader, start=2):
            if row and not row[0].lstrip().startswith("#"):
                yield from _read_row(row, named, f"line {number}", source)
    except csv.Error as broken:
        raise InputBroken(name, f"line {reader.line_num}: {broken}") from broken


def _read_row(row: list[str], named: Mapping[str, int], where: str, source: str) -> Found:
    def cell(names: tuple[str, ...]) -> str:
        return next((row[named[one]].strip() for one in names if one in named and named[one] < len(row)), "")

    try:
        given = Given(cell(_ID) or where, cell(("source", "feed")) or source, _time(cell(_FROM)), _time(cell(_UNTIL)))
    except Unreadable as unreadable:
        yield LeftOut(where, f"its window cannot be read: {unreadable.reason}")
        return
    value = cell(_VALUE)
    if any(one in named for one in _VALUE):
        said = cell(_KIND).casefold()
        kinds = WORDS.get(said) if said else guess(value)
        if kinds is None:
            yield LeftOut(given.id, f"a {said} is not looked for" if said else "it may be of several kinds, or of none")
        else:
            yield indicator_of(value, kinds, given)
        return
    for column, kinds in WORDS.items():
        if text := cell((column,)):
            yield indicator_of(text, kinds, given)


def _time(written: str) -> datetime | None:
    return read_log_time(written) if written else None


def _read_list(text: str, *, source: str) -> Found:
    for number, line in enumerate(text.split("\n"), start=1):
        plain = _COMMENT.sub("", line).strip() if not _COMMENT.match(line) else ""
        if not plain:
            continue
        given = Given(f"line {number}", source)
        for word in _words(plain):
            kinds = guess(word)
            if kinds is None:
                yield LeftOut(given.id, "it may be of several kinds, or of none")
            else:
                yield indicator_of(word, kinds, given)


def _words(plain: str) -> list[str]:
    """The values in a line: its first word, or behind a sink of a hosts file every name. A URL may hold `,` and `;`
    (RFC 3986, section 2.2), and ends at white space alone."""
    first = plain.split(maxsplit=1)[0]
    if guess(first) == (IndicatorKind.URL,):
        return [first]
    words = plain.replace(",", " ").replace(";", " ").split() or [first]
    return words[1:] if len(words) > 1 and words[0] in _SINKS else words[:1]
