"""DuckDB: attribution as in `duckdb_sql.py`, and a CSV for each organisation by `PARTITION_BY`."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from runpy import run_path
from typing import Any, Final

_READ: Final = """
create temp table feed as
select row_number() over () as row, *, epoch(timestamp::timestamp)::bigint as moment,
    rtrim(replace(lower(coalesce(hostname,
        regexp_extract(url, '^[a-z]+://(?:[^/@?#]*@)?([^/:?#]+)', 1))), '[.]', '.'), '.') as host
from read_csv($feed, header = true, all_varchar = true, delim = ',', quote = '', escape = '', auto_detect = false,
    columns = {columns})
"""
_CLAIMS: Final = """
create temp table network as
select row, owner from feed join by_address using (ip) join segments using (node)
where moment >= since and moment < until;
create temp table claims as
select row, owner, arg_min(way, rank) as way from (
    select row, owner, 'network' as way, 0 as rank from network
    union all
    select row, owner, 'number', 1 from feed join numbers on number = try_cast(asn as integer)
        join segments using (node) anti join network using (row) where moment >= since and moment < until
    union all
    select row, owner, 'name', 2 from feed join by_host using (host) join segments using (node)
        where moment >= since and moment < until
) group by row, owner
"""
_PACKED: Final = """
copy (select feed.* exclude (row, moment, host), owner, way from claims join feed using (row))
to '{out}' (format csv, partition_by (owner))
"""


def prepare(folder: Path) -> Any:
    """The tables of the constituency, and the statements of the other contender."""
    alone = run_path(str(Path(__file__).with_name("duckdb_sql.py")))
    out = folder / "packages-of-duckdb"
    shutil.rmtree(out, ignore_errors=True)
    db, feed = alone["prepare"](folder)
    db.execute("set preserve_insertion_order = false")
    return db, feed, out, alone


def run(prepared: Any) -> Iterable[tuple[str, str, int]]:
    """How many rows each owner was given, by each way."""
    db, feed, out, alone = prepared
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in alone["COLUMNS"]) + "}"
    db.execute(_READ.replace("{columns}", columns), {"feed": str(feed)})
    db.execute(alone["ADDRESSES"])
    db.execute(alone["NAMES"])
    db.execute(_CLAIMS)
    db.execute(_PACKED.replace("{out}", str(out)))
    return list(db.execute("select way, owner, count(*) from claims group by way, owner").fetchall())
