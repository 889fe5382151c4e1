"""Which statutory clocks a report has, from its own facts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from meldpunt.law import Clock, ClockState, clocks_for, event_from_reports
from meldpunt.law import Stage as LawStage
from meldpunt.vocabulary.entities import EntityKind

from .deadline_values import Reminder
from .values import ReportKind, Stage

_WITHOUT_A_CLOCK = (Stage.ADDITION, Stage.CORRECTION)


def clocks_from(
    *,
    kind: ReportKind,
    entity_kind: str,
    aware_at: datetime | None,
    received_at: datetime,
    stages: Iterable[tuple[Stage, datetime]],
    ended_at: datetime | None,
) -> tuple[Clock, ...]:
    """The clocks of a statutory report by an entity of a known kind; none for any other.

    They run from awareness, and from reception at the latest, also where the reporter did not say when they became
    aware. The first submission of a stage stops its clock: a revision never restarts one. An addition touches none.
    """
    if kind is not ReportKind.STATUTORY or entity_kind not in list(EntityKind):
        return ()
    event = event_from_reports(
        # Whoever tells us is aware: a clock of theirs that is fast buys no time.
        aware_at=min(aware_at or received_at, received_at),
        reports=[(LawStage(stage.value), at) for stage, at in stages if stage not in _WITHOUT_A_CLOCK],
        ended_at=ended_at,
    )
    return clocks_for(entity_kind=EntityKind(entity_kind), event=event)


def first_due(clocks: Iterable[Clock]) -> Clock | None:
    """The clock whose deadline comes first among those not met yet."""
    running = [clock for clock in clocks if clock.state in (ClockState.RUNNING, ClockState.WAITING)]
    return min((clock for clock in running if clock.deadline), key=lambda clock: str(clock.deadline), default=None)


def reminders_due(
    clocks: Iterable[Clock], *, received_at: datetime, hours: Collection[int], went: Collection[Reminder], now: datetime
) -> Iterator[tuple[Clock, Reminder]]:
    """Of which clocks whoever reported is to be reminded at this moment: so many hours before the end, or after it.

    Nobody is reminded of what is in, of a clock that has not begun, or of a moment that had passed when the clock stood
    on their receipt. Of several moments that were missed the last one counts.
    """
    for clock in clocks:
        if clock.state is not ClockState.RUNNING or clock.deadline is None:
            continue
        past = [lead for lead in (*hours, 0) if clock.deadline - timedelta(hours=lead) < now]
        if not past:
            continue
        due = Reminder(clock.id, clock.deadline, min(past))
        known_at = max(received_at, clock.starts_from or received_at)
        if due not in went and known_at < clock.deadline - timedelta(hours=due.hours_before):
            yield clock, due
