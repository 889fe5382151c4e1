"""A feed of any size, by parts: sealed, received, and then read in short transactions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from meldpunt.access.values import JOB
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.matching.compiling import compile_registry as compile_tables
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt

ROWS_AT_ONCE: Final = 10_000
_TELL_EACH: Final = 1_000_000


def receive_large_feed(path: Path, *, name: str, tell: Callable[[str], None]) -> Receipt:
    """Take in a file that `receive_feed` is too small for; the receipt once all of it was read.

    Handed in again it goes on where it was, and is received once. Raises as the actions of intake.
    """
    feed = intake_actions.open_large_feed(JOB, path=path, name=name)
    while intake_actions.seal_next_part(JOB, feed=feed):
        pass
    receipt, progress = intake_actions.admit_large_feed(JOB, feed=feed)
    tell(f"{receipt.reference}: {feed.size:,} bytes are sealed")
    if progress.is_whole:
        return receipt
    registry = constituency_queries.compile_registry(JOB)
    sifting = feed.sifted(compile_tables(registry), skip=progress.rows, most=ROWS_AT_ONCE)
    told = progress.rows
    for sifted in sifting:
        progress = intake_actions.add_rows(JOB, receipt=receipt, sifted=sifted, registry=registry, before=progress)
        if progress.rows - told >= _TELL_EACH:
            told = progress.rows
            tell(f"{progress.rows:,} rows, {progress.of_constituents:,} of constituents")
    progress = intake_actions.close_large_feed(JOB, report=receipt.report, progress=progress)
    tell(
        f"{progress.rows:,} rows, {progress.of_constituents:,} of constituents, {progress.not_readable:,} not readable"
    )
    return receipt
