"""A file of services and dependencies, read whole: every line, or every line that is wrong.

CSV in UTF-8 with a header, separated by comma or semicolon. `line` says what a line is:

* `service`: `key` (how the file speaks of it), `name`, and `organisation` (a code) or `provider` (a name); `sector`
  where it is another than that of the organisation.
* `dependency`: `of` and `on` (a key of this file, a code of the register, or a vital process), `low`, `likely`, `high`
  (percent), `buffer_low`, `buffer_likely`, `buffer_high` (hours; empty is 0), `told_by`, `told_on` (a date),
  `sure` (measured, told, assumed).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from meldpunt.vocabulary.texts import clean_text

from ..errors import FileRefused, LineUnfit, WrongLine
from ..values import Sureness

COLUMNS: Final = (
    *("line", "key", "name", "organisation", "provider", "sector", "of", "on"),
    *("low", "likely", "high", "buffer_low", "buffer_likely", "buffer_high", "told_by", "told_on", "sure"),
)
MOST_BYTES: Final = 32_000_000
MOST_LINES: Final = 200_000
TOLD: Final = 50
"""Wrong lines that are told; the rest is counted."""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A line that tells of a service."""

    number: int
    key: str
    name: str
    organisation: str
    provider: str
    sector: str


@dataclass(frozen=True, slots=True)
class DependencyLine:
    """A line that tells of a dependency; its ends as the file says them."""

    number: int
    of: str
    on: str
    strength: tuple[float, float, float]
    buffer_hours: tuple[float, float, float]
    told_by: str
    told_on: date
    sure: Sureness


@dataclass(frozen=True, slots=True)
class Lines:
    """What a file holds."""

    services: tuple[ServiceLine, ...]
    dependencies: tuple[DependencyLine, ...]


def read_lines(raw: bytes) -> Lines:
    """Every line of the file. Raises FileRefused with the first fifty that are wrong."""
    services: dict[str, ServiceLine] = {}
    dependencies: list[DependencyLine] = []
    wrong: list[WrongLine] = []
    if len(raw) > MOST_BYTES or raw.count(b"\n") > MOST_LINES:
        refuse([WrongLine(1, LineUnfit("The file is over 32 MB or 200,000 lines."))])
    for number, row in rows_of(raw, COLUMNS):
        try:
            match row["line"].casefold():
                case "service":
                    one = _service(number, row, services)
                    services[one.key] = one
                case "dependency":
                    dependencies.append(_dependency(number, row))
                case _:
                    raise LineUnfit("The column line says service or dependency.")
        except LineUnfit as error:
            wrong.append(WrongLine(number, error))
    refuse(wrong)
    return Lines(tuple(services.values()), tuple(dependencies))


def refuse(wrong: list[WrongLine]) -> None:
    """Raises FileRefused where a line is wrong."""
    if wrong:
        in_order = sorted(wrong, key=lambda one: one.number)
        raise FileRefused(len(wrong), tuple(in_order[:TOLD]))


def rows_of(raw: bytes, columns: Collection[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row with its number, counted from 1 with the header. Raises FileRefused where it is no such CSV."""
    try:
        text = raw.decode("utf-8-sig")
        header = text[: text.find("\n")]
        reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in header else ",", strict=True)
        missing = [one for one in columns if one not in (reader.fieldnames or ())]
        if missing:
            lacks = LineUnfit("The header lacks these columns: %(columns)s.", columns=", ".join(missing))
            refuse([WrongLine(1, lacks)])
        for row in reader:
            yield reader.line_num, {column: clean_text(row[column] or "") for column in columns}
    except (UnicodeDecodeError, csv.Error):
        refuse([WrongLine(1, LineUnfit("This is no CSV in UTF-8."))])


def _service(number: int, row: Mapping[str, str], known: Mapping[str, ServiceLine]) -> ServiceLine:
    key = row["key"]
    if not key:
        raise LineUnfit("A service has a key.")
    if key in known:
        raise LineUnfit("This key is on line %(line)s already.", line=known[key].number)
    return ServiceLine(number, key, row["name"], row["organisation"], row["provider"], row["sector"])


def _dependency(number: int, row: Mapping[str, str]) -> DependencyLine:
    try:
        told_on = date.fromisoformat(row["told_on"])
    except ValueError as error:
        raise LineUnfit("The column told_on has no date, as in 2026-11-30.") from error
    if row["sure"] not in set(Sureness):
        raise LineUnfit("The column sure says measured, told or assumed.")
    low, likely, high = (number_in(row, column) for column in ("low", "likely", "high"))
    buffers = tuple(number_in(row, f"buffer_{column}", empty=0.0) for column in ("low", "likely", "high"))
    return DependencyLine(
        number,
        of=row["of"],
        on=row["on"],
        strength=(low, likely, high),
        buffer_hours=(buffers[0], buffers[1], buffers[2]),
        told_by=row["told_by"],
        told_on=told_on,
        sure=Sureness(row["sure"]),
    )


def number_in(row: Mapping[str, str], column: str, *, empty: float | None = None) -> float:
    """The number in a column; `empty` where nothing stands in it. Raises LineUnfit."""
    said = row[column].replace(",", ".")
    if not said and empty is not None:
        return empty
    try:
        return float(said)
    except ValueError as error:
        raise LineUnfit("The column %(column)s has no number.", column=column) from error
