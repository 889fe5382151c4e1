"""Job A: whose is each row of a feed. Ours beside what others would take for it."""

from __future__ import annotations

from pathlib import Path

from .running import PEERS, Contender, interleaved
from .tables import print_judged, print_table

_OURS = Contender("Meldpunt, ids from CSV, 2 threads", "ours_ids.py", {"threads": "2"})
_NO_VALIDITY = "the newest holder counts, whatever the time of the row; one thread"
CONTENDERS = (
    _OURS,
    Contender("Meldpunt, 1 thread", "ours_ids.py", {"threads": "1"}),
    Contender("DuckDB, SQL", "duckdb_sql.py", {"threads": "2"}, demanded=3, aimed=10),
    Contender("Polars", "polars_frames.py", python=PEERS, demanded=3, aimed=10),
    Contender("chDB, SQL", "chdb_sql.py", {"threads": "2"}, python=PEERS, demanded=2, aimed=8),
    Contender(
        *("Python, csv and pytricia", "pytricia_loop.py"),
        python=PEERS,
        rows=500_000,
        does_less=_NO_VALIDITY,
        demanded=8,
        aimed=35,
    ),
    Contender(
        *("IntelMQ as a library", "intelmq_library.py"),
        python=PEERS,
        rows=20_000,
        rounds=1,
        does_less="names as they are and no suffixes, no validity; one process",
        demanded=400,
        aimed=2_000,
    ),
    Contender(
        *("IntelMQ with Redis, 4 bots", "intelmq_pipeline.py"),
        python=PEERS,
        rows=20_000,
        rounds=1,
        does_less="the same; demand and aim are by the clock",
        demanded=3_000,
        aimed=15_000,
        is_by_clock=True,
    ),
)


PACKAGES = (
    Contender("Meldpunt, a package for each", "ours_packages.py"),
    Contender("DuckDB, PARTITION_BY", "duckdb_packages.py", demanded=5, aimed=15),
)


def measure_packages(folder: Path, *, rows: int) -> None:
    """Print end to end, once: from the CSV to a file for each organisation."""
    measured = interleaved(PACKAGES, folder, rows=rows, rounds=1)
    print_table(f"A, end to end: {rows:,} rows of CSV to a package for each organisation", measured)
    if measured[0].runs:
        print()
        most = measured[0].median("mib") / 1024
        print_judged("peak of ours", most, demanded=1, aimed=0.4, unit="GiB", is_most=True)


def measure_attribution(folder: Path, *, rows: int, rounds: int) -> None:
    """Print a table of all contenders, and what is demanded of ours alone."""
    measured = interleaved(CONTENDERS, folder, rows=rows, rounds=rounds)
    print_table(f"A: whose is it, {rows:,} rows of CSV", measured)
    ours = measured[0]
    if ours.runs:
        print()
        print_judged("rows a second", rows / ours.median("wall") / 1e6, demanded=2.5, aimed=10, unit="million")
