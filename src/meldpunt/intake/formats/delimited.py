"""Records of a comma-separated feed (RFC 4180), each with its raw lines, however broken its neighbours are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TextIO

_MOST_LINES = 60
"""A quoted cell may hold line breaks; a quote that stays open longer than this was a mistake in its first line."""


@dataclass(frozen=True, slots=True)
class Record:
    """`cells` is None where the record cannot be taken apart; `raw` is what stood there, and `reason` why not."""

    raw: str
    cells: tuple[str, ...] | None
    reason: str = ""


def open_text(raw: bytes) -> TextIO:
    """The bytes as text, read as it is asked for: UTF-8 (with or without byte order mark), or else Latin-1.

    Latin-1 has a character for every byte, so whatever came in can be read back.
    """
    try:
        raw.decode("utf-8-sig")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "latin-1"
    return io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, newline="")


class Lines(Protocol):
    """A text of which one line after the other is asked for, each with its end; an empty one says that it is over."""

    def readline(self) -> str: ...


class Records:
    """One record after another; empty lines are skipped. The text is opened with `newline=""`.

    A record whose quotes do not close, or close in the wrong place, is given up alone: reading goes on at the
    line after its first, so that one bad quote does not swallow the rest of the feed.
    """

    def __init__(self, lines: Lines, delimiter: str = ",") -> None:
        self._lines, self._delimiter = lines, delimiter
        self._waiting: list[str] = []

    @property
    def is_even(self) -> bool:
        """Whether no line was read beyond the last record."""
        return not self._waiting

    def __iter__(self) -> Iterator[Record]:
        waiting = self._waiting
        while line := waiting.pop(0) if waiting else self._lines.readline():
            if not line.strip("\r\n"):
                continue
            record, taken = _read_one(line, waiting, self._lines, self._delimiter)
            del waiting[:taken]
            yield record


def read_records(lines: Lines, delimiter: str = ",") -> Iterator[Record]:
    """The records of a text, as `Records` reads them."""
    return iter(Records(lines, delimiter))


def _read_one(first: str, waiting: list[str], lines: Lines, delimiter: str) -> tuple[Record, int]:
    """The record that begins with this line, and how many of the waiting lines it takes with it."""
    together, reason = first, ""
    for taken in range(_MOST_LINES):
        cells, reason = _cells(together, delimiter)
        if cells is not None:
            return Record(together.rstrip("\r\n"), cells), taken
        # Odd number of quotes: the cell may go on in the next line. Otherwise no line after it helps.
        if together.count('"') % 2 == 0:
            break
        if taken == len(waiting):
            following = lines.readline()
            if not following:
                break
            waiting.append(following)
        together += waiting[taken]
    return Record(first.rstrip("\r\n"), None, reason), 0


def _cells(together: str, delimiter: str) -> tuple[tuple[str, ...] | None, str]:
    r"""The cells, or None with the reason. Some feeds write a quote in a cell as `\"`; that is tried second."""
    try:
        return _first_row(csv.reader(_lines(together), delimiter=delimiter, strict=True)), ""
    except csv.Error as problem:
        reason = str(problem)
    try:
        return _first_row(csv.reader(_lines(together), delimiter=delimiter, strict=True, escapechar="\\")), ""
    except csv.Error:
        return None, reason


def _first_row(rows: Iterator[list[str]]) -> tuple[str, ...]:
    return tuple(next(rows))


def _lines(together: str) -> io.StringIO:
    # Not splitlines(): that also cuts at U+2028 and the like, and what stands after the cut would be lost.
    return io.StringIO(together, newline="")
