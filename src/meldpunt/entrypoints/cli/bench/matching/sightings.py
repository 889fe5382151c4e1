"""Job B: which of a million indicators are seen in logs. Ours beside what others would take for it."""

from __future__ import annotations

from pathlib import Path

from .running import PEERS, Contender, Measured, interleaved
from .tables import print_judged, print_table
from .zeek import ROWS

_LOOP_ROWS = 500_000
CONTENDERS = (
    Contender("Meldpunt, logs as text, 1 thread", "ours_logs.py", {"threads": "1"}),
    Contender("Meldpunt, 2 threads", "ours_logs.py", {"threads": "2"}),
    Contender("Meldpunt, gzip, 1 thread", "ours_logs.py", {"threads": "1", "suffix": "log.gz"}),
    Contender("DuckDB, SQL", "duckdb_logs.py", {"threads": "2"}, demanded=3, aimed=8),
    Contender(
        *("Python, split, dict and pytricia", "python_logs.py"),
        python=PEERS,
        rows=_LOOP_ROWS,
        does_less="no windows, and of networks the longest alone; one thread",
        demanded=10,
        aimed=30,
    ),
)
RIPGREP = Contender(
    *("ripgrep -F -f", "ripgrep.py"),
    rounds=1,
    does_less="no networks, windows or other spellings; values inside longer ones are found",
    demanded=60,
    aimed=200,
)


def measure_sightings(folder: Path, *, scale: float, rounds: int, with_ripgrep: bool) -> None:
    """Print a table of all contenders, and what is demanded of ours alone. ripgrep takes minutes and much memory."""
    rows = sum(max(round(count * scale), 100) for count in ROWS.values())
    contenders = (*CONTENDERS, RIPGREP) if with_ripgrep else CONTENDERS
    measured = interleaved(contenders, folder, rows=rows, rounds=rounds)
    print_table(f"B: is it an indicator, {rows:,} rows of five logs of Zeek", measured)
    plain, zipped = measured[0], measured[2]
    if plain.runs and zipped.runs:
        print()
        overhead = 100 * (_cpu(zipped) / _cpu(plain) - 1)
        print_judged("gzip over plain, CPU", overhead, demanded=40, aimed=15, unit="%", is_most=True)


def _cpu(one: Measured) -> float:
    return one.median("cpu")
