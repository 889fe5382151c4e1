"""The kernel over logs of Zeek as raw text: sightings with counts, first and last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.artefacts import read_indicators
from meldpunt.engines.matching.compiling_indicators import CompiledIndicators
from meldpunt.engines.matching.reading.logs.opening import read_log
from meldpunt.engines.matching.sighting import Sighting, sight_block, sightings_of, together

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


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
        sightings_of(block := next(read_log(path)), sight_block(block, indicators), file=path.name)
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


def _sighted(indicators: CompiledIndicators, path: Path) -> list[Sighting]:
    return together(
        one for block in read_log(path) for one in sightings_of(block, sight_block(block, indicators), file=path.name)
    )


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - _EPOCH) // timedelta(microseconds=1)
