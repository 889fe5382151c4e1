"""One report: for the desk, for the organisation that made it, for the holder of its receipt."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..errors import ReportNotFound
from ..values import ObservableLine, Report, ReportId
from .rows import report_from, reporter_from


@look(Permission.REPORT_READ)
def get_report(viewer: Actor, /, *, report: ReportId) -> Report:
    """The report as the desk knows it; `reporter` is None while sealed. Raises ReportNotFound."""
    row = _row(report)
    rows = models.Observable.objects.filter(report_id=report).order_by("kind", "value")
    observables = tuple(ObservableLine(report, one.kind, one.value) for one in rows)
    sealed = models.Reporter.objects.filter(report_id=report).first()
    return report_from(row, observables=observables, reporter=reporter_from(sealed) if sealed else None)


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
