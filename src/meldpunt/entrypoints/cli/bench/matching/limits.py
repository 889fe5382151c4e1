"""What this machine can do at most: to be read beside the tables."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
from isal import igzip
from pyarrow import csv

from .feeds import COLUMNS
from .tables import print_rows

_COPIED: Final = 256 << 20
_PIECE: Final = 1 << 20


def measure_limits(feed: Path, packed: Path) -> None:
    """Print how fast the feed is only parsed, a log only decompressed, and memory only copied; the best of three."""
    size, plain = feed.stat().st_size, packed.with_suffix("").stat().st_size
    held, other = np.ones(_COPIED, np.uint8), np.empty(_COPIED, np.uint8)
    rows = (
        ("CSV parsed by pyarrow, 16 columns as text", size, lambda: _by_pyarrow(feed)),
        ("CSV parsed by DuckDB, the five columns that matter", size, lambda: _by_duckdb(feed)),
        ("bytes of the feed read", size, lambda: _read(feed)),
        ("gzip decompressed by isal", plain, lambda: _unpacked(packed)),
        ("memory copied", _COPIED, lambda: np.copyto(other, held)),
    )
    print("\n### Limits of this machine\n")
    print_rows(("what", "MB/s"), ((name, f"{count / _best(ask) / 1e6:,.0f}") for name, count, ask in rows))


def _best(ask: Callable[[], object]) -> float:
    took = []
    for _ in range(3):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return min(took)


def _by_pyarrow(feed: Path) -> None:
    kinds = csv.ConvertOptions(column_types=dict.fromkeys(COLUMNS, "string"))
    for _ in csv.open_csv(feed, convert_options=kinds):
        pass


def _by_duckdb(feed: Path) -> None:
    columns = dict.fromkeys(COLUMNS, "VARCHAR")
    with duckdb.connect(config={"threads": 2}) as db:
        held = db.read_csv(str(feed), columns=columns, header=True, delimiter=",", quotechar="", escapechar="")
        held.aggregate("max(timestamp), max(ip), max(hostname), max(asn), max(url)").fetchall()


def _read(path: Path) -> None:
    with path.open("rb", buffering=0) as file:
        while file.read(_PIECE):
            pass


def _unpacked(path: Path) -> None:
    with igzip.open(path, "rb") as file:
        while file.read(_PIECE):
            pass
