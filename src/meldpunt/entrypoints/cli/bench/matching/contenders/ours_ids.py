"""The kernel over raw CSV: the five columns that matter are found in the bytes and asked about where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.artefacts import read_registry
from meldpunt.engines.matching.attribution import Answers, attribute_fields
from meldpunt.engines.matching.compiling import CompiledRegistry
from meldpunt.engines.matching.reading.delimited import Shape, read_delimited, shape_of

WAYS: Final = ("network", "number", "name")
_STRETCH: Final = 64 << 20
_PIECE: Final = 1 << 20
"""Bytes that are still near the processor when they are asked about."""
_COLUMNS: Final = {"address": "ip", "host": "hostname", "url": "url", "asn": "asn", "time": "timestamp"}

_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The registry as workers have it, and where its input is cut."""

    registry: CompiledRegistry
    path: Path
    shape: Shape
    ranges: Sequence[_Range]
    threads: int


def prepare(folder: Path, *, threads: str = "2") -> Prepared:
    """Map the registry, and take one row so that the kernel is there."""
    registry = read_registry(next((folder / "registry").glob("*.registry")))
    path = folder / "feed.csv"
    with path.open("rb") as file:
        shape, skip = shape_of(file.read(1 << 16), name=path.name)
    prepared = Prepared(registry, path, shape, _ranges(path, skip), int(threads))
    for _ in answers_of(prepared, (skip, skip + 1_000)):
        pass
    return prepared


def run(prepared: Prepared) -> Iterable[tuple[str, str, int]]:
    """How many rows each owner has, by each way."""
    with ThreadPoolExecutor(prepared.threads) as pool:
        counts = np.sum(
            list(pool.map(partial(_counts, prepared, owner_of(prepared.registry)), prepared.ranges)), axis=0
        )
    owners = prepared.registry.answers.owner_words
    for way, name in enumerate(WAYS):
        for owner in np.flatnonzero(counts[way][1:]):
            yield name, owners.get(int(owner)), int(counts[way][owner + 1])


def owner_of(registry: CompiledRegistry) -> npt.NDArray[np.int32]:
    """For each answer the number of its owner and one; 0 for nobody. In a world of one role it has no other."""
    table = registry.answers
    return np.concatenate([[0], table.owners[table.offsets[1:-1]] + 1]).astype(np.int32)


def answers_of(prepared: Prepared, stretch: _Range) -> Iterator[Answers]:
    """Block by block, for the records between two bytes of the file."""
    wanted = [prepared.shape.columns.index(column) for column in _COLUMNS.values()]
    for block in read_delimited(_pieces(prepared.path, stretch), prepared.shape, wanted, skip=0, name="feed"):
        fields = {name: block.fields(number) for number, name in enumerate(_COLUMNS)}
        yield attribute_fields(fields, block.rows, prepared.registry)


def _counts(prepared: Prepared, owners: npt.NDArray[np.int32], stretch: _Range) -> npt.NDArray[np.int64]:
    known = prepared.registry.answers.owner_words.offsets.size
    counts = np.zeros((len(WAYS), known), np.int64)
    for found in answers_of(prepared, stretch):
        for way in range(len(WAYS)):
            counts[way] += np.bincount(owners[found.answers[:, way]], minlength=known)
    return counts


def _ranges(path: Path, skip: int) -> list[_Range]:
    """No field of the feed holds a line break: any line may begin a stretch."""
    size, edges = path.stat().st_size, [skip]
    with path.open("rb") as file:
        while edges[-1] + _STRETCH < size:
            file.seek(edges[-1] + _STRETCH)
            file.readline()
            edges.append(file.tell())
    return list(zip(edges, [*edges[1:], size], strict=True))


def _pieces(path: Path, stretch: _Range) -> Iterator[bytes]:
    place, end = stretch
    with path.open("rb") as file:
        file.seek(place)
        while place < end and (piece := file.read(min(_PIECE, end - place))):
            place += len(piece)
            yield piece
