"""Which statutory deadlines are near or passed, of all reports at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..deadline_values import DeadlineLine, Deadlines, Reminder
from ..values import ReportKind, Stage, State
from .rows import clocks_from_row, lines_from, stages_of

MOST_REPORTS: Final = 2_000
"""Reports that still owe a stage and are looked at in one go, the newest first."""
_FELL_AWAY: Final = (State.DECLINED, State.REDIRECTED, State.SET_ASIDE)


@look(Permission.REPORT_READ)
def list_deadlines(viewer: Actor, /, *, within: timedelta) -> Deadlines:
    """What is due within this time or overdue, of reports on which a duty still hangs; the first due first."""
    until = timezone.now() + within
    rows = list(owing()[: MOST_REPORTS + 1])
    stages = stages_of(row.id for row in rows)
    due = {
        row.id: [one for one in clocks_from_row(row, stages.get(row.id, ())) if not one.met_at and one.deadline]
        for row in rows[:MOST_REPORTS]
    }
    near = {report: [one for one in clocks if _ends(one.deadline) <= until] for report, clocks in due.items()}
    lines = {line.id: line for line in lines_from(row for row in rows if near.get(row.id))}
    went = reminders_of(lines)
    found = [
        DeadlineLine(line, clock, tuple(at for one, at in went[line.id] if one.clock == clock.id))
        for line in lines.values()
        for clock in near[line.id]
    ]
    return Deadlines(
        tuple(sorted(found, key=lambda one: (_ends(one.clock.deadline), one.report.reference))),
        is_whole=len(rows) <= MOST_REPORTS,
    )


def owing() -> QuerySet[models.Report]:
    """Reports on which a duty hangs that is not done; whatever was sent on or declined fell away.

    A final report alone ends nothing: what should have come before it is owed, and overdue.
    """
    sent = models.SubmittedStage.objects.filter(report_id=OuterRef("id"))
    is_done = Exists(sent.filter(stage=Stage.FINAL.value)) & Exists(sent.filter(stage=Stage.NOTIFICATION.value))
    rows = models.Report.objects.filter(kind=ReportKind.STATUTORY.value).exclude(entity_kind="")
    return rows.exclude(state__in=_FELL_AWAY).exclude(is_done).order_by("-received_at")


def reminders_of(reports: Collection[UUID]) -> Mapping[UUID, list[tuple[Reminder, datetime]]]:
    """The reminders that went, and when, by report."""
    found: defaultdict[UUID, list[tuple[Reminder, datetime]]] = defaultdict(list)
    for row in models.Reminder.objects.filter(report_id__in=list(reports)).order_by("reminded_at"):
        found[row.report_id].append((Reminder(row.clock, row.deadline, row.hours_before), row.reminded_at))
    return found


def _ends(deadline: datetime | None) -> datetime:
    # Those without an end are left out before.
    assert deadline is not None
    return deadline
