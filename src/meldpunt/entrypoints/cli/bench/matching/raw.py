"""A log of Zeek as a lake keeps it: Parquet, each column as text, the time as microseconds since 1970."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

_COPY: Final = """
copy (
    select replace(ts, '.', '')::bigint as moment, * exclude ts
    from read_csv('{path}', delim = '\t', quote = '', escape = '', header = false, auto_detect = false, skip = 0,
        comment = '#', nullstr = '-', columns = {columns})
) to '{out}' (format parquet, compression zstd)
"""


def lay_raw(path: Path, out: Path) -> None:
    """Write a log of one header."""
    with path.open() as file:
        names = next(line for line in file if line.startswith("#fields")).rstrip("\n").split("\t")[1:]
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    out.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as db:
        db.execute(_COPY.format(path=path, columns=columns, out=out))
