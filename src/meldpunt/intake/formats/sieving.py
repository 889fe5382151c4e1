"""The rows of a large feed that somebody has to read. The others are of strangers and in order, and are counted.

A list of ten million addresses is mostly about others. The matching engine says of a block of lines at once which are
certainly of nobody and certainly readable; every other line is read one by one, as in a feed of any size.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.attribution import attribute_fields
from meldpunt.engines.matching.compiling import CompiledRegistry
from meldpunt.engines.matching.kernel.attributing import ADDRESS, TIME, Fields
from meldpunt.engines.matching.kernel.characters import READ
from meldpunt.engines.matching.kernel.tokens import is_a_record_a_line
from meldpunt.engines.matching.reading.delimited import Block, Shape, read_delimited

from . import shadowserver
from .delimited import Record, Records
from .rows import LAST_PORT, FeedRow

_LONGEST_LINE: Final = 100_000
"""Bytes. A cell of more than 131,072 is refused by the standard library, and that is for the reader of rows to say."""
_DIGITS_OF_A_PORT: Final = 5
_MARK: Final = b"\xef\xbb\xbf"
_PIECE: Final = 4 << 20

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sifted:
    """Rows that follow each other: `count` of them, and `rows` are those among them that were read."""

    count: int
    rows: tuple[FeedRow, ...]


class Sieve:
    """Reads a Shadowserver report in UTF-8, whose column names are each there once.

    `most`: how many rows are read and handed on at a time.
    """

    def __init__(self, columns: tuple[str, ...], *, report: str, registry: CompiledRegistry, most: int) -> None:
        self._shape, self._registry, self._most = Shape(columns), registry, most
        self._read = shadowserver.reader_of(columns, report)
        self._addresses = _places(columns, shadowserver.ADDRESSES)
        self._ports = _places(columns, shadowserver.PORTS)
        self._hosts = _places(columns, shadowserver.HOSTS)
        self._time = columns.index(shadowserver.TIME)

    def sift(self, pieces: Iterable[bytes], *, skip: int = 0) -> Iterator[Sifted]:
        """All rows behind the header in their order, but for the first `skip`. Each piece but the last ends a line."""
        number, following = -1, iter(pieces)
        for piece in following:
            if is_a_record_a_line(np.frombuffer(piece, np.uint8), ord(","), ord('"')):
                found = self._plain(piece, number)
            else:
                found = self._by_the_row(piece, following, number)
            for last, rows in found:
                first, number = max(number, skip), last
                if last > first:
                    yield Sifted(last - first, tuple(one for one in rows if one.number > first))

    def _plain(self, piece: bytes, number: int) -> Iterator[tuple[int, list[FeedRow]]]:
        """(number of the last row, those that had to be read up to there), of lines that are a record each."""
        for block in read_delimited([piece], self._shape, range(len(self._shape.columns)), skip=0, name=""):
            last, rows = number, list[FeedRow]()
            for place in np.flatnonzero(self._has_to_be_read(block)).tolist():
                if number + 1 + place > 0:
                    line = bytes(block.data[block.records[place] : block.records[place + 1]]).decode()
                    rows += [self._read(number + 1 + place, one) for one in Records(io.StringIO(line, newline=""))]
                if len(rows) == self._most:
                    last = number + 1 + place
                    yield last, rows
                    rows = []
            number += block.rows
            if number > last:
                yield number, rows

    def _by_the_row(self, piece: bytes, following: Iterator[bytes], number: int) -> Iterator[tuple[int, list[FeedRow]]]:
        """The same, each row read, until a record and a piece end together."""
        lines = _Lines(piece, following)
        records = Records(lines)
        each = iter(records)
        while taken := list(islice(_until(each, lines, records), self._most)):
            rows = [self._read(at, record) for at, record in enumerate(taken, start=number + 1) if at > 0]
            number += len(taken)
            yield number, rows
            if lines.is_between and records.is_even:
                return

    def _has_to_be_read(self, block: Block) -> Flags:
        """Whether a row may be somebody's or may not be readable."""
        doubtful: Flags = block.widths != len(self._shape.columns)
        doubtful |= np.diff(block.records) > _LONGEST_LINE
        for place in self._ports:
            doubtful |= ~_are_ports(block.fields(place))
        for kind, places in (("address", self._addresses), ("host", self._hosts)):
            for place in places:
                doubtful |= self._may_be_somebodys(block, kind, place)
        return doubtful

    def _may_be_somebodys(self, block: Block, kind: str, place: int) -> Flags:
        fields = {kind: block.fields(place), "time": block.fields(self._time)}
        found = attribute_fields(fields, block.rows, self._registry)
        doubtful: Flags = (found.answers != 0).any(axis=1) | (found.verdicts[:, TIME] != READ)
        if kind == "address":
            # Blanks are no address, and not the same as nothing.
            is_empty = block.starts[:, place] == block.ends[:, place]
            doubtful |= ~is_empty & (found.verdicts[:, ADDRESS] != READ)
        return doubtful


def whole_lines(file: IO[bytes], *, size: int = _PIECE) -> Iterator[bytes]:
    """The bytes of a text in pieces that end a line, but perhaps the last; without the mark that some put first."""
    left = file.read(len(_MARK)).removeprefix(_MARK)
    while piece := file.read(size):
        until = piece.rfind(b"\n") + 1
        if until:
            yield left + piece[:until]
            left = b""
        left += piece[until:]
    if left:
        yield left


class _Lines:
    """The lines of a piece, and of those that follow it for as long as they are asked for."""

    def __init__(self, piece: bytes, following: Iterator[bytes]) -> None:
        self._lines, self._following = _lines_of(piece), following

    def readline(self) -> str:
        """The next line with its end; empty where there is none."""
        if self.is_between:
            self._lines = _lines_of(next(self._following, b""))
        return self._lines.pop() if self._lines else ""

    @property
    def is_between(self) -> bool:
        """Whether the next line begins a piece."""
        return not self._lines


def _lines_of(piece: bytes) -> list[str]:
    return list(io.StringIO(piece.decode(), newline=""))[::-1]


def _until(each: Iterator[Record], lines: _Lines, records: Records) -> Iterator[Record]:
    """The records up to one with which a piece ends."""
    for record in each:
        yield record
        if lines.is_between and records.is_even:
            return


def _places(columns: tuple[str, ...], names: tuple[str, ...]) -> list[int]:
    return [place for place, name in enumerate(columns) if name in names]


def _are_ports(fields: Fields) -> Flags:
    """Whether each is empty or a number of a port as `rows.read_port` takes it."""
    lengths = fields.ends - fields.starts
    number, is_number = np.zeros(lengths.size, np.int64), lengths <= _DIGITS_OF_A_PORT
    for place in range(_DIGITS_OF_A_PORT):
        is_inside = place < lengths
        digits = fields.data[np.minimum(fields.starts + place, fields.data.size - 1)].astype(np.int64) - ord("0")
        is_number &= ~is_inside | ((digits >= 0) & (digits <= 9))
        number = np.where(is_inside, number * 10 + digits, number)
    return is_number & (number <= LAST_PORT)
