"""Which reports are one line of the queue, because they look like one wave or one sender storms. No I/O, no clock.

What stands behind another must be as grave as what leads it: so they share the victim, the sector, the alarming
words and the kind of incident that the words point at, and a single one that differs keeps a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from meldpunt.intake.values import ReportId
from meldpunt.intake.wave_values import Untouched

WINDOW: Final = timedelta(hours=24)
FEWEST: Final = 5
"""Look-alikes of one wave; fewer stand each on a line of their own."""
STORM_WINDOW: Final = timedelta(hours=1)
STORM: Final = 10
"""Mails of one sender within the hour."""

Likeness = tuple[object, ...]


def gather(
    reports: Sequence[Untouched], *, looks: Callable[[Untouched], Likeness], now: datetime
) -> dict[ReportId, ReportId]:
    """Per report behind whom it stands; who leads is in no key. `looks` says by what a grave one would stand out.

    What leads others stays where it is. Oldest first in, so the same reports always give the same lines.
    """
    waves = _heads(((one.wave, one) for one in reports), fewest=FEWEST, looks=looks)
    taken = waves.keys() | set(waves.values())
    recent = [one for one in reports if one.report not in taken and one.received_at > now - STORM_WINDOW]
    return waves | _heads(((one.mailer, one) for one in recent), fewest=STORM, looks=looks)


def _heads(
    printed: Iterable[tuple[str, Untouched]], *, fewest: int, looks: Callable[[Untouched], Likeness]
) -> dict[ReportId, ReportId]:
    by_print: defaultdict[str, list[Untouched]] = defaultdict(list)
    for print_, one in printed:
        if print_:
            by_print[print_].append(one)
    heads: dict[ReportId, ReportId] = {}
    for alike in by_print.values():
        if _size(alike) < fewest:
            continue
        parts: defaultdict[Likeness, list[Untouched]] = defaultdict(list)
        for one in alike:
            parts[(one.organisation, one.sector, one.channel, *looks(one))].append(one)
        for part in parts.values():
            heads |= _behind_the_first(part)
    return heads


def _behind_the_first(part: Sequence[Untouched]) -> Mapping[ReportId, ReportId]:
    first = max(part, key=lambda one: one.leads)
    return {one.report: first.report for one in part if one is not first and not one.leads}


def _size(reports: Iterable[Untouched]) -> int:
    return sum(1 + one.leads for one in reports)
