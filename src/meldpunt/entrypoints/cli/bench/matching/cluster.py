"""Two workers of a cluster beside two threads: what handing over the work costs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .running import Contender, interleaved
from .tables import print_judged, print_table

CONTENDERS: Final = (
    Contender("Meldpunt, 2 threads", "ours_cluster.py"),
    Contender("Meldpunt, 2 workers of Dask under TLS", "ours_cluster.py", {"workers": "2"}),
)


def measure_cluster(folder: Path, *, rows: int, rounds: int) -> bool:
    """Print a table; whether both gave the same answer to the byte, where both gave one."""
    threads, workers = interleaved(CONTENDERS, folder, rows=rows, rounds=rounds)
    print_table(f"Cluster: {rows:,} rows of CSV to a package for each organisation", (threads, workers))
    if not threads.runs or not workers.runs:
        return True
    print()
    share = 100 * threads.median("wall") / workers.median("wall")
    print_judged("workers against threads, by the clock", share, demanded=50, aimed=90, unit="%")
    return {run.digest for run in threads.runs} == {run.digest for run in workers.runs}
