"""The kernel over logs of Zeek as raw text: sightings with counts, first and last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.artefacts import read_indicators
from meldpunt.engines.matching.compiling_indicators import CompiledIndicators
from meldpunt.engines.matching.reading.delimited import Block, Shape, read_delimited
from meldpunt.engines.matching.reading.streams import Input
from meldpunt.engines.matching.sighting import Sighting, sight_block, sightings_of, together
from meldpunt.engines.matching.values import FieldKind
from meldpunt.engines.matching.watching import LogBlock, Watched

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HASHES: Final = tuple((name, FieldKind.HASH) for name in ("md5", "sha1", "sha256"))
PLANS: Final = {
    "conn": (),
    "dns": (("query", FieldKind.HOST), ("answers", FieldKind.HOST)),
    "http": (("host", FieldKind.HOST), ("uri", FieldKind.URL)),
    "ssl": (("server_name", FieldKind.HOST), ("ja3", FieldKind.JA3), ("ja4", FieldKind.JA4)),
    "files": _HASHES,
}
"""Beside the addresses of every log; a URI stands with its host."""
_ENDS: Final = (("id.orig_h", FieldKind.ADDRESS), ("id.resp_h", FieldKind.ADDRESS))


@dataclass(frozen=True, slots=True)
class Prepared:
    """The indicators as workers have them, and the logs."""

    indicators: CompiledIndicators
    logs: Sequence[Path]
    threads: int


def prepare(folder: Path, *, threads: str = "1", suffix: str = "log", rows: str = "") -> Prepared:
    """Map the indicators, and look through the beginning of each log so that the kernel is there."""
    indicators = read_indicators(next((folder / "indicators").glob("*.indicators")))
    logs = sorted((folder / "logs").glob(f"*.{suffix}"), key=lambda path: -path.stat().st_size)
    prepared = Prepared(indicators, logs, int(threads))
    for path in logs:
        sightings_of(block := next(blocks_of(path)), sight_block(block, indicators), file=path.name)
    return prepared


def run(prepared: Prepared) -> Iterable[tuple[object, ...]]:
    """Log, column, indicator, first, last and count of each sighting."""
    with ThreadPoolExecutor(prepared.threads) as pool:
        found = together(
            one for each in pool.map(partial(_sighted, prepared.indicators), prepared.logs) for one in each
        )
    ids = prepared.indicators.indicators.ids
    for one in found:
        yield one.log, one.column, ids.get(one.indicator), _micros(one.first), _micros(one.last), one.count


def blocks_of(path: Path) -> Iterator[LogBlock]:
    """Block by block, with the columns watched."""
    with_header = Input(path)
    pieces = with_header.pieces()
    first = next(pieces)
    fields, skip = _fields_of(first)
    kind = path.name.partition(".")[0]
    columns = (*_ENDS, *PLANS[kind])
    wanted = [fields.index(name) for name in ("ts", *(name for name, _ in columns))]
    whole = _whole(first, pieces)
    for block in read_delimited(whole, Shape(fields, "\t", ""), wanted, skip=skip, name=path.name):
        yield _watching(kind, block, columns)


def _watching(kind: str, block: Block, columns: Sequence[tuple[str, FieldKind]]) -> LogBlock:
    held = {name: block.fields(number + 1) for number, (name, _) in enumerate(columns)}
    watched = tuple(
        Watched(name, of, held["host"], target=held[name])
        if name == "uri"
        else Watched(name, of, held[name], separator="," if name == "answers" else "")
        for name, of in columns
    )
    return LogBlock(kind, block.data, block.records, 0, block.fields(0), watched)


def _whole(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _fields_of(first: bytes) -> tuple[tuple[str, ...], int]:
    place = first.index(b"#fields\t")
    names = first[place : first.index(b"\n", place)].decode().split("\t")[1:]
    types = first.index(b"#types", place)
    return tuple(names), first.index(b"\n", types) + 1


def _sighted(indicators: CompiledIndicators, path: Path) -> list[Sighting]:
    return together(
        one for block in blocks_of(path) for one in sightings_of(block, sight_block(block, indicators), file=path.name)
    )


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - _EPOCH) // timedelta(microseconds=1)
