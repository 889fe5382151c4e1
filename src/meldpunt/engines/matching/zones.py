"""Zones of local time, for sources that write no zone: declared by whoever knows the source, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from meldpunt.engines.matching.errors import ZoneUnknown
from meldpunt.engines.matching.kernel.instants import TWICE_OR_NEVER, Clock

UTC_CLOCK: Final = Clock(np.zeros(0, np.int64), np.zeros(0, np.int64))
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = datetime(1969, 12, 28, tzinfo=UTC), datetime(2200, 1, 4, tzinfo=UTC)
_STEP: Final = timedelta(days=1)
"""No zone changes its clocks twice within a day and ends where it began."""
_SECOND: Final = timedelta(seconds=1)


def read_zone(name: str) -> ZoneInfo:
    """The zone of that name in the database of time zones (IANA). Raises `ZoneUnknown`."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
        raise ZoneUnknown(name) from unknown


@lru_cache(maxsize=32)
def clock_of(zone: tzinfo) -> Clock:
    """What the clocks of the zone show from 1970 to 2199, laid out for the kernel."""
    ahead = _ahead(_FIRST, zone)
    starts, offsets = [np.iinfo(np.int64).min], [ahead]
    for change, then in _changes(zone):
        edge = (change - _EPOCH) // _SECOND
        starts += [edge + min(ahead, then), edge + max(ahead, then)]
        offsets += [TWICE_OR_NEVER, then]
        ahead = then
    micros = [int(start) if number == 0 else start * 1_000_000 for number, start in enumerate(starts)]
    held = [one if one == TWICE_OR_NEVER else one * 1_000_000 for one in offsets]
    return Clock(np.array(micros, np.int64), np.array(held, np.int64))


def _changes(zone: tzinfo) -> Iterator[tuple[datetime, int]]:
    """(the instant to the second, seconds ahead of UTC from then on) of each change."""
    day = _FIRST
    while day < _LAST:
        if _ahead(day + _STEP, zone) != _ahead(day, zone):
            before, after = day, day + _STEP
            while after - before > _SECOND:
                middle = before + ((after - before) // 2 // _SECOND) * _SECOND
                before, after = (before, middle) if _ahead(middle, zone) != _ahead(day, zone) else (middle, after)
            yield after, _ahead(after, zone)
        day += _STEP


def _ahead(instant: datetime, zone: tzinfo) -> int:
    offset = instant.astimezone(zone).utcoffset()
    assert offset is not None
    return offset // _SECOND
