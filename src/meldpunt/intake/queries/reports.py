"""One report: for the desk, for the organisation that made it, for the holder of its receipt."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..errors import ReportNotFound
from ..values import Report, ReportId
from .rows import hanging_on, report_from, whole_from, with_the_desks


@look(Permission.REPORT_READ)
def get_report(viewer: Actor, /, *, report: ReportId) -> Report:
    """The report as the desk knows it; `reporter` is None while sealed. Raises ReportNotFound."""
    for found in list_by_ids(viewer, reports=[report]).values():
        return found
    raise ReportNotFound("no such report")


@look(Permission.REPORT_READ)
def list_by_ids(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, Report]:
    """Those of these that the viewer may see, each as `get_report` gives it, at the price of one."""
    rows = models.Report.objects.filter(id__in=list(reports))
    found = {row.id: row for row in rows} if reports else {}
    hanging = with_the_desks(hanging_on(found)) if found else {}
    return {ReportId(one): whole_from(row, hanging[one]) for one, row in found.items()}


@look(Permission.REPORT_FOLLOW)
def get_own_report(viewer: Actor, /, *, report: ReportId) -> Report:
    """The report as whoever made it knows it. Raises ReportNotFound."""
    return report_from(_row(report))


@look(Permission.REPORT_FOLLOW)
def follow_report(viewer: Actor, /) -> Report:
    """The report of the receipt the viewer came with (`receipts.reporter_with`). Raises ReportNotFound."""
    row = models.Report.objects.first() if viewer.receipt else None
    if row is None:
        raise ReportNotFound("no report has this receipt")
    return report_from(row)


def _row(report: ReportId) -> models.Report:
    row = models.Report.objects.filter(id=report).first()
    if row is None:
        raise ReportNotFound("no such report")
    return row
