"""What is measured, in which order, and what is demanded of it."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path
from typing import Final

from .attribution import measure_attribution
from .golden import compare_attribution
from .laying import lay_attribution
from .tables import machine

PARTS: Final = ("golden", "A")
GOLDEN_ROWS: Final = 1_000_000


def run_matching(data: Path, *, parts: Collection[str], rows: int, rounds: int) -> int:
    """Print Markdown; 1 where an answer is not what the specification says, for then no time means anything."""
    print(f"## Matching\n\n{machine()}; Python {sys.version.split()[0]}.")
    if "golden" in parts and not compare_attribution(lay_attribution(data, rows=min(GOLDEN_ROWS, rows))):
        return 1
    if "A" in parts:
        measure_attribution(lay_attribution(data, rows=rows), rows=rows, rounds=rounds)
    return 0
