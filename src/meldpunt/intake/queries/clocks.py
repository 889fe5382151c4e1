"""The statutory clocks of a report, the same for the reporter and the desk."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.law import Clock

from .. import models
from ..errors import ReportNotFound
from ..values import ReportId
from .rows import LINE_COLUMNS, clocks_from_row, stages_of


@look(Permission.REPORT_FOLLOW)
def clocks_of(viewer: Actor, /, *, report: ReportId) -> tuple[Clock, ...]:
    """The clocks, in the order of the law; none where no duty hangs on the report. Raises ReportNotFound."""
    row = models.Report.objects.filter(id=report).only(*LINE_COLUMNS).first()
    if row is None:
        raise ReportNotFound("no such report")
    return clocks_from_row(row, stages_of([row.id]).get(row.id, ()))
