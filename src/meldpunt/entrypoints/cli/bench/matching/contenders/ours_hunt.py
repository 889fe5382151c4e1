"""A hunt through rollups: the indicators as they are read, the store as it lies on the disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from meldpunt.engines.matching.artefacts import read_indicators
from meldpunt.engines.matching.rollups.hunting import Find, hunt
from meldpunt.engines.matching.rollups.store import Store
from meldpunt.engines.matching.values import Indicator

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LISTS: Final = ("answers",)
"""A record of a list is counted by each value of it."""


def prepare(folder: Path) -> tuple[Store, Sequence[Indicator]]:
    """Read the indicators, and hunt for one of them so that the kernel is there."""
    table = read_indicators(next((folder / "indicators").glob("*.indicators"))).indicators
    store, indicators = Store(folder / "store"), [table.get(number) for number in range(len(table))]
    list(hunt(store, indicators[:1]))
    return store, indicators


def run(prepared: tuple[Store, Sequence[Indicator]]) -> Iterable[tuple[object, ...]]:
    """Log, column, indicator, first, last and count of each sighting over all days."""
    store, indicators = prepared
    found: dict[tuple[str, str, str], list[Find]] = {}
    for one in hunt(store, indicators, whenever=True):
        found.setdefault((one.log, one.column, one.indicator.id), []).append(one)
    for key, finds in found.items():
        first, last = min(one.first for one in finds), max(one.last for one in finds)
        yield *key, _micros(first), _micros(last), 0 if key[1] in _LISTS else sum(one.count for one in finds)


def _micros(instant: datetime) -> int:
    return (instant - _EPOCH) // timedelta(microseconds=1)
