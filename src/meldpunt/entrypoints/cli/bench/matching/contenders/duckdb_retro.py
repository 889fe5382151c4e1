"""DuckDB over the raw days in Parquet, column by column; what it looks for is laid out before the clock runs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from meldpunt.entrypoints.cli.bench.matching.contenders import duckdb_logs

_READ: Final = "create or replace temp table log as select row_number() over () as row, {wanted} from '{path}'"
_SUMMED: Final = """
select log, col, id, min(first), max(last), case col when 'answers' then 0 else sum(rows) end
from sightings group by log, col, id
"""


def prepare(folder: Path, *, threads: str = "2") -> Any:
    """Read the indicators."""
    db, _ = duckdb_logs.prepare(folder, threads=threads)
    return db, sorted((folder / "days").glob("*/*.parquet"))


def run(prepared: Any) -> Iterable[tuple[object, ...]]:
    """Log, column, indicator, first, last and count of each sighting over all days."""
    db, logs = prepared
    for path in logs:
        columns = (*duckdb_logs.ENDS, *duckdb_logs.COLUMNS[path.stem])
        db.execute(_READ.format(wanted=", ".join(f'"{name}"' for name in ("moment", *dict(columns))), path=path))
        for column, kind in columns:
            duckdb_logs.count_in_column(db, path.stem, column, kind)
    return list(db.execute(_SUMMED).fetchall())
