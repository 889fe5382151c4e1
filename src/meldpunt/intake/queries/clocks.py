"""The statutory clocks of a report, the same for the reporter and the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.law import Clock

from .. import models
from ..errors import ReportNotFound
from ..values import Report, ReportId
from .rows import LINE_COLUMNS, clocks_from_row, stages_of


@look(Permission.REPORT_FOLLOW)
def clocks_of(viewer: Actor, /, *, report: ReportId) -> tuple[Clock, ...]:
    """The clocks, in the order of the law; none where no duty hangs on the report. Raises ReportNotFound."""
    for found in list_clocks(viewer, reports=[report]).values():
        return found
    raise ReportNotFound("no such report")


@look(Permission.REPORT_FOLLOW)
def list_clocks(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, tuple[Clock, ...]]:
    """The clocks of those of these reports that the viewer may see."""
    rows = list(models.Report.objects.filter(id__in=list(reports)).only(*LINE_COLUMNS)) if reports else []
    stages = stages_of(row.id for row in rows) if rows else {}
    return {ReportId(row.id): clocks_from_row(row, stages.get(row.id, ())) for row in rows}


@look(Permission.REPORT_FOLLOW)
def clocks_in(viewer: Actor, /, *, report: Report) -> tuple[Clock, ...]:
    """The clocks of a report that was read already."""
    return clocks_from_row(report, report.stages)
