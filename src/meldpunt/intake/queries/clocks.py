"""The statutory clocks of a report, the same for the reporter and the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, TypeAlias
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.law import Clock

from .. import models
from ..deadlines import clocks_from
from ..errors import ReportNotFound
from ..values import Report, ReportId, ReportKind, Stage
from .rows import clocks_from_row

_Submitted: TypeAlias = tuple[Stage, datetime, datetime | None]


class _Facts(NamedTuple):
    """Of a report what its clocks ask."""

    id: UUID
    kind: str
    entity_kind: str
    aware_at: datetime | None
    received_at: datetime
    ended_at: datetime | None


@look(Permission.REPORT_FOLLOW)
def clocks_of(viewer: Actor, /, *, report: ReportId) -> tuple[Clock, ...]:
    """The clocks, in the order of the law; none where no duty hangs on the report. Raises ReportNotFound."""
    for found in list_clocks(viewer, reports=[report]).values():
        return found
    raise ReportNotFound("no such report")


@look(Permission.REPORT_FOLLOW)
def list_clocks(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, tuple[Clock, ...]]:
    """The clocks of those of these reports that the viewer may see."""
    rows = models.Report.objects.filter(id__in=list(reports)).values_list(*_Facts._fields) if reports else ()
    known = [_Facts(*row) for row in rows]
    stages = _submitted([row.id for row in known]) if known else {}
    return {ReportId(row.id): _clocks(row, stages.get(row.id, ())) for row in known}


def _submitted(reports: Collection[UUID]) -> Mapping[UUID, Sequence[_Submitted]]:
    """Of each report which stages came in, oldest first, without their words: a queue asks hundreds at once."""
    found: defaultdict[UUID, list[_Submitted]] = defaultdict(list)
    rows = models.SubmittedStage.objects.filter(report_id__in=reports).order_by("submitted_at", "id")
    for report, stage, at, ended_at in rows.values_list("report_id", "stage", "submitted_at", "ended_at"):
        found[report].append((Stage(stage), at, ended_at))
    return found


def _clocks(row: _Facts, stages: Sequence[_Submitted]) -> tuple[Clock, ...]:
    ended = [one for _, _, one in stages if one]
    return clocks_from(
        kind=ReportKind(row.kind),
        entity_kind=row.entity_kind,
        aware_at=row.aware_at,
        received_at=row.received_at,
        stages=[(stage, at) for stage, at, _ in stages],
        ended_at=ended[-1] if ended else row.ended_at,
    )


@look(Permission.REPORT_FOLLOW)
def clocks_in(viewer: Actor, /, *, report: Report) -> tuple[Clock, ...]:
    """The clocks of a report that was read already."""
    return clocks_from_row(report, report.stages)
