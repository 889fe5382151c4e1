"""Outages of several reports laid together, each from the hour at which it began. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from meldpunt.engines.cascade import Interruption, Overlapping

from ..values import Outage, ReportOutage
from .estimating import InTime, recovery_of

LONGEST_AGO_HOURS: Final = 72
"""What began longer ago counts as if it began then: by that time hardly a buffer is left, and each hour costs time."""
_HOUR: Final = timedelta(hours=1)


def is_over(outage: Outage, *, since: datetime, now: datetime) -> bool:
    """Whether what was estimated to stand still since then is back by now, as far as was said."""
    if outage.until_hour is None:
        return False
    return now >= since + timedelta(hours=outage.until_hour + (outage.recovers_in_hours or 0))


def began_at(versions: Sequence[tuple[datetime, Collection[str]]], nodes: Collection[str]) -> dict[str, datetime]:
    """Since when each of these nodes is out by every version of an estimate, of which the newest comes first."""
    began: dict[str, datetime] = {}
    standing = set(nodes)
    for at, out in versions:
        standing &= set(out)
        began |= dict.fromkeys(standing, at)
    return began


def hours_ago(outages: Iterable[ReportOutage], *, now: datetime) -> int:
    """How many whole hours ago the first of these began, at most 72."""
    began = [at for one in outages for at in one.began.values()]
    return min(max((int((now - at) / _HOUR) for at in began), default=0), LONGEST_AGO_HOURS)


def laid_together(
    outages: Sequence[ReportOutage], *, supposed: Mapping[str, float], now: datetime, now_hour: int
) -> InTime:
    """All at once, each cause from when it began until it was said to end; what is supposed begins now and lasts.

    Hour 0 lies `now_hour` hours ago.
    """
    causes: defaultdict[str, list[Interruption]] = defaultdict(list)
    for one in outages:
        for node, share in one.outage.shares.items():
            causes[node].append(_cause(one, node, share, now=now, now_hour=now_hour))
    for node, share in supposed.items():
        causes[node].append(Interruption(share, from_hour=now_hour))
    return InTime({node: Overlapping(tuple(found)) for node, found in causes.items()}, now_hour)


def in_short(outages: Iterable[Outage]) -> Outage:
    """Of each node the greatest share that any of these says, without their times."""
    shares: dict[str, float] = {}
    for one in outages:
        for node, share in one.shares.items():
            shares[node] = max(share, shares.get(node, 0.0))
    return Outage(shares)


def _cause(one: ReportOutage, node: str, share: float, *, now: datetime, now_hour: int) -> Interruption:
    from_hour = max(now_hour - int((now - one.began[node]) / _HOUR), 0)
    if one.outage.until_hour is None:
        return Interruption(share, from_hour=from_hour)
    left = one.estimated_at + timedelta(hours=one.outage.until_hour) - now
    until_hour = max(now_hour + ceil(left / _HOUR), from_hour + 1)
    return Interruption(share, until_hour, recovery_of(share, one.outage.recovers_in_hours), from_hour)
