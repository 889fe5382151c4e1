"""DuckDB: each distinct value looked up once, addresses by ASOF join on intervals, names by their suffixes."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import duckdb

READ: Final = """
create temp table feed as
select epoch(timestamp::timestamp)::bigint as moment, ip, asn,
    rtrim(replace(lower(coalesce(hostname,
        regexp_extract(url, '^[a-z]+://(?:[^/@?#]*@)?([^/:?#]+)', 1))), '[.]', '.'), '.') as host
from read_csv($feed, header = true, all_varchar = true, delim = ',', quote = '', escape = '', auto_detect = false,
    columns = {columns})
"""
COLUMNS: Final = (
    *("timestamp", "severity", "ip", "protocol", "port", "hostname", "tag", "asn", "geo", "region", "city", "naics"),
    *("sector", "url", "version", "detail"),
)
ADDRESSES: Final = """
create temp table address as
select ip, regexp_replace(replace(trim(ip), '[.]', '.'), '^::ffff:', '') as written from (select distinct ip from feed);
create temp table by_address as
with v4 as (
    select ip, split_part(written, '.', 1)::bigint * 16777216 + split_part(written, '.', 2)::bigint * 65536
        + split_part(written, '.', 3)::bigint * 256 + split_part(written, '.', 4)::bigint as place
    from address
    where regexp_full_match(written,
        '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}')
), v6 as (
    select ip, high_bits(written) as place from address where contains(written, ':') and not contains(written, '%')
)
select ip, node from v4 asof join i4 on v4.place >= i4.first where node >= 0
union all
select ip, node from v6 asof join i6 on v6.place >= i6.first where node >= 0
"""
NAMES: Final = """
create temp table by_host as
with named as (select distinct host from feed where host <> ''),
labels as (select host, string_split(host, '.') as parts from named),
suffix as (
    select host, unnest(range(1, len(parts) + 1)) as skipped, array_to_string(parts[skipped:], '.') as name from labels
)
select host, arg_min(node, skipped) as node from suffix join names using (name) group by host
"""
FOUND: Final = """
select 'network', owner, count(*) from feed join by_address using (ip) join segments using (node)
where moment >= since and moment < until group by owner
union all
select 'number', owner, count(*) from feed join numbers on number = try_cast(asn as integer) join segments using (node)
where moment >= since and moment < until group by owner
union all
select 'name', owner, count(*) from feed join by_host using (host) join segments using (node)
where moment >= since and moment < until group by owner
"""


def prepare(folder: Path, *, threads: str = "2") -> Any:
    """Read the tables of the constituency."""
    db = duckdb.connect(config={"threads": int(threads)})
    for name, file in (
        ("i4", "v4"),
        ("i6", "v6"),
        ("names", "names"),
        ("numbers", "numbers"),
        ("segments", "segments"),
    ):
        db.read_parquet(str(folder / f"{file}.parquet")).create(name)
    db.create_function("high_bits", _high_bits, [duckdb.sqltype("varchar")], "ubigint")
    return db, folder / "feed.csv"


def run(prepared: Any) -> Iterable[tuple[str, str, int]]:
    """How many rows each owner has, by each way."""
    db, feed = prepared
    lay_out(db, feed)
    return list(db.execute(FOUND).fetchall())


def lay_out(db: Any, feed: Path) -> None:
    """The tables that say which node each distinct value is."""
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS) + "}"
    db.execute(READ.replace("{columns}", columns), {"feed": str(feed)})
    db.execute(ADDRESSES)
    db.execute(NAMES)


def _high_bits(text: str) -> int | None:
    try:
        return int(ip_address(text)) >> 64
    except ValueError:
        return None
