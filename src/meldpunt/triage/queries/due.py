"""Which open reports have a statutory deadline today, or one that is past."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone

from meldpunt.access.values import Actor
from meldpunt.intake import queries as intake_queries

from .. import models
from ..rules.deciding import first_due
from ..values import Attention, QueueFilters

MOST: Final = 2_000
"""Reports with a duty that are looked at, the longest running first: a clock that began later ends later."""


def due_today(viewer: Actor, filters: QueueFilters) -> tuple[UUID, ...]:
    """Those reports where the filters ask for them, and else none."""
    if filters.attention is not Attention.TODAY:
        return ()
    lines = models.Line.objects.filter(is_open=True, duty=0).order_by("duty", "began_at", "report_id")
    clocks = intake_queries.list_clocks(viewer, reports=list(lines.values_list("report_id", flat=True)[:MOST]))
    ends = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    first = {report: first_due(found) for report, found in clocks.items()}
    return tuple(report for report, due in first.items() if due and due.deadline and due.deadline < ends)
