"""When posts go: under a name at the next minute, unattributed in rounds at fixed instants, for all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from ..words import PostState


def last_round(now: datetime, rounds: Sequence[time]) -> datetime:
    """The last fixed instant up to `now`, in the time zone of `now`. `rounds` is not empty."""
    return max(one for one in _around(now, rounds) if one <= now)


def next_round(now: datetime, rounds: Sequence[time]) -> datetime:
    """The first fixed instant after `now`, in the time zone of `now`. `rounds` is not empty."""
    return min(one for one in _around(now, rounds) if one > now)


def urgent_hour(now: datetime) -> datetime:
    """When something urgent goes: at the next full hour, for a moment of its own would point at who just wrote."""
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def is_due(
    state: PostState,
    *,
    is_unattributed: bool,
    asked_at: datetime,
    go_at: datetime | None,
    now: datetime,
    rounds: Sequence[time],
) -> bool:
    """Whether a post that waits since `asked_at`, to be told or withdrawn, goes now."""
    if state not in {PostState.WAITING, PostState.WITHDRAWING}:
        return False
    if not is_unattributed:
        return True
    return asked_at <= last_round(now, rounds) or is_hurried(go_at, now=now)


def is_hurried(go_at: datetime | None, *, now: datetime) -> bool:
    """Whether the desk let it go earlier, and its hour has come: alone if need be, which its author can see."""
    return go_at is not None and go_at <= now


def _around(now: datetime, rounds: Sequence[time]) -> list[datetime]:
    days = (now.date() + timedelta(days=offset) for offset in (-1, 0, 1))
    return [datetime.combine(day, one, tzinfo=now.tzinfo) for day in days for one in rounds]
