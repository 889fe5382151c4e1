"""Polars: each distinct value looked up once, addresses by `join_asof` on intervals, names by their suffixes."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import polars as pl

_OCTET: Final = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_V4: Final = rf"^{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}$"
_LABELS: Final = 8


def prepare(folder: Path) -> Any:
    """Read the tables of the constituency."""
    names = ("v4", "v6", "names", "numbers", "segments")
    return folder / "feed.csv", {name: pl.read_parquet(folder / f"{name}.parquet") for name in names}


def run(prepared: Any) -> Iterable[tuple[str, str, int]]:
    """How many rows each owner has, by each way."""
    path, tables = prepared
    feed = (
        pl.scan_csv(path, quote_char=None, infer_schema=False)
        .select(
            pl.col("timestamp").str.to_datetime("%Y-%m-%d %H:%M:%S").dt.epoch("s").alias("moment"),
            "ip",
            pl.col("asn").cast(pl.Int64, strict=False).alias("number"),
            pl.coalesce("hostname", pl.col("url").str.extract(r"^[a-z]+://(?:[^/@?#]*@)?([^/:?#]+)", 1))
            .str.to_lowercase()
            .str.replace_all("[.]", ".", literal=True)
            .str.strip_chars_end(".")
            .alias("host"),
        )
        .collect(engine="streaming")
    )
    segments = tables["segments"].lazy()
    found = []
    for way, key, nodes in (
        ("network", "ip", _by_address(feed, tables)),
        ("number", "number", tables["numbers"]),
        ("name", "host", _by_host(feed, tables["names"])),
    ):
        counted = (
            feed.lazy()
            .select("moment", key)
            .join(nodes.lazy(), on=key)
            .join(segments, on="node")
            .filter((pl.col("moment") >= pl.col("since")) & (pl.col("moment") < pl.col("until")))
            .group_by("owner")
            .len()
            .collect(engine="streaming")
        )
        found += [(way, owner, count) for owner, count in counted.iter_rows()]
    return found


def _by_address(feed: Any, tables: Any) -> Any:
    written = pl.col("ip").str.strip_chars().str.replace_all("[.]", ".", literal=True).str.replace("^::ffff:", "")
    distinct = feed.select("ip").unique().drop_nulls("ip").with_columns(written.alias("written"))
    octets = [pl.col("written").str.extract(_V4, place).cast(pl.Int64) for place in range(1, 5)]
    place = octets[0] * 16777216 + octets[1] * 65536 + octets[2] * 256 + octets[3]
    v4 = distinct.with_columns(place.alias("place")).drop_nulls("place")
    v6 = distinct.filter(pl.col("written").str.contains(":", literal=True) & ~pl.col("written").str.contains("%"))
    v6 = v6.with_columns(pl.col("written").map_elements(_high_bits, pl.UInt64).alias("place")).drop_nulls("place")
    each = [
        one.sort("place")
        .join_asof(tables[name].sort("first"), left_on="place", right_on="first")
        .filter(pl.col("node") >= 0)
        .select("ip", "node")
        for name, one in (("v4", v4), ("v6", v6))
    ]
    return pl.concat(each)


def _by_host(feed: Any, names: Any) -> Any:
    distinct = feed.select("host").unique().drop_nulls("host")
    rest, found = distinct.with_columns(pl.col("host").alias("name")), []
    for _ in range(_LABELS):
        found.append(rest.join(names, on="name").select("host", "node"))
        rest = rest.join(names, on="name", how="anti").with_columns(pl.col("name").str.extract(r"^[^.]*\.(.+)$", 1))
        rest = rest.drop_nulls("name")
    return pl.concat(found)


def _high_bits(text: str) -> int | None:
    try:
        return int(ip_address(text)) >> 64
    except ValueError:
        return None
