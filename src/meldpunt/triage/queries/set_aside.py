"""What was set aside, why, and who looked at it since."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import State

from .. import models
from ..values import Order, QueueFilters, SetAsideLine, SetAsidePage
from .queue import list_queue
from .rows import decision_from

_FILTERS = QueueFilters(states=(State.SET_ASIDE,))


@look(Permission.TRIAGE_READ)
def list_set_aside(viewer: Actor, /, *, after: str = "") -> SetAsidePage:
    """Fifty of them, newest first, `after` the place that the page before ended with."""
    page = list_queue(viewer, filters=_FILTERS, order=Order.NEWEST, after=after)
    ids = [line.report.id for line in page.lines]
    reports = intake_queries.list_by_ids(viewer, reports=ids)
    mails = intake_queries.list_mails(viewer, reports=ids)
    rows = models.Decision.objects.filter(report_id__in=ids).order_by("report_id", "-number").distinct("report_id")
    decided = {row.report_id: decision_from(row) for row in rows}
    lines = tuple(
        SetAsideLine(
            report=reports[one],
            said=reports[one].answers.get("set-aside", ""),
            mail=mails[one][0] if one in mails else None,
            decision=decided.get(one),
            added_at=line.added_at,
        )
        for one, line in zip(ids, page.lines, strict=True)
    )
    return SetAsidePage(lines, page.total, page.is_more, page.following)
