"""A constituency laid out for other programs: which node a prefix, an interval or a name is, and who holds it when.

Nothing of the engine is used but the claims, so that what others answer from it is a second opinion. One role is known.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow import parquet

from meldpunt.engines.matching.values import Claim, ClaimKind

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_ALWAYS: Final = 4_102_444_800
"""Seconds; 2100."""

_Held = tuple[int, int, str]
"""(from, until, owner), in seconds since 1970, until not included."""
_Chain = tuple[Sequence[_Held], ...]
"""Narrowest first."""


@dataclass(slots=True)
class _Flat:
    segments: list[tuple[int, int, int, str]] = field(default_factory=list)
    nodes: int = 0

    def node_of(self, chain: _Chain) -> int:
        """A new node; whoever holds the narrowest that anybody holds in each stretch of time."""
        node, self.nodes = self.nodes, self.nodes + 1
        edges = sorted({edge for level in chain for held in level for edge in held[:2]})
        for start, end in itertools.pairwise(edges):
            owner = next((who for level in chain for first, until, who in level if first <= start < until), None)
            if owner is not None:
                self.segments.append((node, start, end, owner))
        return node


def lay_flat(claims: Iterable[Claim], folder: Path) -> None:
    """Write `prefixes`, `v4`, `v6`, `names`, `numbers` and `segments` as Parquet. IPv6 to 64 bits."""
    held: dict[tuple[ClaimKind, str], list[_Held]] = {}
    for claim in claims:
        held.setdefault((claim.kind, claim.value), []).append(_held(claim))
    flat = _Flat()
    prefixes: list[tuple[str, int]] = []
    intervals = {
        version: _intervals(
            flat, {key: each for key, each in held.items() if key[0] is ClaimKind.PREFIX}, version, prefixes
        )
        for version in (4, 6)
    }
    names = [
        (
            name,
            flat.node_of(
                tuple(held[ClaimKind.DOMAIN, above] for above in _above(name) if (ClaimKind.DOMAIN, above) in held)
            ),
        )
        for kind, name in held
        if kind is ClaimKind.DOMAIN
    ]
    numbers = [(int(value[2:]), flat.node_of((each,))) for (kind, value), each in held.items() if kind is ClaimKind.ASN]
    _write(folder / "prefixes.parquet", ("prefix", "node"), prefixes)
    _write(folder / "v4.parquet", ("first", "node"), intervals[4])
    _write(folder / "v6.parquet", ("first", "node"), intervals[6], first=pa.uint64())
    _write(folder / "names.parquet", ("name", "node"), names)
    _write(folder / "numbers.parquet", ("number", "node"), numbers)
    _write(folder / "segments.parquet", ("node", "since", "until", "owner"), flat.segments)


def _held(claim: Claim) -> _Held:
    until = _ALWAYS if claim.valid_until is None else int((claim.valid_until - _EPOCH).total_seconds())
    return int((claim.valid_from - _EPOCH).total_seconds()), until, claim.owner


def _above(name: str) -> list[str]:
    labels = name.split(".")
    return [".".join(labels[place:]) for place in range(len(labels))]


def _intervals(
    flat: _Flat,
    held: dict[tuple[ClaimKind, str], list[_Held]],
    version: int,
    prefixes: list[tuple[str, int]],
) -> list[tuple[int, int]]:
    """(first address, node) of each interval; node -1 where nobody is. Addresses of IPv6 without their last 64 bits."""
    shift = 64 if version == 6 else 0
    networks = sorted(
        (int(one.network_address), one.prefixlen, int(one.broadcast_address), one, each)
        for (_, value), each in held.items()
        if (one := ip_network(value)).version == version
    )
    starts: dict[int, int] = {0: -1}
    open_: list[tuple[int, int, _Chain]] = []
    for first, _, last, network, each in [*networks, (1 << 200, 0, 0, None, [])]:
        while open_ and open_[-1][0] < first:
            end = open_.pop()[0]
            starts[end + 1] = open_[-1][1] if open_ else -1
        if network is not None:
            chain = (each, *(open_[-1][2] if open_ else ()))
            node = flat.node_of(chain)
            starts[first] = node
            prefixes.append((str(network), node))
            open_.append((last, node, chain))
    whole = 1 << 32 if version == 4 else 1 << 128
    return [(start >> shift, node) for start, node in sorted(starts.items()) if start < whole]


def _write(path: Path, names: Sequence[str], rows: Sequence[tuple[object, ...]], **kinds: object) -> None:
    columns = list(zip(*rows, strict=True))
    parquet.write_table(
        pa.table({name: pa.array(column, kinds.get(name)) for name, column in zip(names, columns, strict=True)}), path
    )
