"""The queue of the desk, page by page, and the reports of one organisation."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission

from .. import models
from ..errors import CursorMalformed
from ..values import Filters, ObservableLine, ReportId, ReportPage
from .rows import LINE_COLUMNS, lines_from
from .words import pattern_of

PAGE = 50
_EVERYTHING = Filters()


@look(Permission.REPORT_READ)
def list_reports(viewer: Actor, /, *, filters: Filters = _EVERYTHING, page: str = "") -> ReportPage:
    """Fifty lines, newest first; `page` is the cursor of the page before. Raises CursorMalformed.

    The cursor names the last line, not a count: a report that comes in meanwhile neither repeats nor hides one.
    """
    return _page(_filtered(filters), page)


@look(Permission.REPORT_FOLLOW)
def list_own_reports(viewer: Actor, /, *, page: str = "") -> ReportPage:
    """What the viewer's organisation reported itself. Raises CursorMalformed."""
    if viewer.organisation is None:
        return ReportPage(())
    return _page(models.Report.objects.filter(organisation_id=viewer.organisation, is_own=True), page)


@look(Permission.REPORT_READ)
def list_of_organisation(viewer: Actor, /, *, organisation: OrganisationId) -> tuple[ReportId, ...]:
    """The newest fifty reports about this organisation."""
    rows = models.Report.objects.filter(organisation_id=organisation).order_by("-received_at", "-id")
    return tuple(ReportId(report) for report in rows.values_list("id", flat=True)[:PAGE])


@look(Permission.REPORT_READ)
def list_observables(
    viewer: Actor, /, *, report: ReportId | None = None, value: str = ""
) -> tuple[ObservableLine, ...]:
    """What a report names, or which reports name a value in normal form; at most a thousand lines."""
    rows = models.Observable.objects.order_by("kind", "value", "report_id")
    if report:
        rows = rows.filter(report_id=report)
    if value:
        rows = rows.filter(value=value)
    return tuple(
        ObservableLine(ReportId(row.report_id), row.kind, row.value, row.id, row.lifted_at) for row in rows[:1000]
    )


def _filtered(filters: Filters) -> QuerySet[models.Report]:
    rows = models.Report.objects.all()
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    if filters.sector:
        rows = rows.filter(sector=filters.sector)
    if filters.channel:
        rows = rows.filter(channel=filters.channel.value)
    if filters.organisation:
        rows = rows.filter(organisation_id=filters.organisation)
    if filters.kept is not None:
        rows = rows.exclude(kept_reason="") if filters.kept else rows.filter(kept_reason="")
    if filters.text.strip():
        rows = rows.filter(id__in=RawSQL("SELECT intake_find_reports(%s)", [pattern_of(filters.text)]))
    return rows


def _page(rows: QuerySet[models.Report], cursor: str) -> ReportPage:
    if cursor:
        at, last = _read_cursor(cursor)
        rows = rows.filter(received_at__lte=at).filter(Q(received_at__lt=at) | Q(id__lt=last))
    found = list(rows.order_by("-received_at", "-id").only(*LINE_COLUMNS)[: PAGE + 1])
    lines = lines_from(found[:PAGE])
    following = f"{lines[-1].received_at.isoformat()}~{lines[-1].id}" if len(found) > PAGE else ""
    return ReportPage(lines, following)


def _read_cursor(cursor: str) -> tuple[datetime, uuid.UUID]:
    at, _, last = cursor.partition("~")
    try:
        instant, report = datetime.fromisoformat(at), uuid.UUID(last)
        if instant.tzinfo is None:
            raise CursorMalformed
        # In UTC: PostgreSQL knows no zone further from it than sixteen hours.
        return instant.astimezone(UTC), report
    except (ValueError, OverflowError):
        raise CursorMalformed from None
