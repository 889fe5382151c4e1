"""How far a run is, told on a terminal in one line that is written over."""

from __future__ import annotations

import sys

from meldpunt.engines.matching.tasks import Progress


def say(progress: Progress) -> None:
    """Nothing where nobody watches."""
    if sys.stderr.isatty():
        told = f"{progress.rows:,} rows, {progress.rows_a_second:,.0f} a second, {progress.seconds_left:,.0f} s left"
        print(f"\r{told:<70}", end="", file=sys.stderr, flush=True)


def end() -> None:
    """Behind the last of it."""
    if sys.stderr.isatty():
        print(file=sys.stderr)
