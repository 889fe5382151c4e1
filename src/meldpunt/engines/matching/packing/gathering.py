"""From parts to packages: the rows of each owner brought together, in the order in which they were read."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from meldpunt.engines.matching.answers import AnswerTable
from meldpunt.engines.matching.cells import harmless
from meldpunt.engines.matching.packing.layout import BUCKETS, TAIL, Layout
from meldpunt.engines.matching.packing.parts import PLAIN, SPREADSHEET

MARK: Final = b"\xef\xbb\xbf"
"""Without it Excel takes UTF-8 for the letters of the machine it runs on."""


_NO_NAME: Final = re.compile(r"[^\w-]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Package:
    """The rows of one owner in one file; `digest` is SHA-256, hexadecimal."""

    owner: str
    file: str
    rows: int
    digest: str


def gather(
    parts: Sequence[Path], out: Path, answers: AnswerTable, layout: Layout, *, formats: Sequence[str]
) -> Iterator[Package]:
    """Write the packages of every owner, bucket by bucket. Memory is that of the largest bucket."""
    for form in formats:
        sort = SPREADSHEET if form == "csv" else PLAIN
        for bucket in range(BUCKETS):
            for owner, rows, held in _of_bucket(parts, f"{sort}-{bucket:02}"):
                word = answers.owner_words.get(owner)
                path = out / f"{file_name(word)}.{form}"
                yield Package(word, path.name, rows, _WRITERS[form](path, held, layout))


def file_name(owner: str) -> str:
    """The owner as the name of a file on any system: what is no letter, digit, hyphen or underscore by its bytes."""
    return _NO_NAME.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), owner)


def header_of(layout: Layout, *, last: Sequence[str] = TAIL) -> bytes:
    """The first line of a package."""
    text = io.StringIO(newline="")
    names = [harmless(column) for column in (*layout.shape.columns, *last)]
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(names)
    return text.getvalue().encode()


def _of_bucket(parts: Sequence[Path], name: str) -> Iterator[tuple[int, int, list[memoryview]]]:
    """(owner, rows, their bytes) of each owner in the bucket."""
    found: dict[int, list[memoryview]] = {}
    rows: dict[int, int] = {}
    for part in parts:
        runs_file = part / f"{name}.runs.npy"
        if not runs_file.exists():
            continue
        held, place = memoryview((part / f"{name}.rows").read_bytes()), 0
        for owner, count, size in np.load(runs_file).tolist():
            found.setdefault(owner, []).append(held[place : place + size])
            rows[owner] = rows.get(owner, 0) + count
            place += size
    for owner in sorted(found):
        yield owner, rows[owner], found[owner]


def _write_csv(path: Path, held: Sequence[memoryview], layout: Layout) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as file:
        pieces: list[bytes | memoryview] = [MARK, header_of(layout), *held]
        for piece in pieces:
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _write_parquet(path: Path, held: Sequence[memoryview], layout: Layout) -> str:
    pq.write_table(_table(held, layout), path, compression="zstd")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write_lines(path: Path, held: Sequence[memoryview], layout: Layout) -> str:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in _table(held, layout).to_pylist()]
    written = "".join(lines).encode()
    path.write_bytes(written)
    return hashlib.sha256(written).hexdigest()


def _table(held: Sequence[memoryview], layout: Layout) -> pa.Table:
    """Every column as text: what is written as a number elsewhere may be an identifier here."""
    names = [*layout.shape.columns, *TAIL]
    text = io.StringIO(b"".join(held).decode("utf-8", "replace"), newline="")
    rows = list(csv.reader(text))
    return pa.table({name: pa.array([row[place] for row in rows], pa.string()) for place, name in enumerate(names)})


_WRITERS: Final[dict[str, Callable[[Path, Sequence[memoryview], Layout], str]]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "jsonl": _write_lines,
}
FORMATS: Final = tuple(_WRITERS)
