"""Indicators laid out flat, so that a field of a log costs a look-up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Network, ip_network
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.answers import Words
from meldpunt.engines.matching.compiling import drawn_seed, micros
from meldpunt.engines.matching.indicators import comparable
from meldpunt.engines.matching.kernel.flattening import flatten, mark_networks
from meldpunt.engines.matching.kernel.hashing import lay_out
from meldpunt.engines.matching.kernel.looking import ALWAYS, NEVER, IndicatorTables, hash_keys
from meldpunt.engines.matching.values import Indicator, IndicatorKind

_KINDS: Final = tuple(IndicatorKind)
_IN_SPACE: Final = (IndicatorKind.ADDRESS, IndicatorKind.NETWORK)
_LAST_HALF: Final = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_BLOOM_BITS_A_KEY: Final = 16
_TOPS: Final = 1 << 16
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class IndicatorTable(NamedTuple):
    """What the indicators are, under their numbers."""

    kinds: npt.NDArray[np.uint8]
    begins: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    ids: Words
    values: Words
    sources: Words

    def get(self, number: int) -> Indicator:
        """The indicator with this number."""
        begins, ends = int(self.begins[number]), int(self.ends[number])
        return Indicator(
            self.ids.get(number),
            _KINDS[self.kinds[number]],
            self.values.get(number),
            None if begins == ALWAYS else _EPOCH + timedelta(microseconds=begins),
            None if ends == NEVER else _EPOCH + timedelta(microseconds=ends),
            self.sources.get(number),
        )

    def __len__(self) -> int:
        return int(self.kinds.size)


@dataclass(frozen=True, slots=True)
class CompiledIndicators:
    """Indicators for the kernel. `version` is the digest of the indicators alone, whatever their order."""

    version: str
    tables: IndicatorTables
    indicators: IndicatorTable


def compile_indicators(
    indicators: Iterable[Indicator], *, seed: npt.NDArray[np.uint64] | None = None
) -> CompiledIndicators:
    """Lay them out; each was read by `read_indicator`. `seed` (shape (257,)) keys the hash; without one it is drawn."""
    held = tuple(indicators)
    seed = drawn_seed() if seed is None else seed
    begins = np.array([ALWAYS if one.valid_from is None else micros(one.valid_from) for one in held], np.int64)
    ends = np.array([NEVER if one.valid_until is None else micros(one.valid_until) for one in held], np.int64)
    tables = IndicatorTables(
        seed=seed, begins=begins, ends=ends, **_keys(seed, held), **_space(held, 4), **_space(held, 6)
    )
    table = IndicatorTable(
        kinds=np.array([_KINDS.index(one.kind) for one in held], np.uint8),
        begins=begins,
        ends=ends,
        ids=Words.of(one.id for one in held),
        values=Words.of(one.value for one in held),
        sources=Words.of(one.source for one in held),
    )
    return CompiledIndicators(version_of_indicators(held), tables, table)


def version_of_indicators(indicators: Iterable[Indicator]) -> str:
    """SHA-256 of the indicators, in an order of their own: which of them a log was matched with."""
    digest = hashlib.sha256()
    for line in sorted(map(_line, indicators)):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _line(one: Indicator) -> str:
    begins = "" if one.valid_from is None else str(micros(one.valid_from))
    ends = "" if one.valid_until is None else str(micros(one.valid_until))
    # The lengths say where each part ends, whatever stands in it.
    lengths = f"{len(one.value)} {len(one.id)} {len(one.source)}"
    return "\t".join((lengths, one.kind, begins, ends, one.value + one.id + one.source))


def _keys(seed: npt.NDArray[np.uint64], held: Sequence[Indicator]) -> dict[str, Any]:
    """Everything but addresses and networks, each kind and text once."""
    known: dict[tuple[IndicatorKind, str], list[int]] = {}
    for number, one in enumerate(held):
        if one.kind not in _IN_SPACE:
            known.setdefault((one.kind, comparable(one)), []).append(number)
    kinds = np.array([_KINDS.index(kind) for kind, _ in known], np.uint8)
    texts = Words.of(text for _, text in known)
    offsets = texts.offsets.astype(np.int32)
    hashes = hash_keys(seed, kinds, texts.held, offsets)
    slots = np.zeros(_power_of_two(2 * len(known)), np.uint64)
    bloom = np.zeros(_power_of_two(_BLOOM_BITS_A_KEY * len(known) // 64), np.uint64)
    lay_out(hashes, slots, bloom)
    item_offsets = np.zeros(len(known) + 1, np.int32)
    np.cumsum([len(numbers) for numbers in known.values()], out=item_offsets[1:])
    return {
        "bloom": bloom,
        "slots": slots,
        "key_kinds": kinds,
        "key_offsets": offsets,
        "key_bytes": texts.held,
        "item_offsets": item_offsets,
        "items": np.array([number for numbers in known.values() for number in numbers], np.int32),
    }


def _space(held: Sequence[Indicator], version: int) -> dict[str, Any]:
    found = [
        (int(network.network_address), int(network.broadcast_address), network.prefixlen, number)
        for number, one in enumerate(held)
        if one.kind in _IN_SPACE and isinstance(network := ip_network(one.value), IPv6Network) == (version == 6)
    ]
    found.sort(key=lambda one: (one[0], one[2]))
    start_highs, start_lows = _halves([one[0] for one in found])
    end_highs, end_lows = _halves([one[1] for one in found])
    last = (np.uint64(0), np.uint64(0xFFFF_FFFF)) if version == 4 else (_LAST_HALF, _LAST_HALF)
    numbers = np.array([one[3] for one in found], np.int32)
    highs, lows, offsets, items = flatten(start_highs, start_lows, end_highs, end_lows, numbers, *last)
    tops = np.arange(_TOPS + 1, dtype=np.uint64)
    if version == 4:
        bits = np.zeros(1 << 18, np.uint64)
        mark_networks(start_lows, end_lows, bits)
        last_before = np.searchsorted(lows, tops << np.uint64(16), side="right") - 1
        named = {"bits": bits, "starts": lows.astype(np.uint32)}
    else:
        wanted = tops[:-1] << np.uint64(48)
        places = np.searchsorted(highs, wanted, side="left")
        there = np.minimum(places, highs.size - 1)
        begins_there = (places < highs.size) & (highs[there] == wanted) & (lows[there] == 0)
        last_before = np.append(places - 1 + begins_there, highs.size - 1)
        named = {"highs": highs, "lows": lows}
    return {
        f"v{version}_{name}": array
        for name, array in {**named, "tops": last_before.astype(np.int32), "offsets": offsets, "items": items}.items()
    }


def _halves(numbers: Sequence[int]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    return (
        np.array([number >> 64 for number in numbers], np.uint64),
        np.array([number & 0xFFFF_FFFF_FFFF_FFFF for number in numbers], np.uint64),
    )


def _power_of_two(least: int) -> int:
    return 1 << max(least - 1, 0).bit_length()
