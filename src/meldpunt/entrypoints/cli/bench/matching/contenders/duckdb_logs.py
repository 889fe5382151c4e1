"""DuckDB: each distinct value looked up once, addresses by the length of each network, names by their suffixes."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import duckdb

COLUMNS: Final = {
    "conn": (),
    "dns": (("query", "host"), ("answers", "hosts")),
    "http": (("host", "host"), ("uri", "url")),
    "ssl": (("server_name", "host"), ("ja3", "ja3"), ("ja4", "ja4")),
    "files": (("md5", "hash"), ("sha1", "hash"), ("sha256", "hash")),
}
ENDS: Final = (("id.orig_h", "address"), ("id.resp_h", "address"))
_READ: Final = """
create or replace temp table log as
select row_number() over () as row, replace(ts, '.', '')::bigint as moment, {wanted}
from read_csv('{path}', delim = '\t', quote = '', escape = '', header = false, auto_detect = false, skip = 0,
    comment = '#', nullstr = '-', columns = {columns})
"""
_ADDRESS: Final = """
with said as (select distinct text from fields where text is not null),
placed as (
    select text, 4 as version, split_part(text, '.', 1)::bigint * 16777216 + split_part(text, '.', 2)::bigint * 65536
        + split_part(text, '.', 3)::bigint * 256 + split_part(text, '.', 4)::bigint as place
    from said where regexp_full_match(text, '[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+')
    union all
    select text, 6, high_bits(text) from said where contains(text, ':')
),
around as (select text, version, length, (place >> beyond)::ubigint as bits from placed join lengths using (version))
select distinct text, space.* from around join space using (version, length, bits)
where length not in (32, 128) or text = value
"""
_HOST: Final = """
with said as (
    select text, string_split(rtrim(lower(text), '.'), '.') as labels from (select distinct text from fields)
    where text is not null
),
suffix as (
    select text, array_to_string(labels[skipped:], '.') as value
    from (select text, labels, unnest(range(1, len(labels) + 1)) as skipped from said)
)
select text, domains.* from suffix join domains using (value)
"""
_EQUAL: Final = "select text, looked.* from (select distinct text from fields) join looked on value = text"
_COUNTED: Final = """
insert into sightings
select '{log}', '{column}', id, min(moment), max(moment), count(*) from (
    select distinct row, moment, id from fields join found using (text)
    where (since is null or since <= moment) and (until is null or moment < until)
) group by id
"""
_FIELDS: Final = "create or replace temp view fields as select row, moment, TEXT as text from log"
_EACH: Final = "select text, id, since, until from (LOOK)"
_TEXT: Final = {
    "hosts": "unnest(string_split(answers, ','))",
    "url": "rtrim(lower(host), '.') || uri",
    "hash": 'lower("{column}")',
}


def prepare(folder: Path, *, threads: str = "2") -> Any:
    """Read the indicators."""
    db = duckdb.connect(config={"threads": int(threads)})
    db.read_parquet(str(folder / "values.parquet")).create("looked")
    db.read_parquet(str(folder / "space.parquet")).create("space")
    db.execute("create table domains as select * from looked where kind = 'domain'")
    db.execute("""create table lengths as select distinct version, length,
        case version when 4 then 32 - length else 64 - least(length, 64) end as beyond from space""")
    db.create_function("high_bits", _high_bits, [duckdb.sqltype("varchar")], "ubigint")
    db.execute("create table sightings (log text, col text, id text, first bigint, last bigint, rows bigint)")
    return db, sorted((folder / "logs").glob("*.log"))


def run(prepared: Any) -> Iterable[tuple[object, ...]]:
    """Log, column, indicator, first, last and count of each sighting."""
    db, logs = prepared
    for path in logs:
        _read(db, path)
        for column, kind in (*ENDS, *COLUMNS[path.stem]):
            count_in_column(db, path.stem, column, kind)
    return list(db.execute("select * from sightings").fetchall())


def _read(db: Any, path: Path) -> None:
    with path.open() as file:
        names = next(line for line in file if line.startswith("#fields")).rstrip("\n").split("\t")[1:]
    columns = "{" + ", ".join(f"'{name}': 'VARCHAR'" for name in names) + "}"
    wanted = ", ".join(f'"{name}"' for name, _ in (*ENDS, *COLUMNS[path.stem]))
    db.execute(_READ.format(wanted=wanted, path=path, columns=columns))


def count_in_column(db: Any, log: str, column: str, kind: str) -> None:
    """Add the sightings in a column of the table `log`."""
    db.execute(_FIELDS.replace("TEXT", _TEXT.get(kind, '"{column}"').format(column=column)))
    looks = {"address": (_ADDRESS,), "host": (_HOST, _ADDRESS), "hosts": (_HOST, _ADDRESS)}.get(kind, (_EQUAL,))
    each = " union all ".join(_EACH.replace("LOOK", look) for look in looks)
    db.execute(f"create or replace temp table found as {each}")
    db.execute(_COUNTED.format(log=log, column=column))


def _high_bits(text: str) -> int | None:
    try:
        return int(ip_address(text)) >> 64
    except ValueError:
        return None
