"""The cases in which one value stands."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db.models import Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..values import CaseLine
from .lists import lines_from
from .rows import inside, tops_of

_MOST: Final = 50


@look(Permission.CASE_READ)
def find_observable(viewer: Actor, /, *, observable: UUID) -> tuple[str, str] | None:
    """Kind and value of what stands in a case, by its id; None where there is none or it is sealed for the viewer."""
    return models.Observable.objects.filter(id=observable).values_list("kind", "value").first()


@look(Permission.CASE_READ)
def list_naming(viewer: Actor, /, *, kind: str, value: str) -> tuple[CaseLine, ...]:
    """The newest fifty cases in which this value stands where it shows to the viewer.

    Of a case that was merged, the one in which the work goes on. What came with a report that was taken out again does
    not count.
    """
    standing = models.Observable.objects.filter(Q(report=None) | inside(), value=value, kind=kind)
    holding = models.Case.objects.filter(id__in=standing.values("case_id")).order_by("-opened_at", "-id")
    tops = tops_of(holding.values_list("id", flat=True)[:_MOST])
    cases = models.Case.objects.filter(id__in=set(tops.values())).order_by("-opened_at", "-id")
    return lines_from(viewer, cases)
