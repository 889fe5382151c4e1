"""Indicators hunted back through rollups: every find is compared byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_network
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.answers import Words
from meldpunt.engines.matching.artefacts import refusing_nonsense
from meldpunt.engines.matching.compiling import micros
from meldpunt.engines.matching.indicators import comparable
from meldpunt.engines.matching.kernel.looking import hash_keys
from meldpunt.engines.matching.rollups.files import Read, Rollup, read_rollup
from meldpunt.engines.matching.rollups.leaving_out import pack
from meldpunt.engines.matching.rollups.manifest import Held
from meldpunt.engines.matching.rollups.store import Store, instant
from meldpunt.engines.matching.values import Indicator, IndicatorKind

_KINDS: Final = tuple(IndicatorKind)
_SPACE: Final = (IndicatorKind.ADDRESS, IndicatorKind.NETWORK)
_PLACE: Final = (1 << 48) - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stood: the log, and at which byte of it after decompression."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Find:
    """An indicator that was seen on a day, in a column of a kind of log of a source.

    `count` is how many records said a value of it. Where it is not `is_exact` there may be fewer: the window of the
    indicator begins or ends between two of them, or one record says several values in a list.
    """

    indicator: Indicator
    source: str
    day: date
    log: str
    column: str
    count: int
    is_exact: bool
    first: datetime
    last: datetime
    places: tuple[Place, ...]


class _Asked:
    """All indicators at once: fingerprints of those that have one, first and last addresses of the others."""

    def __init__(self, indicators: Iterable[Indicator], seed: npt.NDArray[np.uint64]) -> None:
        held = tuple(indicators)
        self.named = [one for one in held if one.kind not in _SPACE]
        self.texts = [comparable(one).encode() for one in self.named]
        kinds = np.array([_KINDS.index(one.kind) for one in self.named], np.uint8)
        words = Words.of(text.decode() for text in self.texts)
        self.prints = hash_keys(seed, kinds, words.held, words.offsets.astype(np.int32))
        self.placed = [one for one in held if one.kind in _SPACE]
        networks = [ip_network(one.value) for one in self.placed]
        self.firsts = [_number(pack(str(network.network_address))) for network in networks]
        self.lasts = [_number(pack(str(network.broadcast_address))) for network in networks]


def hunt(
    store: Store,
    indicators: Iterable[Indicator],
    *,
    since: date | None = None,
    until: date | None = None,
    whenever: bool = False,
    is_checked: bool = False,
) -> Iterator[Find]:
    """What the rollups of these days (`until` among them) say of the indicators, day by day.

    `whenever` leaves windows out of account; `is_checked` takes the digest of each rollup first. Raises
    `ArtefactBroken` for a rollup that is damaged, OSError.
    """
    asked = _Asked(indicators, store.seed)
    for held in store.held(since=since, until=until):
        path = store.folder / held.file
        read = read_rollup(path, is_checked=is_checked)
        with refusing_nonsense(path):
            found = list(_in_rollup(read, held, asked, whenever=whenever))
        yield from found


def expected_volume(store: Store, indicators: Iterable[Indicator]) -> list[tuple[Indicator, float]]:
    """How many records a day each would have met, most first, those that met none left out. A network that is in
    everybody's logs stands out here before it floods anybody."""
    days = {held.day for held in store.held()}
    found: dict[Indicator, int] = {}
    for find in hunt(store, indicators, whenever=True):
        found[find.indicator] = found.get(find.indicator, 0) + find.count
    volume = [(one, count / len(days)) for one, count in found.items()]
    return sorted(volume, key=lambda pair: -pair[1])


def _in_rollup(read: Read, held: Held, asked: _Asked, *, whenever: bool) -> Iterator[Find]:
    rollup = read.rollup
    lows = np.searchsorted(rollup.prints, asked.prints, side="left")
    highs = np.searchsorted(rollup.prints, asked.prints, side="right")
    for number in np.flatnonzero(highs > lows).tolist():
        one, text = asked.named[number], asked.texts[number]
        values = rollup.print_values[lows[number] : highs[number]]
        same = [value for value in sorted(set(values.tolist())) if _is_of(rollup, value, one.kind, text)]
        yield from _finds(read, held, one, np.array(same, np.int64), whenever=whenever)
    if asked.placed:
        yield from _in_space(read, held, asked, whenever=whenever)


def _in_space(read: Read, held: Held, asked: _Asked, *, whenever: bool) -> Iterator[Find]:
    rollup = read.rollup
    lows = _places(rollup, asked.firsts)
    highs = _places(rollup, [last + 1 for last in asked.lasts])
    for number in np.flatnonzero(highs > lows).tolist():
        place, one = slice(lows[number], highs[number]), asked.placed[number]
        values = rollup.address_values[place].astype(np.int64)
        if ":" in one.value:
            # IPv4 addresses stand among the mapped ones, and are in no network of IPv6.
            is_mapped = (rollup.address_highs[place] == 0) & (rollup.address_lows[place] >> np.uint64(32) == 0xFFFF)
            values = values[~is_mapped]
        yield from _finds(read, held, one, values, whenever=whenever)


def _places(rollup: Rollup, numbers: list[int]) -> npt.NDArray[np.int64]:
    """How many addresses lie before each of these numbers of 128 bits; one beyond the last has all before it."""
    highs = np.array([min(number >> 64, 0xFFFF_FFFF_FFFF_FFFF) for number in numbers], np.uint64)
    lows = [number & 0xFFFF_FFFF_FFFF_FFFF for number in numbers]
    first = np.searchsorted(rollup.address_highs, highs, side="left")
    until = np.searchsorted(rollup.address_highs, highs, side="right")
    found = [
        rollup.address_lows.size
        if number >> 128
        else int(one + np.searchsorted(rollup.address_lows[one:end], np.uint64(low), side="left"))
        for number, low, one, end in zip(numbers, lows, first.tolist(), until.tolist(), strict=True)
    ]
    return np.array(found, np.int64)


def _is_of(rollup: Rollup, value: int, kind: IndicatorKind, text: bytes) -> bool:
    """Whether the value is the indicator's, or a name under it: equal fingerprints are not enough."""
    if _KINDS[rollup.kinds[value]] is not kind:
        return False
    said = bytes(rollup.text[rollup.offsets[value] : rollup.offsets[value + 1]])
    return said == text or (kind is IndicatorKind.DOMAIN and said.endswith(b"." + text))


def _finds(
    read: Read, held: Held, indicator: Indicator, values: npt.NDArray[np.int64], *, whenever: bool
) -> Iterator[Find]:
    """One for each column in which a value of the indicator was said while it held."""
    rollup = read.rollup
    begins = None if whenever or indicator.valid_from is None else micros(indicator.valid_from)
    ends = None if whenever or indicator.valid_until is None else micros(indicator.valid_until)
    for column in np.unique(rollup.columns[values]).tolist():
        log, name, is_list = read.columns[column]
        ours = values[rollup.columns[values] == column]
        firsts, lasts = rollup.firsts[ours], rollup.lasts[ours]
        holds = np.ones(ours.size, np.bool_)
        is_cut = np.zeros(ours.size, np.bool_)
        if begins is not None:
            holds &= lasts >= begins
            is_cut |= firsts < begins
        if ends is not None:
            holds &= firsts < ends
            is_cut |= lasts >= ends
        if not holds.any():
            continue
        kept = ours[holds]
        # A record of a list may say two values of one network, and is counted by each of them.
        is_exact = bool((kept.size == 1 or not is_list) and not is_cut[holds].any())
        places = sorted({place for place in rollup.places[kept].ravel().tolist() if place >= 0})[
            : rollup.places.shape[1]
        ]
        yield Find(
            indicator,
            held.source,
            held.day,
            log,
            name,
            int(rollup.counts[kept].sum()),
            is_exact,
            instant(int(rollup.firsts[kept].min())),
            instant(int(rollup.lasts[kept].max())),
            tuple(Place(read.files[place >> 48], place & _PLACE) for place in places),
        )


def _number(packed: bytes) -> int:
    return int.from_bytes(packed, "big")
