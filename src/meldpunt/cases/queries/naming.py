"""The cases in which one value stands."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..values import CaseLine
from .lists import lines_from

_MOST: Final = 50


@look(Permission.CASE_READ)
def find_observable(viewer: Actor, /, *, observable: UUID) -> tuple[str, str] | None:
    """Kind and value of what stands in a case, by its id; None where there is none or it is sealed for the viewer."""
    return models.Observable.objects.filter(id=observable).values_list("kind", "value").first()


@look(Permission.CASE_READ)
def list_naming(viewer: Actor, /, *, kind: str, value: str) -> tuple[CaseLine, ...]:
    """The newest fifty cases in which this value stands where it shows to the viewer.

    What came with a report that was taken out again does not count.
    """
    rows = models.Observable.objects.filter(value=value, kind=kind)
    inside = models.CaseReport.objects.filter(taken_out_at=None).values("report_id")
    standing = rows.filter(report=None) | rows.filter(report__in=inside)
    cases = models.Case.objects.filter(id__in=standing.values("case_id")).order_by("-opened_at", "-id")
    return lines_from(viewer, cases[:_MOST])
