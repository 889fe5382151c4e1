"""JSON lines (one object a line; RFC 8259) as rows of a table: objects within objects by dotted names, as IntelMQ and
the Elastic Common Schema write them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.passwords import hides_secrets, said_of_broken

LONGEST_LINE: Final = 8 << 20
"""Bytes, with its end."""
MOST_COLUMNS: Final = 2_000
_MARK: Final = b"\xef\xbb\xbf"
_TRIED: Final = 100
Json = str | bool | None | list["Json"] | dict[str, "Json"]


def is_objects(start: bytes) -> bool:
    """Whether one of the first lines is a JSON object, and the first sign of the text the beginning of one."""
    text = start.removeprefix(_MARK).lstrip()
    return text.startswith(b"{") and any(read_object(line) is not None for line in text.split(b"\n", _TRIED)[:_TRIED])


def read_object(line: bytes) -> dict[str, str] | None:
    """The fields of a line by their dotted names, as text; None where it is no object.

    Numbers stay as they are written, null is empty, a list is JSON. Of a name that stands there twice the last counts.
    """
    try:
        held = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict):
        return None
    fields: dict[str, str] = {}
    _flatten(held, "", fields)
    return fields


def _flatten(held: Mapping[str, Json], before: str, fields: dict[str, str]) -> None:
    for name, value in held.items():
        if isinstance(value, dict):
            _flatten(value, f"{before}{name}.", fields)
        else:
            fields[before + name] = _as_text(value)


def _as_text(value: Json) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(slots=True)
class Columns:
    """The names that any line has: those of the first in its order, behind them the others as they come."""

    name: str
    found: dict[str, None] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    """Those with lists in which a password stands."""

    def add(self, fields: Mapping[str, str]) -> None:
        """Raises `InputBroken` beyond `MOST_COLUMNS`."""
        self.found.update(dict.fromkeys(fields))
        self.hidden.update(column for column, text in fields.items() if hides_secrets(text))
        if len(self.found) > MOST_COLUMNS:
            raise InputBroken(self.name, f"its objects have more than {MOST_COLUMNS:,} different fields")


def lines_of(pieces: Iterable[bytes], *, name: str) -> Iterator[tuple[list[bytes], int]]:
    """(whole lines that are not blank, where they end in the input), piece by piece.

    Raises `InputBroken` for a line that is longer than `LONGEST_LINE`.
    """
    left, passed = b"", 0
    for piece in pieces:
        text = left + piece
        until = text.rfind(b"\n") + 1
        passed += until
        yield [line for line in text[:until].split(b"\n") if line.strip()], passed
        left = text[until:]
        if len(left) > LONGEST_LINE:
            raise InputBroken(name, f"a line that begins near byte {passed} does not end")
    if left.strip():
        yield [left], passed + len(left)


def as_delimited(pieces: Iterable[bytes], columns: Sequence[str], *, name: str) -> Iterator[bytes]:
    """The objects as records of CSV without a header. A line that is no object has one field too many, and the line
    itself in the first."""
    too_many = [""] * len(columns)
    for lines, _ in lines_of(pieces, name=name):
        text = io.StringIO(newline="")
        writer = csv.writer(text, quoting=csv.QUOTE_ALL)
        for line in lines:
            fields = read_object(line.removeprefix(_MARK))
            if fields is None:
                writer.writerow([said_of_broken(line.decode("utf-8", "replace").strip()), *too_many])
            else:
                writer.writerow([fields.get(column, "") for column in columns])
        yield text.getvalue().encode("utf-8", "replace")
