"""A second opinion on attribution, written from its semantics in SQL; nothing of the engine is used but the claims.

Not by intervals, as engines do it: a row is held against the claims of every length of prefix and every suffix, and of
those that are valid at its time the longest wins.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv6Address, ip_address, ip_network
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from meldpunt.engines.matching.values import Claim, ClaimKind

_FEED: Final = """
create table feed as
select row_number() over () - 1 as row, timestamp::timestamp as moment, ip, try_cast(asn as bigint) as number,
    rtrim(replace(lower(coalesce(hostname,
        regexp_extract(url, '^[a-z]+://(?:[^/@?#]*@)?([^/:?#]+)', 1))), '[.]', '.'), '.') as host
from read_csv($feed, header = true, all_varchar = true, delim = ',', quote = '', parallel = false)
"""
_WAYS: Final = """
create view network as
with around as materialized (
    select ip, version, length, place >> beyond::uhugeint as bits from addresses join lengths using (version)
),
held as materialized (select ip, length, owner, since, until from around join prefixes using (version, length, bits))
select row, arg_max(owner, length) as owner from feed join held using (ip)
where moment >= since and (until is null or moment < until) group by row;

create view number as
select row, owner from feed join numbers using (number) where moment >= since and (until is null or moment < until);

create view name as
with parts as (select distinct host, string_split(host, '.') as labels from feed where host <> ''),
suffixes as (
    select host, len(labels) - skipped as length, array_to_string(labels[skipped:], '.') as name
    from (select host, labels, unnest(range(1, len(labels) + 1)) as skipped from parts)
)
select row, arg_max(owner, length) as owner from feed join suffixes using (host) join names using (name)
where moment >= since and (until is null or moment < until) group by row;

create view claims as
select row, owner from network union select row, owner from name
union select row, owner from number anti join network using (row)
"""


class Oracle:
    """Owners by row, and by the three ways."""

    def __init__(self, claims: Iterable[Claim], feed: Path) -> None:
        self._db = duckdb.connect(config={"threads": 2})
        self._db.execute("set timezone = 'UTC'")
        self._register(list(claims))
        self._db.execute(_FEED, {"feed": str(feed)})
        distinct = [
            text for (text,) in self._db.execute("select distinct ip from feed where ip is not null").fetchall()
        ]
        read = [(text, *found) for text in distinct if (found := _read(text)) is not None]
        self._table("addresses", ("ip", "version", "place"), read)
        self._db.execute("alter table addresses alter place type uhugeint")
        self._db.execute(_WAYS)

    def owners(self, way: str) -> dict[int, str]:
        """Who answers for each row that has somebody."""
        return dict(self._db.table(way).fetchall())

    def claims(self) -> int:
        """Pairs of a row and an owner, once each: the AS number counts where no network does."""
        return int(self._db.execute("select count(*) from claims").fetchall()[0][0])

    def _register(self, claims: list[Claim]) -> None:
        prefixes, numbers, names = [], [], []
        for claim in claims:
            held = (claim.owner, claim.valid_from, claim.valid_until)
            if claim.kind is ClaimKind.PREFIX:
                network = ip_network(claim.value)
                beyond = network.max_prefixlen - network.prefixlen
                bits = str(int(network.network_address) >> beyond)
                prefixes.append((network.version, network.prefixlen, beyond, bits, *held))
            elif claim.kind is ClaimKind.ASN:
                numbers.append((int(claim.value.removeprefix("AS")), *held))
            else:
                names.append((claim.value, *held))
        times = ("owner", "since", "until")
        self._table("prefixes", ("version", "length", "beyond", "bits", *times), prefixes)
        self._table("numbers", ("number", *times), numbers)
        self._table("names", ("name", *times), names)
        self._db.execute("alter table prefixes alter bits type uhugeint")
        self._db.execute("create table lengths as select distinct version, length, beyond from prefixes")

    def _table(self, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        each = zip(*rows, strict=True) if rows else ([] for _ in columns)
        held = pa.table({column: _array(column, list(values)) for column, values in zip(columns, each, strict=True)})
        self._db.register("held", held)
        self._db.table("held").create(name)
        self._db.unregister("held")


def _array(column: str, values: list[Any]) -> Any:
    if column in ("since", "until"):
        return pa.array([None if one is None else one.replace(tzinfo=None) for one in values], pa.timestamp("us"))
    return pa.array(values)


def _read(text: str) -> tuple[int, str] | None:
    """(version, number); the number as text, because Arrow knows none of 128 bits."""
    try:
        address = ip_address(text.strip().replace("[.]", "."))
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return None
        address = address.ipv4_mapped or address
    return address.version, str(int(address))
