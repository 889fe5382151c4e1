"""Which statutory clocks a report has, from its own facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from meldpunt.law import Clock, ClockState, clocks_for, event_from_reports
from meldpunt.law import Stage as LawStage
from meldpunt.vocabulary.entities import EntityKind

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

    They run from awareness, or from reception where the reporter did not say when they became aware. The first
    submission of a stage stops its clock: a revision never restarts one. An addition touches none.
    """
    if kind is not ReportKind.STATUTORY or entity_kind not in list(EntityKind):
        return ()
    event = event_from_reports(
        aware_at=aware_at or received_at,
        reports=[(LawStage(stage.value), at) for stage, at in stages if stage not in _WITHOUT_A_CLOCK],
        ended_at=ended_at,
    )
    return clocks_for(entity_kind=EntityKind(entity_kind), event=event)


def first_due(clocks: Iterable[Clock]) -> Clock | None:
    """The clock whose deadline comes first among those not met yet."""
    running = [clock for clock in clocks if clock.state in (ClockState.RUNNING, ClockState.WAITING)]
    return min((clock for clock in running if clock.deadline), key=lambda clock: str(clock.deadline), default=None)
