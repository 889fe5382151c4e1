"""The same clock and the same dice for every world, so that only the victim differs.

Nothing of ours is replaced: the clock is Django's, the dice are the standard library's, which every key, code, id and
salt of ours is thrown with. PostgreSQL's own clock runs on; it decides about minutes, and a world takes seconds.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from itertools import count

from django.utils import timezone


class Sameness:
    """What time it is and which number comes next, told anew for each moment of a world."""

    def __init__(self, begins_at: datetime) -> None:
        self._begins_at = begins_at
        self.at("the beginning", seconds=0)

    def at(self, moment: str, *, seconds: float) -> None:
        """From here on: so many seconds after the beginning, with the dice that belong to this moment."""
        self._moment, self.seconds = moment, seconds
        self._now = self._begins_at + timedelta(seconds=seconds)
        self._ticks, self._thrown = count(), count()
        random.seed(moment)

    def now(self) -> datetime:
        """Each look at the clock is a microsecond later, so that two things of one moment keep their order."""
        return self._now + timedelta(microseconds=next(self._ticks))

    def throw(self, size: int) -> bytes:
        """As many bytes as were asked for; never the same twice in one world."""
        key = f"{self._moment} {next(self._thrown)}".encode()
        return hashlib.shake_256(key).digest(size)


class _Datetimes(type):
    """Every instant is one, whichever clock it came from."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


def _clock_of(sameness: Sameness) -> type[datetime]:
    """What `timezone.now` looks at; models hold on to that function itself, so it stays."""

    class Clock(datetime, metaclass=_Datetimes):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return sameness.now().astimezone(tz)

    return Clock


@contextmanager
def held(sameness: Sameness) -> Iterator[None]:
    """Within the block `uuid`, `secrets`, `time.time` and Django's clock ask `sameness`."""
    places: tuple[tuple[object, str, object], ...] = (
        (timezone, "datetime", _clock_of(sameness)),
        (time, "time", lambda: sameness.now().timestamp()),
        (os, "urandom", sameness.throw),
        (random, "_urandom", sameness.throw),
    )
    before = [(place, name, getattr(place, name)) for place, name, _ in places]
    state = random.getstate()
    for place, name, ours in places:
        setattr(place, name, ours)
    try:
        yield
    finally:
        for place, name, theirs in before:
            setattr(place, name, theirs)
        random.setstate(state)
