"""Indicators laid out for other programs: one Parquet of values with their windows, and the values as lines of text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import parquet

from meldpunt.engines.matching.values import Indicator, IndicatorKind

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SPACE: Final = (IndicatorKind.ADDRESS, IndicatorKind.NETWORK)


def lay_flat(indicators: Iterable[Indicator], folder: Path) -> None:
    """Write `values`, `space` and `values.txt`. IPv6 to 64 bits, as no network of the watchlist is longer."""
    held = list(indicators)
    text = [one for one in held if one.kind not in _SPACE]
    space = [one for one in held if one.kind in _SPACE]
    _write(folder / "values.parquet", text, kind=[one.kind for one in text], value=[_value(one) for one in text])
    networks = [ip_network(one.value) for one in space]
    _write(
        folder / "space.parquet",
        space,
        value=[one.value for one in space],
        version=[one.version for one in networks],
        length=[one.prefixlen for one in networks],
        bits=pa.array([_bits(one) for one in networks], pa.uint64()),
    )
    (folder / "values.txt").write_text("\n".join(_value(one) for one in held) + "\n")


def _bits(network: IPv4Network | IPv6Network) -> int:
    """Of a whole address of IPv6 the first half, which is then held against the text as well."""
    return int(network.network_address) >> network.max_prefixlen - min(network.prefixlen, 64)


def _value(one: Indicator) -> str:
    """A URL as a log of requests has it: host and target, one behind the other."""
    return one.value.removeprefix("http://") if one.kind is IndicatorKind.URL else one.value


def _write(path: Path, held: list[Indicator], **columns: object) -> None:
    table = {
        "id": [one.id for one in held],
        "since": pa.array([_micros(one.valid_from) for one in held], pa.int64()),
        "until": pa.array([_micros(one.valid_until) for one in held], pa.int64()),
        **columns,
    }
    parquet.write_table(pa.table(table), path)


def _micros(instant: datetime | None) -> int | None:
    return None if instant is None else (instant - _EPOCH) // timedelta(microseconds=1)
