"""Indicators of every kind, drawn from a seed, in normal form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address
from typing import Final

import numpy as np

from meldpunt.engines.matching.values import Indicator, IndicatorKind

from .worlds import OCTOBER

SEED: Final = 20262
_TIMED: Final = 0.3
_COUNTS: Final = {
    IndicatorKind.ADDRESS: 420_000,
    IndicatorKind.NETWORK: 5_388,
    IndicatorKind.DOMAIN: 330_000,
    IndicatorKind.URL: 110_000,
    IndicatorKind.HASH: 130_000,
    IndicatorKind.JA3: 10_000,
    IndicatorKind.JA4: 5_000,
}
"""1,010,388 in all, at scale 1."""
_V6: Final = 0.1
_SUFFIXES: Final = ("com", "net", "org", "ru", "cn", "xyz", "top", "nl", "info", "co.uk")


class Watchlist:
    """Values of every kind, each once; those of networks lie round some of the others too."""

    def __init__(self, *, seed: int = SEED, scale: float = 1.0) -> None:
        self._draw = np.random.default_rng(seed)
        counts = {kind: max(round(count * scale), 40) for kind, count in _COUNTS.items()}
        self.addresses = self._addresses(counts[IndicatorKind.ADDRESS])
        self.domains = self._domains(counts[IndicatorKind.DOMAIN])
        self.paths = self._hexadecimal(counts[IndicatorKind.URL], 4)
        self.hashes = [self._hexadecimal(counts[IndicatorKind.HASH] // 3 + 1, size) for size in (16, 20, 32)]
        self.ja3 = self._hexadecimal(counts[IndicatorKind.JA3], 16)
        halves = self._hexadecimal(counts[IndicatorKind.JA4], 12)
        self.ja4 = [f"t13d1516h2_{half[:12]}_{half[12:]}" for half in halves]
        self.networks = self._networks(counts[IndicatorKind.NETWORK])

    def url_of(self, number: int) -> tuple[str, str]:
        """(host, target) of the URL with this number."""
        return self.domains[number * 3 % len(self.domains)], f"/{self.paths[number]}/index.php?id={number % 97}"

    def indicators(self) -> Iterator[Indicator]:
        """Three in ten have a window that begins or ends in October 2026. Ask once."""
        urls = [f"http://{host}{target}" for host, target in (self.url_of(number) for number in range(len(self.paths)))]
        each: dict[IndicatorKind, Sequence[str]] = {
            IndicatorKind.ADDRESS: self.addresses,
            IndicatorKind.NETWORK: self.networks,
            IndicatorKind.DOMAIN: self.domains,
            IndicatorKind.URL: urls,
            IndicatorKind.HASH: [one for kind in self.hashes for one in kind],
            IndicatorKind.JA3: self.ja3,
            IndicatorKind.JA4: self.ja4,
        }
        for kind, values in each.items():
            drawn, days = self._draw.random(len(values)), self._draw.integers(1, 30, len(values))
            for number, (value, one, day) in enumerate(zip(values, drawn.tolist(), days.tolist(), strict=True)):
                edge = OCTOBER + timedelta(days=day)
                since, until = (edge, None) if one < _TIMED / 2 else (None, edge if one < _TIMED else None)
                yield Indicator(f"{kind}-{number}", kind, value, since, until)

    def _addresses(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            numbers, lows = self._draw.integers(1 << 24, 223 << 24, count), self._draw.integers(0, 1 << 62, count)
            for number, low, is_v6 in zip(
                numbers.tolist(), lows.tolist(), (self._draw.random(count) < _V6).tolist(), strict=True
            ):
                high = 0x2A01 << 112 | number << 80
                found[str(IPv6Address(high | low) if is_v6 else IPv4Address(number))] = None
                if len(found) == count:
                    break
        return list(found)

    def _networks(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        for number in self._draw.integers(0, len(self.addresses), 4 * count).tolist():
            length = 24 if number % 3 else 22
            if ":" in self.addresses[number]:
                base, length = int(IPv6Address(self.addresses[number])), 48
                found[f"{IPv6Address(base >> 80 << 80)}/{length}"] = None
            else:
                base = int(IPv4Address(self.addresses[number]))
                found[f"{IPv4Address(base >> 32 - length << 32 - length)}/{length}"] = None
            if len(found) == count:
                break
        return list(found)

    def _domains(self, count: int) -> list[str]:
        """One in ten lies under another."""
        found: dict[str, None] = {}
        before = ["example.com"]
        for number, word in enumerate(self._hexadecimal(2 * count, 5)):
            name = f"x{word}.{before[-1]}" if number % 10 == 9 else f"x{word}.{_SUFFIXES[number % len(_SUFFIXES)]}"
            found[name] = None
            before[-1] = name if number % 10 < 8 else before[-1]
            if len(found) == count:
                break
        return list(found)

    def _hexadecimal(self, count: int, size: int) -> list[str]:
        text = self._draw.bytes(count * size).hex()
        return [text[place : place + 2 * size] for place in range(0, len(text), 2 * size)]
