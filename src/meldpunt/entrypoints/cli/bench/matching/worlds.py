"""A constituency drawn from a seed: the same seed, the same claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network
from typing import Final

import numpy as np

from meldpunt.engines.matching.values import Claim, ClaimKind

SEED: Final = 20261
OCTOBER: Final = datetime(2026, 10, 1, tzinfo=UTC)
DAYS: Final = 31
_BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)
_ORGANISATIONS: Final = 10_000
_V4_PREFIXES: Final = 45_000
_V6_PREFIXES: Final = 15_000
_DOMAINS: Final = 150_000
_ASNS: Final = 5_000
_NESTED: Final = 0.45
_V4_LENGTHS: Final = (16, 18, 19, 20, 21, 22, 23, 24)
_V4_SHARES: Final = (0.02, 0.03, 0.05, 0.1, 0.1, 0.2, 0.15, 0.35)
_V6_LENGTHS: Final = (32, 36, 40, 44, 48, 56)
_SUFFIXES: Final = ("nl", "com", "org", "eu", "net", "be", "de", "nu", "amsterdam", "frl")
_SYLLABLES: Final = (
    *("ba", "de", "ka", "lo", "mi", "no", "pu", "ra", "si", "te", "vo", "wy"),
    *("zee", "dijk", "berg", "stad"),
)


class World:
    """Claims, and what rows may be about. At `scale` 1: 10,000 organisations, 60,000 prefixes, 150,000 domains."""

    def __init__(self, *, seed: int = SEED, scale: float = 1.0) -> None:
        self._draw = np.random.default_rng(seed)
        organisations = max(round(_ORGANISATIONS * scale), 10)
        share = 1.0 / np.arange(1, organisations + 1) ** 0.6
        self._owners = self._draw.choice(organisations, size=400_000, p=share / share.sum())
        self._taken = 0
        self.v4 = self._v4_prefixes(max(round(_V4_PREFIXES * scale), 20))
        self.v6 = self._v6_prefixes(max(round(_V6_PREFIXES * scale), 20))
        self.domains = self._domains(max(round(_DOMAINS * scale), 50))
        self.asns = sorted(set(self._draw.integers(1_000, 400_000, max(round(_ASNS * scale), 10)).tolist()))

    def claims(self) -> Iterator[Claim]:
        """A quarter of the prefixes and 15 % of the domains change hands or end in October 2026. Ask once."""
        for network in (*self.v4, *self.v6):
            yield from self._claims_on(ClaimKind.PREFIX, str(network), 0.25)
        for name in self.domains:
            yield from self._claims_on(ClaimKind.DOMAIN, name, 0.15)
        for number in self.asns:
            yield from self._claims_on(ClaimKind.ASN, f"AS{number}", 0.0)

    def _claims_on(self, kind: ClaimKind, value: str, timed: float) -> Iterator[Claim]:
        drawn, first, days = self._draw.random(), self._draw.integers(1, 20), self._draw.integers(0, 10)
        owner = self._owner()
        if drawn >= timed:
            yield Claim(owner, "owner", kind, value, _BEGAN)
            return
        change = OCTOBER + timedelta(days=int(first))
        yield Claim(owner, "owner", kind, value, _BEGAN, change)
        if drawn < timed / 3:
            yield Claim(self._owner(), "owner", kind, value, change + timedelta(days=int(days)))

    def _owner(self) -> str:
        self._taken += 1
        return f"org-{self._owners[self._taken % self._owners.size]:05}"

    def _v4_prefixes(self, count: int) -> list[IPv4Network]:
        found: list[IPv4Network] = []
        known: set[IPv4Network] = set()
        while len(found) < count:
            if found and self._draw.random() < _NESTED:
                outer = found[-int(self._draw.integers(1, min(len(found), 500) + 1))]
                base, length = int(outer.network_address), self._longer(outer.prefixlen, 32)
                base += int(self._draw.integers(0, 1 << length - outer.prefixlen)) << 32 - length
            else:
                length = int(self._draw.choice(_V4_LENGTHS, p=_V4_SHARES))
                base = int(self._draw.integers(1 << 24, 223 << 24)) >> 32 - length << 32 - length
            network = IPv4Network((base, length))
            if network not in known:
                known.add(network)
                found.append(network)
        return found

    def _v6_prefixes(self, count: int) -> list[IPv6Network]:
        """None longer than 64 bits."""
        found: list[IPv6Network] = []
        known: set[IPv6Network] = set()
        while len(found) < count:
            if found and self._draw.random() < _NESTED:
                outer = found[-int(self._draw.integers(1, min(len(found), 500) + 1))]
                base, length = int(outer.network_address) >> 64, self._longer(outer.prefixlen, 64)
                base += int(self._draw.integers(0, 1 << length - outer.prefixlen)) << 64 - length
            else:
                length = int(self._draw.choice(_V6_LENGTHS))
                base = (0x2A00 << 48 | int(self._draw.integers(0, 1 << 48))) >> 64 - length << 64 - length
            network = IPv6Network((base << 64, length))
            if network not in known:
                known.add(network)
                found.append(network)
        return found

    def _longer(self, length: int, most: int) -> int:
        return most if length >= most - 1 else int(self._draw.integers(length + 1, min(length + 9, most) + 1))

    def _domains(self, count: int) -> list[str]:
        """One in ten lies under another."""
        found: dict[str, None] = {}
        before: list[str] = []
        while len(found) < count:
            parts = self._draw.integers(0, len(_SYLLABLES), (count, 5))
            sizes, ends = self._draw.integers(2, 6, count), self._draw.integers(0, len(_SUFFIXES), count)
            numbers, nested = self._draw.integers(0, 1000, count), self._draw.random(count) < 0.1
            for row, size, end, number, inside in zip(parts, sizes, ends, numbers, nested, strict=True):
                name = "".join(_SYLLABLES[part] for part in row[:size])
                above = before[number * 7 % len(before)] if inside and before else f"{number}.{_SUFFIXES[end]}"
                name = f"{name}.{above}" if inside and before else f"{name}{above}"
                found[name] = None
                before.append(name)
                if len(found) == count:
                    break
        return list(found)
