"""Where one value stands: the reports that name it, and the rows of feeds."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..feed_values import Naming
from ..values import ObservableLine, ReportId
from .rows import feed_row_from

_MOST: Final = 50
_COUNTED: Final = 1_000


@look(Permission.REPORT_READ)
def find_observable(viewer: Actor, /, *, observable: UUID) -> ObservableLine | None:
    """What a report names, by its id; None where there is none, or where it is sealed for the viewer."""
    row = models.Observable.objects.filter(id=observable).first()
    return ObservableLine(ReportId(row.report_id), row.kind, row.value, row.id, row.lifted_at) if row else None


@look(Permission.REPORT_READ)
def find_naming(viewer: Actor, /, *, kind: str, value: str) -> Naming:
    """The newest fifty reports that name this value, and the first fifty rows of feeds with it as address or host.

    A report in which the value is sealed for the viewer is neither here nor counted, and a row of an organisation that
    is sealed is not either: that it is there would tell whose the value is.
    """
    rows = models.Observable.objects.filter(value=value, kind=kind)
    newest = rows.order_by("-report__received_at", "-report_id").values_list("report_id", flat=True)[:_MOST]
    with connection.cursor() as cursor:
        cursor.execute("SELECT intake_rows_naming(%s)", [value])
        ids = [row for (row,) in cursor.fetchall()]
    found = models.FeedRow.objects.filter(id__in=ids).order_by("report_id", "number")
    return Naming(
        tuple(map(ReportId, newest)), rows[:_COUNTED].count(), tuple(map(feed_row_from, found)) if ids else ()
    )
