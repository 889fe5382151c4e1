"""Which views of the queue somebody has, with which it opens, and how much is in each."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..values import Attention, QueueFilters, SavedView, SavedViewId
from .due import due_today
from .narrowing import Parameters, narrow

MOST_COUNTED = 999
MOST_SHARED = 20
_OF_ONE = "SELECT %(place)s AS place, (SELECT count(*) FROM (SELECT {narrowed} LIMIT %(most)s) AS counted) AS found"


@look(Permission.TRIAGE_READ)
def list_views(viewer: Actor, /) -> tuple[SavedView, ...]:
    """One's own views as one put them, and then those that colleagues share, by name."""
    own = models.SavedView.objects.filter(actor=viewer.id).order_by("place")
    shared = models.SavedView.objects.filter(~Q(actor=viewer.id), is_shared=True).order_by("name", "id")
    return tuple(
        SavedView(
            id=SavedViewId(row.id),
            name=row.name,
            asked=row.asked,
            is_shared=row.is_shared,
            maker="" if row.actor == viewer.id else row.actor_name,
        )
        for row in (*own, *shared[:MOST_SHARED])
    )


@look(Permission.TRIAGE_READ)
def find_landing(viewer: Actor, /) -> SavedViewId | None:
    """The view with which the viewer's queue opens, if they chose one."""
    row = models.Landing.objects.filter(actor=viewer.id).first()
    return SavedViewId(row.view) if row else None


@look(Permission.TRIAGE_READ)
def count_views(viewer: Actor, /, *, views: Sequence[QueueFilters]) -> tuple[int, ...]:
    """How many reports are in each of these, in one go; MOST_COUNTED + 1 stands for more."""
    if not views:
        return ()
    today = next((one for one in views if one.attention is Attention.TODAY), None)
    due = due_today(viewer, today) if today else ()
    parts: list[str] = []
    given: Parameters = {}
    for number, filters in enumerate(views):
        narrowed = narrow(viewer, filters, due=due)
        parts.append(_OF_ONE.replace("{narrowed}", narrowed.sql).replace("%(", f"%(v{number}_"))
        own = narrowed.given | {"place": number, "most": MOST_COUNTED + 1}
        given |= {f"v{number}_{name}": value for name, value in own.items()}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) + " ORDER BY place", given)
        return tuple(found for _, found in cursor.fetchall())
