"""Ten thousand new indicators over fifteen days of logs that are gone: rollups beside a scan of the raw days."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .running import Contender, interleaved
from .tables import print_table
from .zeek import ROWS

DAYS: Final = 15
CONTENDERS: Final = (
    Contender("Meldpunt, rollups, 1 thread", "ours_hunt.py"),
    Contender(
        *("DuckDB, SQL over the raw days in Parquet", "duckdb_retro.py", {"threads": "2"}),
        demanded=30,
        aimed=150,
        is_by_clock=True,
    ),
)


def measure_retro(folder: Path, *, scale: float, rounds: int) -> bool:
    """Print a table, and what it cost to roll the logs up when they came in; whether all answers were the same."""
    rows = DAYS * sum(max(round(count * scale), 100) for count in ROWS.values())
    measured = interleaved(CONTENDERS, folder, rows=rows, rounds=rounds)
    print_table(f"Retro-hunt: 10,000 indicators, {DAYS} days, {rows:,} rows", measured)
    print(f"\n{(folder / 'rolled.txt').read_text()}")
    return len({run.digest for one in measured for run in one.runs}) == 1
