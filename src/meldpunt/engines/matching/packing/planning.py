"""What there is to read: each input with its digest and layout, cut into stretches that can be worked on apart."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.packing.layout import Layout
from meldpunt.engines.matching.reading.delimited import Block, Shape, read_delimited, shape_of
from meldpunt.engines.matching.reading.mapping import looks_like_a_record, map_columns, secret_columns
from meldpunt.engines.matching.reading.streams import PIECE, Input

STRETCH: Final = 64 << 20
"""Bytes: long enough to be worth a task, short enough to be done again."""
_SAMPLED: Final = 1 << 18
_MOST_SAMPLED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `start` to `end` of a file that is not compressed, which begin and end with a record.

    Where `end` is None it is all the records of the input, and `start` the length of what stands before them.
    """

    path: Path
    digest: str
    changed_ns: int
    start: int
    end: int | None
    layout: Layout

    @property
    def name(self) -> str:
        """Under which its part is kept: the same bytes under the same layout have the same name."""
        return f"{self.digest[:16]}-{self.start}-{self.end or 'end'}-{self.layout.digest}"


@dataclass(frozen=True, slots=True)
class Planned:
    """An input that was looked through once. `size` and `digest` are of its bytes on the disk."""

    path: Path
    size: int
    digest: str
    layout: Layout
    stretches: tuple[Stretch, ...]


def plan(
    path: Path,
    *,
    given: Mapping[str, str],
    otherwise_at: datetime | None,
    is_plain: bool,
    delimiter: str | None = None,
    zone: str | None = None,
) -> Planned:
    """Read the input once, for its digest and for places where records begin.

    A file that is not compressed and holds no quote is cut at any line; another is one stretch, because a quoted line
    break looks like the end of a record. Raises `InputBroken`, `ColumnsUnclear` and OSError.
    """
    source = Input(path, is_one_table=True)
    start, place, last_line, has_quotes = b"", 0, 0, False
    cuts: list[int] = []
    for piece in source.pieces():
        if len(start) < _SAMPLED:
            start += piece[: _SAMPLED - len(start)]
        has_quotes = has_quotes or b'"' in piece
        newline = piece.rfind(b"\n")
        last_line = place + newline + 1 if newline >= 0 else last_line
        place += len(piece)
        if last_line - (cuts[-1] if cuts else 0) >= STRETCH:
            cuts.append(last_line)
    layout, skip = _layout_of(start, path.name, given, otherwise_at, is_plain=is_plain, delimiter=delimiter)
    layout = replace(layout, zone=zone)
    edges: list[int | None] = [skip, None]
    if not has_quotes and source.size == place:
        edges = [skip, *(cut for cut in cuts if skip < cut < place), place]
    changed_ns = path.stat().st_mtime_ns
    stretches = tuple(
        Stretch(path, source.digest, changed_ns, first or 0, until, layout)
        for first, until in itertools.pairwise(edges)
    )
    return Planned(path, source.size, source.digest, layout, stretches)


def _layout_of(
    start: bytes,
    name: str,
    given: Mapping[str, str],
    otherwise_at: datetime | None,
    *,
    is_plain: bool,
    delimiter: str | None,
) -> tuple[Layout, int]:
    """(how the records are read, where they begin), from the beginning of the input."""
    shape, skip = shape_of(start, name=name, delimiter=delimiter)
    if looks_like_a_record(shape.columns):
        columns = tuple(str(number + 1) for number in range(len(shape.columns)))
        shape, skip = Shape(columns, shape.delimiter, shape.quote), 0
    text = io.StringIO(start[skip:].decode("utf-8", "replace"), newline="")
    reader = csv.reader(text, delimiter=shape.delimiter)
    try:
        sample = [row for row in itertools.islice(reader, _MOST_SAMPLED) if len(row) == len(shape.columns)]
    except csv.Error as broken:
        raise InputBroken(name, f"its first records cannot be read: {broken}") from broken
    by = map_columns(shape.columns, sample, given=given)
    return Layout(shape, by, secret_columns(shape.columns), otherwise_at, is_plain), skip


def blocks_of(stretch: Stretch) -> Iterator[Block]:
    """The records of a stretch. Raises `InputBroken` where the file is another than was planned."""
    wanted = range(len(stretch.layout.shape.columns))
    name, shape = stretch.path.name, stretch.layout.shape
    if stretch.end is None:
        source = Input(stretch.path, is_one_table=True)
        yield from read_delimited(source.pieces(), shape, wanted, skip=stretch.start, name=name)
        if source.digest != stretch.digest:
            raise InputBroken(name, "it changed since it was looked through")
    else:
        yield from read_delimited(_range(stretch, stretch.end), shape, wanted, skip=0, name=name)


def _range(stretch: Stretch, end: int) -> Iterator[bytes]:
    with stretch.path.open("rb") as file:
        file.seek(stretch.start)
        left = end - stretch.start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
    if left or stretch.path.stat().st_mtime_ns != stretch.changed_ns:
        raise InputBroken(stretch.path.name, "it changed since it was looked through")
