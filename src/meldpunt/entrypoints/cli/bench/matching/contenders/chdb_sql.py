"""chDB (ClickHouse in the process): addresses by a dictionary `ip_trie`, who holds a node when by `range_hashed`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from chdb import session

_TABLES: Final = """
create table prefixes engine = Memory as select * from file('{folder}/prefixes.parquet');
create table names engine = Memory as select * from file('{folder}/names.parquet');
create table numbers engine = Memory as select * from file('{folder}/numbers.parquet');
create table segments engine = Memory as
    select node::UInt64 as node, since, until - 1 as last, owner from file('{folder}/segments.parquet');
create dictionary trie (prefix String, node Int64) primary key prefix
    source(clickhouse(table 'prefixes')) layout(ip_trie) lifetime(0);
create dictionary suffixes (name String, node Int64) primary key name
    source(clickhouse(table 'names')) layout(complex_key_hashed) lifetime(0);
create dictionary registered (number UInt64, node Int64) primary key number
    source(clickhouse(table 'numbers')) layout(hashed) lifetime(0);
create dictionary holders (node UInt64, since Int64, last Int64, owner String) primary key node
    source(clickhouse(table 'segments')) layout(range_hashed) range(min since max last) lifetime(0);
system reload dictionaries;
"""
_ASKED: Final = """
with replaceAll(trimBoth(ip), '[.]', '.') as written,
    if(startsWith(written, '::ffff:'), substring(written, 8), written) as folded,
    match(folded, '^{octet}(\\\\.{octet}){{3}}$') as is_v4,
    if(is_v4, toIPv6OrNull(concat('::ffff:', folded)), if(position(folded, '%') > 0, null, if(position(folded, ':') > 0,
        toIPv6OrNull(folded), null))) as address,
    toUnixTimestamp(parseDateTimeOrZero(timestamp, '%Y-%m-%d %H:%i:%s', 'UTC'))::Int64 as moment,
    trimRight(replaceAll(lower(if(hostname = '', extract(url, '^[a-z]+://(?:[^/@?#]*@)?([^/:?#]+)'), hostname)),
        '[.]', '.'), '.') as host,
    splitByChar('.', host) as parts,
    ifNull(arrayFirstOrNull(x -> x >= 0, arrayMap(n -> dictGetOrDefault('suffixes', 'node',
        tuple(arrayStringConcat(arraySlice(parts, n), '.')), -1::Int64), range(1, length(parts) + 1))), -1)
        as name_node,
    if(address is null, -1, dictGetOrDefault('trie', 'node', tuple(assumeNotNull(address)), -1::Int64)) as network_node,
    dictGetOrDefault('registered', 'node', toUInt64OrZero(asn), -1::Int64) as number_node
select way, owner, count() from (
    select arrayJoin([('network', network_node), ('number', number_node), ('name', name_node)]) as pair,
        pair.1 as way, if(pair.2 < 0, '', dictGetOrDefault('holders', 'owner', pair.2::UInt64, moment, '')) as owner
    from file('{folder}/feed.csv', 'CSVWithNames', '{columns}')
) where owner <> '' group by way, owner format TSV
settings format_csv_allow_double_quotes = 0, format_csv_allow_single_quotes = 0, max_threads = {threads}
"""
_OCTET: Final = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_COLUMNS: Final = (
    *("timestamp", "severity", "ip", "protocol", "port", "hostname", "tag", "asn", "geo", "region", "city", "naics"),
    *("sector", "url", "version", "detail"),
)


def prepare(folder: Path, *, threads: str = "2") -> Any:
    """Load the dictionaries."""
    asked = session.Session()
    asked.query("create database bench engine = Atomic")
    asked.query("use bench")
    for statement in _TABLES.format(folder=folder).split(";"):
        if statement.strip():
            asked.query(statement)
    columns = ", ".join(f"{name} String" for name in _COLUMNS)
    return asked, _ASKED.format(folder=folder, columns=columns, octet=_OCTET, threads=threads)


def run(prepared: Any) -> Iterable[tuple[str, str, int]]:
    """How many rows each owner has, by each way."""
    asked, query = prepared
    lines = str(asked.query(query, "TSV")).splitlines()
    return [(way, owner, int(count)) for way, owner, count in (line.split("\t") for line in lines)]
