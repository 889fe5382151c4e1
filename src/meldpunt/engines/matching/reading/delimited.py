"""Delimited text in blocks: where its records and the fields that matter lie, without taking them out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.kernel.attributing import Fields
from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.tokens import NO_QUOTE, tokenise

LONGEST_RECORD: Final = 8 << 20
"""Bytes. A quote that is opened and never closed would otherwise take the rest of the file for one field."""
_MOST_RECORDS: Final = 1 << 16
_DELIMITERS: Final = ",;\t|"
_MARK: Final = b"\xef\xbb\xbf"
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_HEADER_WITHIN: Final = 1 << 20
_NEWLINE: Final = ord("\n")


class Form(StrEnum):
    """How rows lie in an input. Those of objects and of Parquet are handed on as if they were delimited."""

    DELIMITED = "delimited"
    OBJECTS = "objects"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is laid out. `quote` is empty where quotes are bytes like others."""

    columns: tuple[str, ...]
    delimiter: str = ","
    quote: str = '"'
    form: Form = Form.DELIMITED


@dataclass(frozen=True, slots=True)
class Block:
    """Records that follow each other: record r is `data[records[r]:records[r + 1]]` with the end of its line.

    `starts` and `ends` have a row for each record, and in it the columns that were asked for, in that order;
    `widths` says how many fields each record has.
    """

    data: Bytes
    records: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int32]
    ends: npt.NDArray[np.int32]
    widths: npt.NDArray[np.int32]

    @property
    def rows(self) -> int:
        """How many records it has."""
        return int(self.starts.shape[0])

    def fields(self, number: int) -> Fields:
        """The fields of the column that was asked for as the `number`th."""
        return Fields(
            self.data, np.ascontiguousarray(self.starts[:, number]), np.ascontiguousarray(self.ends[:, number])
        )


def shape_of(start: bytes, *, name: str, delimiter: str | None = None) -> tuple[Shape, int]:
    """(the shape that the first line gives, where the records begin).

    Lines before it that begin with `#` and hold no delimiter are passed over. Raises `InputBroken` for text in 16 bits
    and for a file without a first line of reasonable length.
    """
    if start.startswith(_WIDE_MARKS):
        raise InputBroken(name, "it is UTF-16; save it as UTF-8")
    place = len(_MARK) if start.startswith(_MARK) else 0
    while start[place : place + 1] == b"#" and not any(sign.encode() in _line(start, place) for sign in _DELIMITERS):
        place += len(_line(start, place))
    # What is no UTF-8 keeps its bytes, or the records would seem to begin elsewhere.
    text = start[place : place + _HEADER_WITHIN].decode("utf-8", "surrogateescape")
    if not _line(start, place).strip():
        raise InputBroken(name, "it has no first line that could name its columns")
    held = list(io.StringIO(text, newline=""))
    signs = _DELIMITERS if delimiter is None else delimiter
    try:
        read = [_first_record(held, sign) for sign in signs]
    except csv.Error as broken:
        raise InputBroken(name, f"its first line does not name columns: {broken}") from broken
    columns, lines = max(read, key=lambda one: len(one[0]))
    found = signs[read.index((columns, lines))]
    named = tuple(_written(column).strip().lstrip("#").strip() for column in columns)
    return Shape(named, found), place + sum(len(one.encode("utf-8", "surrogateescape")) for one in held[:lines])


def _written(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _first_record(lines: Sequence[str], delimiter: str) -> tuple[list[str], int]:
    reader = csv.reader(lines, delimiter=delimiter)
    return next(reader), reader.line_num


def read_delimited(
    pieces: Iterable[bytes], shape: Shape, wanted: Sequence[int], *, skip: int, name: str
) -> Iterator[Block]:
    """Blocks of records. `wanted`: numbers of columns, whose fields each block tells; `skip`: bytes before the records.

    Raises `InputBroken` for a record that is longer than `LONGEST_RECORD` or whose quote is never closed.
    """
    slots = np.full(max(wanted, default=-1) + 1, -1, np.int32)
    slots[list(wanted)] = np.arange(len(wanted), dtype=np.int32)
    signs = (ord(shape.delimiter), ord(shape.quote) if shape.quote else NO_QUOTE)
    left, passed = b"", 0
    for piece, is_last in _with_last(pieces):
        drop = min(max(skip - passed, 0), len(piece))
        passed += len(piece)
        data = np.frombuffer(left + piece[drop:] if left else piece[drop:], np.uint8)
        place = 0
        while place < data.size:
            block, after = _block(data, place, signs, slots, len(wanted), is_last=is_last)
            if block.rows:
                yield block
            if after == place or not block.rows:
                place = after
                break
            place = after
        left = data[place:].tobytes()
        if len(left) > LONGEST_RECORD or (is_last and left):
            raise InputBroken(name, f"a record that begins near byte {passed - len(left)} does not end")


def over_lines(block: Block) -> npt.NDArray[np.bool_]:
    """Which records hold a line break within quotes."""
    found = np.zeros(block.rows, np.bool_)
    if block.rows:
        inner = block.data[block.records[0] : block.records[-1]] == _NEWLINE
        # Most blocks have one for each record and no more.
        if int(inner.sum()) > block.rows or not inner.any():
            ends = np.add.reduceat(inner, block.records[:-1] - block.records[0], dtype=np.int64)
            found = ends > 1
    return found


def is_torn(block: Block, row: int, shape: Shape) -> bool:
    """Whether a quote of a record closes where no field ends: one that stands in a text by itself, and takes the lines
    up to the next for its own."""
    text = bytes(block.data[block.records[row] : block.records[row + 1]]).decode("utf-8", "replace")
    try:
        return len(list(csv.reader(io.StringIO(text, newline=""), delimiter=shape.delimiter, strict=True))) != 1
    except csv.Error:
        return True


def _block(
    data: Bytes, place: int, signs: tuple[int, int], slots: npt.NDArray[np.int32], wanted: int, *, is_last: bool
) -> tuple[Block, int]:
    records = np.empty(_MOST_RECORDS + 1, np.int32)
    starts, ends = np.empty((_MOST_RECORDS, wanted), np.int32), np.empty((_MOST_RECORDS, wanted), np.int32)
    widths = np.empty(_MOST_RECORDS, np.int32)
    count, after = tokenise(data, place, data.size, is_last, *signs, slots, records, starts, ends, widths)
    return Block(data, records[: count + 1], starts[:count], ends[:count], widths[:count]), after


def _line(start: bytes, place: int) -> bytes:
    end = start.find(b"\n", place)
    return start[place:] if end < 0 else start[place : end + 1]


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each piece, and whether it is the last; an empty last one where there is none."""
    held = None
    for piece in pieces:
        if held is not None:
            yield held, False
        held = piece
    yield held or b"", True
