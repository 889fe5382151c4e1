"""What is measured, in which order, and what is demanded of it."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final

from .attribution import measure_attribution, measure_packages
from .cluster import measure_cluster
from .golden import compare_attribution
from .golden_sightings import compare_sightings
from .laying import lay_attribution, lay_retro, lay_sightings
from .limits import measure_limits
from .retro import DAYS, measure_retro
from .sightings import measure_sightings
from .tables import machine

PARTS: Final = ("golden", "A", "packages", "B", "ripgrep", "retro", "cluster", "limits")
FULL_ROWS: Final = 10_000_000
"""Of a feed; the logs and the watchlist of job B keep step with it, and are whole at this."""
GOLDEN_ROWS: Final = 1_000_000
GOLDEN_SCALE: Final = 0.05
GOLDEN_HIT: Final = 0.02
SMALL: Final = 0.1


def run_matching(data: Path, *, parts: Collection[str], rows: int, rounds: int) -> int:
    """Print Markdown; 1 where an answer is not what the specification says, for then no time means anything."""
    print(f"## Matching\n\n{machine()}; Python {sys.version.split()[0]}.")
    scale = rows / FULL_ROWS
    if "golden" in parts:
        is_same = compare_attribution(lay_attribution(data, rows=min(GOLDEN_ROWS, rows)))
        small = min(GOLDEN_SCALE, scale)
        is_same &= compare_sightings(lay_sightings(data, scale=small, hit=GOLDEN_HIT), scale=small)
        if not is_same:
            return 1
    if "A" in parts:
        measure_attribution(lay_attribution(data, rows=rows), rows=rows, rounds=rounds)
    if "packages" in parts:
        measure_packages(lay_attribution(data, rows=rows), rows=rows)
    if "B" in parts:
        folder = lay_sightings(data, scale=scale)
        measure_sightings(folder, scale=scale, rounds=rounds, with_ripgrep="ripgrep" in parts or scale <= SMALL)
    if "retro" in parts:
        folder = lay_retro(data, scale=scale, days=DAYS)
        if not measure_retro(folder, scale=scale, rounds=rounds):
            return 1
    if "cluster" in parts and not measure_cluster(lay_attribution(data, rows=rows), rows=rows, rounds=1):
        return 1
    if "limits" in parts:
        feed = lay_attribution(data, rows=rows) / "feed.csv"
        measure_limits(feed, lay_sightings(data, scale=scale) / "logs" / "conn.log.gz")
    return 0
