"""Golden answers of sightings: the kernel beside the specification, hit by hit, and beside DuckDB by its sums."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from meldpunt.engines.matching.errors import Unreadable
from meldpunt.engines.matching.indicators import IndicatorSet
from meldpunt.engines.matching.instants import read_log_time
from meldpunt.engines.matching.reading.logs.opening import read_log
from meldpunt.engines.matching.sighting import sight_block, text_of, values_of
from meldpunt.engines.matching.values import Indicator
from meldpunt.engines.matching.watching import LogBlock

from .contenders import ours_logs
from .running import CONTENDERS
from .watchlists import Watchlist

_Hit = tuple[int, int, int]
"""Row of a block, column, indicator."""


@dataclass(frozen=True, slots=True)
class Sighted:
    """Rows and hits; how many hits differ from the specification, and lines of sums from those of DuckDB."""

    rows: int
    hits: int
    against_specification: int
    sums: int
    against_oracle: int

    @property
    def is_same(self) -> bool:
        """Whether nothing differs."""
        return not self.against_specification and not self.against_oracle


def compare_sightings(folder: Path, *, scale: float) -> bool:
    """Print what differs; whether nothing does."""
    begun = time.perf_counter()
    found = sighted(folder, list(Watchlist(scale=scale).indicators()))
    print(f"- sightings in {found.rows:,} rows ({time.perf_counter() - begun:.0f} s): {found.hits:,} hits, of which")
    print(f"  {found.against_specification:,} other than specified; {found.sums:,} sums (count, first, last), of which")
    print(f"  {found.against_oracle:,} other than those of DuckDB")
    print(f"- golden: {'the same' if found.is_same else '**NOT THE SAME**'}")
    return found.is_same


def sighted(folder: Path, indicators: Sequence[Indicator]) -> Sighted:
    """The logs in the folder, looked through in three ways."""
    prepared = ours_logs.prepare(folder)
    by_id = {prepared.indicators.indicators.get(number).id: number for number in range(len(indicators))}
    specified = IndicatorSet.of(sorted(indicators, key=lambda one: by_id[one.id]))
    rows, hits, apart = 0, 0, 0
    for path in prepared.logs:
        for block in read_log(path):
            found = sight_block(block, prepared.indicators)
            ours = set(zip(found.rows.tolist(), found.columns.tolist(), found.indicators.tolist(), strict=True))
            apart += len(ours ^ set(_specified(block, specified)))
            rows, hits = rows + block.rows, hits + len(found)
    sums = {",".join(map(str, line)) for line in ours_logs.run(prepared)}
    return Sighted(rows, hits, apart, len(sums), len(sums ^ _by_duckdb(folder)))


def _specified(block: LogBlock, indicators: IndicatorSet) -> Iterable[_Hit]:
    for row in range(block.rows):
        at = _time_of(text_of(block.time, row))
        for column, watched in enumerate(block.watched):
            for number in indicators.seen_in(values_of(watched, row), at=at):
                yield row, column, number


def _time_of(text: str) -> datetime | None:
    try:
        return read_log_time(text)
    except Unreadable:
        return None


def _by_duckdb(folder: Path) -> set[str]:
    """In a process of its own, as it is when it is measured."""
    command = [sys.executable, str(CONTENDERS / "measured.py"), str(CONTENDERS / "duckdb_logs.py"), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return set((folder / "duckdb_logs.answer").read_text().splitlines())
