"""Indicators hunted back through rollups: every find is compared byte by byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from ipaddress import ip_address, ip_network
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.answers import Words
from meldpunt.engines.matching.artefacts import refusing_nonsense
from meldpunt.engines.matching.compiling import micros
from meldpunt.engines.matching.indicators import comparable
from meldpunt.engines.matching.kernel.hunting import compare_values, find_places
from meldpunt.engines.matching.kernel.looking import ALWAYS, NEVER, hash_keys
from meldpunt.engines.matching.rollups.files import Read, Rollup, read_rollup
from meldpunt.engines.matching.rollups.manifest import Held
from meldpunt.engines.matching.rollups.store import Store, instant
from meldpunt.engines.matching.values import Indicator, IndicatorKind

_KINDS: Final = tuple(IndicatorKind)
_SPACE: Final = (IndicatorKind.ADDRESS, IndicatorKind.NETWORK)
_PLACE: Final = (1 << 48) - 1
_MAPPED: Final = 0xFFFF << 32

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stood: the log, and at which byte of it after decompression."""

    file: str
    offset: int


@dataclass(frozen=True, slots=True)
class Find:
    """An indicator that was seen on a day, in a column of a kind of log of a source.

    `count` is how many records said a value of it, `first` and `last` when. Where it is not `is_exact` there may be
    fewer, and `first` and `last` are the earliest and latest they may have been: the window of the indicator begins or
    ends between two of them, or one record says several values in a list.
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
    """All indicators at once, those that have a fingerprint first: the others are looked for by first and last address.

    `begins` and `ends` are microseconds since 1970, of a window that is left out of account the ends of time.
    """

    def __init__(self, indicators: Iterable[Indicator], seed: npt.NDArray[np.uint64], *, whenever: bool) -> None:
        held = tuple(indicators)
        named = [one for one in held if one.kind not in _SPACE]
        placed = [one for one in held if one.kind in _SPACE]
        self.indicators = (*named, *placed)
        self.kinds = np.array([_KINDS.index(one.kind) for one in named], np.uint8)
        self.words = Words.of(comparable(one) for one in named)
        self.prints = hash_keys(seed, self.kinds, self.words.held, self.words.offsets.astype(np.int32))
        spans = [_span(one) for one in placed]
        self.firsts, self.lasts = _halves([first for first, _ in spans]), _halves([last for _, last in spans])
        self.is_v6 = np.array([":" in one.value for one in placed], np.bool_)
        windows = [(None, None) if whenever else (one.valid_from, one.valid_until) for one in self.indicators]
        self.begins = np.array([ALWAYS if begins is None else micros(begins) for begins, _ in windows], np.int64)
        self.ends = np.array([NEVER if ends is None else micros(ends) for _, ends in windows], np.int64)


def _span(one: Indicator) -> tuple[int, int]:
    """First and last address, as numbers of 128 bits; those of IPv4 among the mapped ones."""
    if one.kind is IndicatorKind.ADDRESS:
        first = last = int(address := ip_address(one.value))
    else:
        network = ip_network(one.value)
        address, first, last = network.network_address, int(network.network_address), int(network.broadcast_address)
    return (first | _MAPPED, last | _MAPPED) if address.version == 4 else (first, last)


def _halves(numbers: Sequence[int]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    low = 0xFFFF_FFFF_FFFF_FFFF
    return np.array([one >> 64 for one in numbers], np.uint64), np.array([one & low for one in numbers], np.uint64)


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
    asked = _Asked(indicators, store.seed, whenever=whenever)
    for held in store.held(since=since, until=until):
        path = store.folder / held.file
        read = read_rollup(path, is_checked=is_checked)
        with refusing_nonsense(path):
            found = list(_in_rollup(read, held, asked))
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


def _in_rollup(read: Read, held: Held, asked: _Asked) -> Iterator[Find]:
    """One find for each indicator and column in which a value of it was said while it held."""
    which, values = (
        np.concatenate(pair) for pair in zip(_named(read.rollup, asked), _placed(read.rollup, asked), strict=True)
    )
    begins, ends = asked.begins[which], asked.ends[which]
    firsts, lasts = read.rollup.firsts[values], read.rollup.lasts[values]
    kept = np.flatnonzero((lasts >= begins) & (firsts < ends))
    which, values = which[kept], values[kept]
    order = np.lexsort((read.rollup.columns[values], which))
    kept, which, values = kept[order], which[order], values[order]
    columns = read.rollup.columns[values]
    starts = np.flatnonzero((np.diff(which, prepend=-1) != 0) | (np.diff(columns.astype(np.int64), prepend=-1) != 0))
    if not starts.size:
        return
    is_cut = np.logical_or.reduceat((firsts < begins)[kept] | (lasts >= ends)[kept], starts)
    counts = np.add.reduceat(read.rollup.counts[values], starts)
    earliest = np.minimum.reduceat(np.maximum(firsts, begins)[kept], starts)
    latest = np.maximum.reduceat(np.minimum(lasts, ends - 1)[kept], starts)
    sizes = np.diff(starts, append=values.size)
    places = _first_places(read.rollup.places[values], np.repeat(np.arange(starts.size), sizes))
    for number, start in enumerate(starts.tolist()):
        log, name, is_list = read.columns[int(columns[start])]
        # A record of a list may say two values of one network, and is counted by each of them.
        is_exact = bool((sizes[number] == 1 or not is_list) and not is_cut[number])
        yield Find(
            asked.indicators[int(which[start])],
            held.source,
            held.day,
            log,
            name,
            int(counts[number]),
            is_exact,
            instant(int(earliest[number])),
            instant(int(latest[number])),
            tuple(Place(read.files[place >> 48], place & _PLACE) for place in places.get(number, ())),
        )


def _named(rollup: Rollup, asked: _Asked) -> tuple[Numbers, Numbers]:
    """(indicators, values) that are the same, of those that have a fingerprint."""
    lows = np.searchsorted(rollup.prints, asked.prints, side="left")
    sizes = np.searchsorted(rollup.prints, asked.prints, side="right") - lows
    which = np.repeat(np.arange(sizes.size, dtype=np.int32), sizes)
    values = rollup.print_values[_expanded(lows, sizes)]
    is_same = np.zeros(values.size, np.bool_)
    held = (rollup.kinds, rollup.offsets, rollup.text)
    if not compare_values(*held, values, which, asked.kinds, asked.words.offsets, asked.words.held, is_same):
        raise IndexError("a value lies outside it")
    # Of a name that has the same fingerprint as one above it, each leads to it.
    pairs = np.unique(which[is_same].astype(np.int64) << 32 | values[is_same])
    return pairs >> 32, pairs & 0xFFFF_FFFF


def _placed(rollup: Rollup, asked: _Asked) -> tuple[Numbers, Numbers]:
    """(indicators, values): the addresses that lie in each. Those of IPv4 stand among the mapped ones, and are in no
    network of IPv6."""
    lows, highs = np.empty(asked.is_v6.size, np.int64), np.empty(asked.is_v6.size, np.int64)
    find_places(rollup.address_highs, rollup.address_lows, *asked.firsts, False, lows)  # noqa: FBT003
    find_places(rollup.address_highs, rollup.address_lows, *asked.lasts, True, highs)  # noqa: FBT003
    sizes = np.maximum(highs - lows, 0)
    which, places = np.repeat(np.arange(sizes.size), sizes), _expanded(lows, sizes)
    is_mapped = (rollup.address_highs[places] == 0) & (rollup.address_lows[places] >> np.uint64(32) == 0xFFFF)
    kept = ~(asked.is_v6[which] & is_mapped)
    return which[kept] + asked.kinds.size, rollup.address_values[places[kept]].astype(np.int64)


def _expanded(starts: Numbers, sizes: Numbers) -> Numbers:
    """`starts[k]`, `starts[k] + 1` and so on, `sizes[k]` of them, for each k."""
    before = np.cumsum(sizes) - sizes
    return np.repeat(starts - before, sizes) + np.arange(int(sizes.sum()))


def _first_places(places: Numbers, of: Numbers) -> dict[int, list[int]]:
    """The first few places that each find has; `of` says of which find a row of places is."""
    finds, flat = np.repeat(of, places.shape[1]), places.ravel()
    finds, flat = np.unique(np.stack([finds[flat >= 0], flat[flat >= 0]]), axis=1)
    starts = np.flatnonzero(np.diff(finds, prepend=-1))
    ends = np.minimum(np.append(starts[1:], finds.size), starts + places.shape[1])
    return {
        find: flat[start:end].tolist()
        for find, start, end in zip(finds[starts].tolist(), starts.tolist(), ends.tolist(), strict=True)
    }
