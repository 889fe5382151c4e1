"""From parts to packages: the rows of each owner brought together, in the order in which they were read."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from meldpunt.engines.matching.answers import AnswerTable
from meldpunt.engines.matching.cells import harmless
from meldpunt.engines.matching.errors import InputBroken
from meldpunt.engines.matching.kernel.characters import Bytes
from meldpunt.engines.matching.kernel.moving import deal_out
from meldpunt.engines.matching.packing.layout import BUCKETS, TAIL, Layout
from meldpunt.engines.matching.packing.parts import ASIDE, PLAIN, SPREADSHEET
from meldpunt.engines.matching.packing.room import Room

Runs = npt.NDArray[np.int64]
"""(runs, 3): owner, rows, bytes."""

MARK: Final = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the letters of the machine it runs on."""
PORTION: Final = 64 << 20
"""Bytes of rows that are put in order at once. The files of their owners are opened once for each portion."""
_NO_NAME: Final = re.compile(r"[^\w-]", re.ASCII)
_CELL: Final = re.compile(r'"([^"]*(?:""[^"]*)*)"')


@dataclass(frozen=True, slots=True)
class Package:
    """The rows of one owner in one file; `digest` is SHA-256, hexadecimal."""

    owner: str
    file: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Runs that follow each other in the file of a part, from byte `start` on."""

    path: Path
    start: int
    size: int
    runs: Runs


def gather(
    parts: Sequence[Path], out: Path, answers: AnswerTable, layout: Layout, *, formats: Sequence[str]
) -> Iterator[Package]:
    """Write the packages of every owner, bucket by bucket.

    CSV takes the memory of two portions, whatever the size; other formats that of a whole bucket besides.
    """
    room, header = (Room(), Room()), MARK + header_of(layout)
    for form in formats:
        for bucket in range(BUCKETS):
            name = f"{SPREADSHEET if form == 'csv' else PLAIN}-{bucket:02}"
            opened: dict[int, _Csv | _Whole] = {}
            for owner, rows, held in _of_bucket(parts, name, room):
                if owner not in opened:
                    path = out / f"{file_name(answers.owner_words.get(owner))}.{form}"
                    opened[owner] = _Csv(path, header) if form == "csv" else _Whole(path, layout, _WRITERS[form])
                opened[owner].add(rows, held)
            for owner in sorted(opened):
                one = opened[owner]
                yield Package(answers.owner_words.get(owner), one.path.name, one.rows, one.close())


def file_name(owner: str) -> str:
    """The owner as the name of a file on any system: what is no letter, digit, hyphen or underscore by its bytes, and
    so the first letter of a name that another file of the folder has."""
    name = _NO_NAME.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), owner)
    return f"%{ord(name[0]):02X}{name[1:]}" if name.casefold() in ASIDE else name


def header_of(layout: Layout, *, last: Sequence[str] = TAIL) -> bytes:
    """The first line of a package."""
    text = io.StringIO(newline="")
    names = [harmless(column) for column in (*layout.shape.columns, *last)]
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(names)
    return text.getvalue().encode()


def _of_bucket(parts: Sequence[Path], name: str, room: tuple[Room, Room]) -> Iterator[tuple[int, int, memoryview]]:
    """(owner, rows, their bytes) of each owner in the bucket; again for each portion in which there are some."""
    for held, runs in _portions(parts, name, room[0]):
        places = runs[:, 0] // BUCKETS
        rows, sizes = (np.bincount(places, weights=runs[:, column]).astype(np.int64) for column in (1, 2))
        ends = np.cumsum(sizes)
        out = room[1].of(held.size)
        deal_out(held, runs[:, 2], places, ends - sizes, out)
        for place in np.flatnonzero(rows).tolist():
            owner = place * BUCKETS + int(runs[0, 0]) % BUCKETS
            yield owner, int(rows[place]), out[ends[place] - sizes[place] : ends[place]].data


def _portions(parts: Sequence[Path], name: str, room: Room) -> Iterator[tuple[Bytes, Runs]]:
    """The bucket in the order in which it was read: bytes, and the runs of owners in them."""
    waiting: list[_Piece] = []
    for part in parts:
        if (part / f"{name}.runs.npy").exists():
            for piece in _pieces(part / f"{name}.rows", np.load(part / f"{name}.runs.npy")):
                if waiting and sum(one.size for one in waiting) + piece.size > PORTION:
                    yield _together(waiting, room)
                    waiting = []
                waiting.append(piece)
    if waiting:
        yield _together(waiting, room)


def _pieces(path: Path, runs: Runs) -> Iterator[_Piece]:
    """The runs of one part, no more than a portion at a time; a single run may be longer."""
    ends = np.cumsum(runs[:, 2])
    numbers = (ends - 1) // PORTION
    firsts = np.flatnonzero(np.diff(numbers, prepend=-1))
    for first, until in itertools.pairwise([*firsts.tolist(), len(runs)]):
        start = int(ends[first] - runs[first, 2])
        yield _Piece(path, start, int(ends[until - 1]) - start, runs[first:until])


def _together(pieces: Sequence[_Piece], room: Room) -> tuple[Bytes, Runs]:
    held, filled = room.of(sum(piece.size for piece in pieces)), 0
    for piece in pieces:
        with piece.path.open("rb") as file:
            file.seek(piece.start)
            if file.readinto(held[filled : filled + piece.size].data) != piece.size:
                raise InputBroken(piece.path.parent.name, "what was kept of it is shorter than it says; begin anew")
        filled += piece.size
    return held, np.concatenate([piece.runs for piece in pieces])


class _Csv:
    """Written as it comes."""

    def __init__(self, path: Path, header: bytes) -> None:
        self.path, self.rows = path, 0
        self._header, self._digest = header, hashlib.sha256(header)

    def add(self, rows: int, held: memoryview) -> None:
        """More rows, behind those that are there."""
        self._digest.update(held)
        with self.path.open("ab" if self.rows else "wb") as file:
            if not self.rows:
                file.write(self._header)
            file.write(held)
        self.rows += rows

    def close(self) -> str:
        """The digest."""
        return self._digest.hexdigest()


class _Whole:
    """Kept until it is all there, because its format needs that."""

    def __init__(self, path: Path, layout: Layout, write: Callable[[Path, Sequence[bytes], Layout], str]) -> None:
        self.path, self.rows = path, 0
        self._layout, self._write = layout, write
        self._held: list[bytes] = []

    def add(self, rows: int, held: memoryview) -> None:
        """More rows, behind those that are there."""
        self._held.append(bytes(held))
        self.rows += rows

    def close(self) -> str:
        """Write them; the digest."""
        return self._write(self.path, self._held, self._layout)


def _write_parquet(path: Path, held: Sequence[bytes], layout: Layout) -> str:
    pq.write_table(_table(held, layout), path, compression="zstd")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_lines(path: Path, held: Sequence[bytes], layout: Layout) -> str:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in _table(held, layout).to_pylist()]
    written = "".join(lines).encode()
    path.write_bytes(written)
    return hashlib.sha256(written).hexdigest()


def _table(held: Sequence[bytes], layout: Layout) -> pa.Table:
    """Every column as text: what is written as a number elsewhere may be an identifier here.

    What was copied has quotes round every cell. The reader of the standard library would refuse a long one.
    """
    names = [*_told_apart(layout.shape.columns), *TAIL]
    cells = [cell.replace('""', '"') for cell in _CELL.findall(b"".join(held).decode("utf-8", "replace"))]
    columns = [pa.array(cells[place :: len(names)], pa.string()) for place in range(len(names))]
    return pa.table(columns, names=names)


def _told_apart(columns: Sequence[str]) -> Iterator[str]:
    """Columns under names of which each is there once: the second `tag` is `tag 2`."""
    taken = set(TAIL)
    for column in columns:
        numbered = (f"{column} {number}" for number in itertools.count(2))
        name = next(one for one in itertools.chain([column], numbered) if one not in taken)
        taken.add(name)
        yield name


_WRITERS: Final = {"parquet": _write_parquet, "jsonl": _write_lines}
FORMATS: Final = ("csv", *_WRITERS)
