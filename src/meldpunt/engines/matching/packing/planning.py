"""What there is to read: each input with its digest and layout, cut into stretches that can be worked on apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import ColumnsUnclear, InputBroken
from meldpunt.engines.matching.packing.layout import Layout
from meldpunt.engines.matching.packing.looking import look_at_delimited, look_at_objects, look_at_parquet
from meldpunt.engines.matching.reading import objects, parquet
from meldpunt.engines.matching.reading.delimited import Block, Form, read_delimited
from meldpunt.engines.matching.reading.mapping import map_columns
from meldpunt.engines.matching.reading.objects import is_objects
from meldpunt.engines.matching.reading.parquet import MAGIC
from meldpunt.engines.matching.reading.streams import PIECE, Input

STRETCH: Final = 64 << 20
"""Bytes: long enough to be worth a task, short enough to be done again."""
_LOOKED_AT: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes `start` to `end` of a file that is not compressed, which begin and end with a record; of Parquet, its row
    groups with these numbers.

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
    """Read the input once, for its digest, its columns and for places where records begin.

    Delimited text that is not compressed and holds no quote is cut at any line, and so are JSON lines; Parquet between
    row groups. Another input is one stretch. Raises `InputBroken`, `ColumnsUnclear` and OSError.
    """
    source = Input(path, is_one_table=True)
    start, pieces = _beginning(source.pieces())
    changed_ns = path.stat().st_mtime_ns
    if start.startswith(MAGIC):
        looked = look_at_parquet(path, pieces, stretch=STRETCH)
    elif is_objects(start):
        looked = look_at_objects(pieces, name=path.name, stretch=STRETCH)
    elif start.lstrip().startswith((b"{", b"[{")):
        raise InputBroken(path.name, "it is JSON, and not one object a line")
    else:
        looked = look_at_delimited(start, pieces, name=path.name, delimiter=delimiter, stretch=STRETCH)
    shape = looked.shape
    by = map_columns(shape.columns, looked.sample, given=given)
    if by.time is None and otherwise_at is None:
        raise ColumnsUnclear("no column says when a row was; name it, or say when (--at)", shape.columns)
    layout = Layout(shape, by, looked.secret, otherwise_at, is_plain, zone)
    edges: list[int | None] = [looked.skip, None]
    if looked.is_cut and (source.is_plain or shape.form is Form.PARQUET):
        edges = [looked.skip, *(cut for cut in looked.cuts if looked.skip < cut < looked.length), looked.length]
    stretches = tuple(
        Stretch(path, source.digest, changed_ns, first or 0, until, layout)
        for first, until in itertools.pairwise(edges)
    )
    return Planned(path, source.size, source.digest, layout, stretches)


def _beginning(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """(the first bytes, all pieces)."""
    held: list[bytes] = []
    while sum(map(len, held)) < _LOOKED_AT and (piece := next(pieces, None)) is not None:
        held.append(piece)
    return b"".join(held)[:_LOOKED_AT], itertools.chain(held, pieces)


def blocks_of(stretch: Stretch) -> Iterator[Block]:
    """The records of a stretch. Raises `InputBroken` where the file is another than was planned."""
    columns, name = stretch.layout.shape.columns, stretch.path.name
    source, skip = Input(stretch.path, is_one_table=True), 0
    if stretch.layout.shape.form is Form.PARQUET:
        pieces = parquet.as_delimited(stretch.path, columns, first=stretch.start, until=stretch.end or 0)
    elif stretch.end is None:
        pieces, skip = source.pieces(), stretch.start
    else:
        pieces = _range(stretch, stretch.end)
    if stretch.layout.shape.form is Form.OBJECTS:
        pieces, skip = objects.as_delimited(pieces, columns, name=name), 0
    yield from read_delimited(pieces, stretch.layout.shape, range(len(columns)), skip=skip, name=name)
    is_same = stretch.path.stat().st_mtime_ns == stretch.changed_ns
    if not is_same or (stretch.end is None and source.digest != stretch.digest):
        raise InputBroken(name, "it changed since it was looked through")


def _range(stretch: Stretch, end: int) -> Iterator[bytes]:
    with stretch.path.open("rb") as file:
        file.seek(stretch.start)
        left = end - stretch.start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
    if left:
        raise InputBroken(stretch.path.name, "it changed since it was looked through")
