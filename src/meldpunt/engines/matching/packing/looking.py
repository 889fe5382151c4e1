"""An input looked through once: how its rows are laid out, and where it can be cut."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.reading import objects, parquet
from meldpunt.engines.matching.reading.delimited import Form, Shape, shape_of
from meldpunt.engines.matching.reading.mapping import looks_like_a_record, secret_columns

_MOST_SAMPLED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Looked:
    """`sample`: the cells of some rows. `secret`: columns that may hold passwords.

    `skip` is where the rows begin and `length` where they end, in bytes after decompression or, of Parquet, in row
    groups; at each of `cuts` a row begins. Not `is_cut`: nobody can say where, before all of it is read.
    """

    shape: Shape
    sample: Sequence[Sequence[str]]
    secret: tuple[str, ...]
    skip: int
    length: int
    cuts: Sequence[int]
    is_cut: bool = True


def look_at_delimited(
    start: bytes, pieces: Iterable[bytes], *, name: str, delimiter: str | None, stretch: int
) -> Looked:
    """Delimited text; `start` is its beginning. Where it holds a quote it is not cut, because a quoted line break looks
    like the end of a record."""
    place, last_line, has_quotes = 0, 0, False
    cuts: list[int] = []
    for piece in pieces:
        has_quotes = has_quotes or b'"' in piece
        newline = piece.rfind(b"\n")
        last_line = place + newline + 1 if newline >= 0 else last_line
        place += len(piece)
        if last_line - (cuts[-1] if cuts else 0) >= stretch:
            cuts.append(last_line)
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
    return Looked(shape, sample, secret_columns(shape.columns), skip, place, cuts, is_cut=not has_quotes)


def look_at_objects(pieces: Iterable[bytes], *, name: str, stretch: int) -> Looked:
    """JSON lines: any of them may name another column."""
    columns, sampled, end = objects.Columns(name), list[dict[str, str]](), 0
    cuts: list[int] = []
    for lines, end in objects.lines_of(pieces, name=name):
        for line in lines:
            fields = objects.read_object(line)
            if fields is None:
                continue
            columns.add(fields)
            if len(sampled) < _MOST_SAMPLED:
                sampled.append(fields)
        if end - (cuts[-1] if cuts else 0) >= stretch:
            cuts.append(end)
    shape = Shape(tuple(columns.found), form=Form.OBJECTS)
    sample = [[fields.get(column, "") for column in shape.columns] for fields in sampled]
    return Looked(shape, sample, _secret(shape.columns, columns.hidden), 0, end, cuts)


def look_at_parquet(path: Path, pieces: Iterable[bytes], *, stretch: int) -> Looked:
    """Parquet says itself what its columns are."""
    for _ in pieces:
        pass
    columns, hidden, sizes = parquet.columns_in(path)
    cuts, held = list[int](), 0
    for number, size in enumerate(sizes, start=1):
        held += size
        if held >= stretch:
            cuts.append(number)
            held = 0
    rows = (
        row
        for piece in parquet.as_delimited(path, columns, first=0, until=len(sizes))
        for row in csv.reader(io.StringIO(piece.decode("utf-8", "replace"), newline=""))
    )
    sample = list(itertools.islice(rows, _MOST_SAMPLED))
    return Looked(Shape(columns, form=Form.PARQUET), sample, _secret(columns, hidden), 0, len(sizes), cuts)


def _secret(columns: Sequence[str], hidden: Collection[str]) -> tuple[str, ...]:
    named = secret_columns(columns)
    return tuple(column for column in columns if column in hidden or column in named)
