"""Rows of a feed about a world: sixteen columns as the large feeds have them, odd spellings included."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv6Address
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from meldpunt.entrypoints.cli.bench.matching.worlds import DAYS, OCTOBER, World

COLUMNS: Final = (
    *("timestamp", "severity", "ip", "protocol", "port", "hostname", "tag", "asn", "geo", "region", "city", "naics"),
    *("sector", "url", "version", "detail"),
)
ROWS_AN_ADDRESS: Final = 5
_BLOCK: Final = 500_000
_ODD: Final = ("", "-", "10.0.0.01", "1.2.3", "0x7f.0.0.1", "fe80::1%eth0", "2130706433", "+192.0.2.1", "010.0.0.1")
_TAGS: Final = ("open-rdp", "telnet", "botnet;drone", "ssl-poodle", "open-dns", "device-id", "vulnerable-http")
_CITIES: Final = ("AMSTERDAM", "ROTTERDAM", "UTRECHT", "'S-GRAVENHAGE", "EINDHOVEN", "GRONINGEN")
_SECONDS: Final = DAYS * 86_400
_MOMENTS: Final = 500_000

_Ints = npt.NDArray[np.int64]


def write_feed(world: World, path: Path, rows: int, *, seed: int = 20261) -> None:
    """Write a CSV of so many rows, some 145 bytes each. No field holds a quote or a line break."""
    draw = np.random.default_rng(seed)
    distinct = max(rows // ROWS_AN_ADDRESS, 100)
    drawn = _Drawn(
        addresses=_addresses(world, draw, distinct),
        hosts=_hosts(world, draw, distinct),
        urls=_urls(world, draw, max(distinct // 10, 10)),
        times=_times(draw, min(rows, _MOMENTS)),
        asns=np.array(world.asns),
    )
    options = csv.WriteOptions(include_header=False, quoting_style="none")
    with path.open("wb") as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for first in range(0, rows, _BLOCK):
            csv.write_csv(_block(drawn, draw, min(_BLOCK, rows - first)), file, options)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What rows are drawn from; the first of the hosts and of the URLs is empty."""

    addresses: Any
    hosts: Any
    urls: Any
    times: Any
    asns: _Ints


def _block(drawn: _Drawn, draw: np.random.Generator, count: int) -> Any:
    linked, named = draw.random(count) < 0.02, draw.random(count)
    host = np.where(linked | (named < 0.3), 0, draw.integers(1, len(drawn.hosts), count))
    url = np.where(linked, draw.integers(1, len(drawn.urls), count), 0)
    owned = drawn.asns[draw.integers(0, drawn.asns.size, count)]
    asn = np.where(draw.random(count) < 0.7, owned, draw.integers(1, 300_000, count))
    small = draw.integers(0, 10_000, count)
    columns = {
        "timestamp": drawn.times.take(pa.array(draw.integers(0, len(drawn.times), count))),
        "severity": _same("high", count),
        "ip": drawn.addresses.take(pa.array(draw.integers(0, len(drawn.addresses), count))),
        "protocol": _same("tcp", count),
        "port": pa.array(small),
        "hostname": drawn.hosts.take(pa.array(host)),
        "tag": pa.array(_TAGS).take(pa.array(small % len(_TAGS))),
        "asn": pa.array(asn),
        "geo": _same("NL", count),
        "region": _same("NOORD-HOLLAND", count),
        "city": pa.array(_CITIES).take(pa.array(small % len(_CITIES))),
        "naics": _same("541511", count),
        "sector": _same("", count),
        "url": drawn.urls.take(pa.array(url)),
        "version": pc.binary_join_element_wise(_texts(small % 9), _texts(small % 23), "."),
        "detail": _same("seen again after scan", count),
    }
    return pa.table({name: columns[name] for name in COLUMNS})


def _addresses(world: World, draw: np.random.Generator, count: int) -> Any:
    """Of a hundred: 58 in a registered prefix of IPv4, 10 of IPv6, 30 anywhere, 2 that no grammar takes."""
    starts = np.array([int(one.network_address) for one in world.v4], np.int64)
    sizes = np.array([one.num_addresses for one in world.v4], np.int64)
    chosen = draw.integers(0, starts.size, count)
    inside = starts[chosen] + draw.integers(0, 1 << 40, count) % sizes[chosen]
    anywhere = draw.integers(1 << 24, 224 << 24, count)
    kind = draw.random(count)
    v4 = dotted(np.where(kind < 0.58, inside, anywhere))
    v6 = pa.array(_v6_texts(world, draw, max(count // 10, 1)))
    odd = pa.array(_ODD)
    spelled = draw.random(count)
    v4 = pc.if_else(pa.array(spelled < 0.005), pc.binary_join_element_wise("::ffff:", v4, ""), v4)
    v4 = pc.if_else(pa.array((spelled > 0.5) & (spelled < 0.505)), pc.replace_substring(v4, ".", "[.]"), v4)
    v4 = pc.if_else(pa.array(spelled > 0.995), pc.binary_join_element_wise(" ", v4, " ", ""), v4)
    found = pc.if_else(pa.array(kind > 0.9), v6.take(pa.array(draw.integers(0, len(v6), count))), v4)
    return pc.if_else(pa.array((kind > 0.58) & (kind < 0.6)), odd.take(pa.array(draw.integers(0, 9, count))), found)


def _v6_texts(world: World, draw: np.random.Generator, count: int) -> list[str]:
    found = []
    for number, low in zip(draw.integers(0, len(world.v6), count), draw.integers(0, 1 << 62, count), strict=True):
        network = world.v6[number]
        found.append(str(IPv6Address(int(network.network_address) | (int(low) << 31) & int(network.hostmask) | 1)))
    return found


def _hosts(world: World, draw: np.random.Generator, count: int) -> Any:
    """An empty one first; of the others five in seven in a registered domain, half of them under it."""
    known, kind = pa.array(world.domains), draw.random(count)
    registered = known.take(pa.array(draw.integers(0, len(known), count)))
    other = pc.binary_join_element_wise(
        pc.binary_join_element_wise("host", _texts(draw.integers(0, 100_000, count)), ""),
        pc.binary_join_element_wise("isp", _texts(draw.integers(0, 977, count)), ".net", ""),
        ".",
    )
    name = pc.if_else(pa.array(kind < 5 / 7), registered, other)
    under = pc.binary_join_element_wise("srv", _texts(draw.integers(0, 90, count)), ".", name, "")
    name = pc.if_else(pa.array(draw.random(count) < 0.5), under, name)
    spelled = draw.random(count)
    name = pc.if_else(pa.array(spelled < 0.03), pc.utf8_upper(name), name)
    name = pc.if_else(pa.array((spelled > 0.5) & (spelled < 0.52)), pc.binary_join_element_wise(name, ".", ""), name)
    name = pc.if_else(pa.array(spelled > 0.995), pc.replace_substring(name, ".", "[.]"), name)
    return pa.concat_arrays([pa.array([""]), name])


def _urls(world: World, draw: np.random.Generator, count: int) -> Any:
    """With a user, a port, or a query and no path; a quarter defanged."""
    schemes = pa.array(("http://", "https://", "http://user@", "hxxp://"))
    tails = pa.array(("/", "/login?x=1", ":8080/", "?q=1"))
    name = pa.array(world.domains).take(pa.array(draw.integers(0, len(world.domains), count)))
    scheme, tail = (one.take(pa.array(draw.integers(0, 4, count))) for one in (schemes, tails))
    return pa.concat_arrays([pa.array([""]), pc.binary_join_element_wise(scheme, name, tail, "")])


def _times(draw: np.random.Generator, count: int) -> Any:
    """Seconds of October."""
    seconds = draw.integers(0, _SECONDS, count) + int(OCTOBER.timestamp())
    return pc.strftime(pa.array(seconds, pa.timestamp("s")), "%Y-%m-%d %H:%M:%S")


def dotted(numbers: _Ints) -> Any:
    """Addresses of IPv4 as text."""
    octets = pa.array([str(octet) for octet in range(256)])
    parts = (octets.take(pa.array(numbers >> shift & 255)) for shift in (24, 16, 8, 0))
    return pc.binary_join_element_wise(*parts, ".")


def _texts(numbers: _Ints) -> Any:
    return pa.array(numbers).cast(pa.string())


def _same(text: str, count: int) -> Any:
    return pa.repeat(text, count)
