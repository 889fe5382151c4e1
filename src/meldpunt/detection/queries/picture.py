"""What the country sees: how often, since when, by how many. Never by whom."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min, Sum

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import ItemKind, State

from .. import models
from ..values import IndicatorId, PictureLine, Seen, SightingLine
from .indicators import PAGE, list_indicators


@look(Permission.INDICATOR_READ)
def national_picture(viewer: Actor, /, *, page: int = 1) -> tuple[PictureLine, ...]:
    """Every indicator that was told, newest first, `PAGE` at a time, with what came back."""
    indicators = list_indicators(viewer, is_told=True, page=page)
    seen = _seen([one.id for one in indicators])
    told = _readers_of(viewer, {key for one in indicators for key in one.disclosures})
    return tuple(
        PictureLine(
            indicator=one,
            told=max((told.get(key, 0) for key in one.disclosures), default=0),
            seen=seen.get(one.id, Seen()),
        )
        for one in indicators
    )


@look(Permission.INDICATOR_READ)
def list_sightings(viewer: Actor, /, *, indicator: IndicatorId, page: int = 1) -> tuple[SightingLine, ...]:
    """The sightings of one indicator, newest first, `PAGE` at a time."""
    rows = models.Sighting.objects.filter(indicator_id=indicator).order_by("-received_at", "id")
    first = PAGE * (max(page, 1) - 1)
    return tuple(
        SightingLine(row.report_id, row.times, first_at=row.first_at, last_at=row.last_at, received_at=row.received_at)
        for row in rows[first : first + PAGE]
    )


def _seen(indicators: Collection[UUID]) -> dict[UUID, Seen]:
    with connection.cursor() as cursor:
        # Counted behind the seal; what is too few to count is not in the answer.
        cursor.execute("SELECT indicator, observers FROM detection_count_observers(%s)", [list(indicators)])
        observers = dict(cursor.fetchall())
    rows = models.Sighting.objects.filter(indicator_id__in=indicators).values("indicator_id")
    counted = rows.annotate(n=Count("id"), all_times=Sum("times"), first=Min("first_at"), last=Max("last_at"))
    return {
        row["indicator_id"]: Seen(
            sightings=row["n"],
            times=row["all_times"],
            first_at=row["first"],
            last_at=row["last"],
            observers=observers.get(row["indicator_id"]),
        )
        for row in counted.order_by()
    }


def _readers_of(viewer: Actor, disclosures: set[UUID]) -> dict[UUID, int]:
    """How many readers each disclosure has, read from the door's own list until all are found."""
    found: dict[UUID, int] = {}
    page = 1
    while disclosures - found.keys():
        lines = disclosure_queries.list_disclosures(viewer, item=ItemKind.INDICATORS, state=State.DELIVERED, page=page)
        if not lines:
            break
        found |= {line.id: line.readers for line in lines if line.id in disclosures}
        page += 1
    return found
