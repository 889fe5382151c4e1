"""Logs of Zeek, drawn from a seed: five kinds in the mix of a large network, with indicators in one of 5,000 fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from .feeds import dotted
from .watchlists import Watchlist
from .worlds import OCTOBER

ROWS: Final = {"conn": 2_500_000, "dns": 1_200_000, "http": 600_000, "ssl": 500_000, "files": 200_000}
"""At scale 1."""
HIT: Final = 2e-4
_BLOCK: Final = 250_000
_DAY: Final = 86_400
_CONNECTION: Final = ("ts", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p")
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "conn": (
        *_CONNECTION,
        *("proto", "service", "duration", "orig_bytes", "resp_bytes", "conn_state", "local_orig", "local_resp"),
        *("missed_bytes", "history", "orig_pkts", "orig_ip_bytes", "resp_pkts", "resp_ip_bytes", "tunnel_parents"),
    ),
    "dns": (
        *_CONNECTION,
        *("proto", "trans_id", "rtt", "query", "qclass", "qclass_name", "qtype", "qtype_name", "rcode", "rcode_name"),
        *("AA", "TC", "RD", "RA", "Z", "answers", "TTLs", "rejected"),
    ),
    "http": (
        *_CONNECTION,
        *("trans_depth", "method", "host", "uri", "version", "user_agent", "request_body_len", "response_body_len"),
        *("status_code", "status_msg", "tags", "resp_fuids", "resp_mime_types"),
    ),
    "ssl": (
        *_CONNECTION,
        *("version", "cipher", "curve", "server_name", "resumed", "next_protocol", "established", "ssl_history"),
        *("ja3", "ja4"),
    ),
    "files": (
        *("ts", "fuid", "uid", "id.orig_h", "id.orig_p", "id.resp_h", "id.resp_p", "source", "depth", "analyzers"),
        *("mime_type", "duration", "is_orig", "seen_bytes", "total_bytes", "md5", "sha1", "sha256"),
    ),
}
_TYPES: Final = {"ts": "time", "id.orig_h": "addr", "id.resp_h": "addr", "answers": "vector[string]"}
_SAME: Final = {
    "proto": "tcp",
    "service": "ssl",
    "conn_state": "SF",
    "history": "ShADadFf",
    "local_orig": "T",
    "local_resp": "F",
    "missed_bytes": "0",
    "tunnel_parents": "-",
    "qclass": "1",
    "qclass_name": "C_INTERNET",
    "qtype": "1",
    "qtype_name": "A",
    "rcode": "0",
    "rcode_name": "NOERROR",
    "AA": "F",
    "TC": "F",
    "RD": "T",
    "RA": "T",
    "Z": "0",
    "rejected": "F",
    "trans_depth": "1",
    "method": "GET",
    "version": "1.1",
    "tags": "(empty)",
    "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "status_code": "200",
    "status_msg": "OK",
    "resp_mime_types": "text/html",
    "cipher": "TLS_AES_128_GCM_SHA256",
    "curve": "x25519",
    "resumed": "F",
    "next_protocol": "h2",
    "established": "T",
    "ssl_history": "CsiI",
    "source": "HTTP",
    "depth": "0",
    "analyzers": "SHA1,SHA256,MD5",
    "mime_type": "application/pdf",
    "is_orig": "F",
}


def write_logs(
    watchlist: Watchlist, folder: Path, *, scale: float = 1.0, hit: float = HIT, seed: int = 2026_10_09, day: int = 9
) -> None:
    """Write one log of each kind, of the day so many days into October 2026; `hit`: of how many fields."""
    drawn = _Drawn(watchlist, np.random.default_rng(seed), day, hit)
    folder.mkdir(parents=True, exist_ok=True)
    options = csv.WriteOptions(include_header=False, delimiter="\t", quoting_style="none")
    for kind, rows in ROWS.items():
        count = max(round(rows * scale), 100)
        with (folder / f"{kind}.log").open("wb") as file:
            file.write(_header(kind))
            for first in range(0, count, _BLOCK):
                part = drawn.block(kind, min(_BLOCK, count - first), first / count, min(first + _BLOCK, count) / count)
                csv.write_csv(part, file, options)
            file.write(b"#close\t2026-10-10-00-00-00\n")


def _header(kind: str) -> bytes:
    fields = "\t".join(FIELDS[kind])
    types = "\t".join(_TYPES.get(name, "string") for name in FIELDS[kind])
    return (
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n"
        f"#path\t{kind}\n#open\t2026-10-09-00-00-00\n#fields\t{fields}\n#types\t{types}\n"
    ).encode()


class _Drawn:
    """Pools from which fields are drawn; a hit is one of the watchlist, in the spelling of a log."""

    def __init__(self, watchlist: Watchlist, draw: np.random.Generator, day: int, hit: float) -> None:
        self._watchlist, self._draw = watchlist, draw
        self._hit = hit
        self._began = int(OCTOBER.timestamp()) + day * _DAY
        self._uids = pa.array([f"C{draw.bytes(8).hex()}" for _ in range(50_000)])
        self._clients = dotted(draw.integers(10 << 24, (10 << 24) + (1 << 17), 40_000))
        self._servers = dotted(draw.integers(1 << 24, 223 << 24, 200_000))
        self._names = pa.array([f"www{number % 7}.{draw.bytes(4).hex()}.example.net" for number in range(200_000)])
        self._uris = pa.array(
            [f"/{draw.bytes(6).hex()}/page{number % 50}.html?x={number}" for number in range(100_000)]
        )
        self._bad_addresses = pa.array(watchlist.addresses)
        self._bad_names = pa.array([self._spelled(number, name) for number, name in enumerate(watchlist.domains)])
        urls = [watchlist.url_of(number) for number in range(len(watchlist.paths))]
        self._bad_hosts, self._bad_targets = pa.array([host for host, _ in urls]), pa.array([one for _, one in urls])

    @staticmethod
    def _spelled(number: int, name: str) -> str:
        return (name, f"cdn{number % 9}.{name}", name.upper(), f"{name}.")[number % 4]

    def block(self, kind: str, count: int, begins: float, ends: float) -> Any:
        moments = np.sort(self._draw.integers(int(begins * _DAY * 1e6), max(int(ends * _DAY * 1e6), 1), count))
        columns: dict[str, Any] = {
            "ts": self._times(moments),
            "id.orig_h": self._clients.take(self._any(self._clients, count)),
            "id.resp_h": self._mixed(self._servers, self._bad_addresses, count),
        }
        columns |= _OF_KIND[kind](self, count)
        return pa.table(
            {name: columns[name] if name in columns else self._filled(name, count) for name in FIELDS[kind]}
        )

    def dns(self, count: int) -> dict[str, Any]:
        """Two answers in a vector: a name and an address."""
        query = self._mixed(self._names, self._bad_names, count)
        address = self._mixed(self._servers, self._bad_addresses, count)
        return {"query": query, "answers": pc.binary_join_element_wise("edge.example.net", address, ",")}

    def http(self, count: int) -> dict[str, Any]:
        """One in 5,000 asks for a URL that is looked for; others ask the same host for something else."""
        host, uri = self._mixed(self._names, self._bad_names, count), self._uris.take(self._any(self._uris, count))
        is_hit, which = pa.array(self._draw.random(count) < self._hit), self._any(self._bad_hosts, count)
        host = pc.if_else(is_hit, self._bad_hosts.take(which), host)
        return {"host": host, "uri": pc.if_else(is_hit, self._bad_targets.take(which), uri)}

    def ssl(self, count: int) -> dict[str, Any]:
        """The fingerprints of a few hundred programs."""
        ja3 = self._mixed(pa.array([self._draw.bytes(16).hex() for _ in range(300)]), self._watchlist.ja3, count)
        known = [f"t13d1517h2_{self._draw.bytes(6).hex()}_{self._draw.bytes(6).hex()}" for _ in range(300)]
        return {
            "server_name": self._mixed(self._names, self._bad_names, count),
            "ja3": ja3,
            "ja4": self._mixed(pa.array(known), self._watchlist.ja4, count),
        }

    def files(self, count: int) -> dict[str, Any]:
        """Every file with three hashes."""
        found = {}
        for name, size, bad in zip(("md5", "sha1", "sha256"), (16, 20, 32), self._watchlist.hashes, strict=True):
            text = self._draw.bytes(20_000 * size).hex()
            pool = pa.array([text[place : place + 2 * size] for place in range(0, len(text), 2 * size)])
            found[name] = self._mixed(pool, bad, count)
        return found

    def conn(self, _count: int) -> dict[str, Any]:
        """Addresses alone."""
        return {}

    def _times(self, moments: Any) -> Any:
        seconds = pa.array(moments // 1_000_000 + self._began).cast(pa.string())
        rest = pc.utf8_lpad(pa.array(moments % 1_000_000).cast(pa.string()), 6, "0")
        return pc.binary_join_element_wise(seconds, rest, ".")

    def _filled(self, name: str, count: int) -> Any:
        if name in ("uid", "fuid", "resp_fuids"):
            return self._uids.take(self._any(self._uids, count))
        if name in _SAME:
            return pa.repeat(_SAME[name], count)
        return pa.array(self._draw.integers(0, 60_000, count))

    def _mixed(self, usual: Any, looked_for: Any, count: int) -> Any:
        bad = looked_for if isinstance(looked_for, pa.Array) else pa.array(looked_for)
        is_hit = pa.array(self._draw.random(count) < self._hit)
        return pc.if_else(is_hit, bad.take(self._any(bad, count)), usual.take(self._any(usual, count)))

    def _any(self, pool: Any, count: int) -> Any:
        return pa.array(self._draw.integers(0, len(pool), count))


_OF_KIND: Final[Mapping[str, Callable[[_Drawn, int], dict[str, Any]]]] = {
    "conn": _Drawn.conn,
    "dns": _Drawn.dns,
    "http": _Drawn.http,
    "ssl": _Drawn.ssl,
    "files": _Drawn.files,
}
