"""What the desk told of an organisation's services and the organisation ended itself: for the desk to look at."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..rows import dependencies_from, services_from
from ..values import Undone

PAGE: Final = 100
"""Of each sort, the latest."""


@look(Permission.TRIAGE_READ)
def list_undone(viewer: Actor, /) -> Undone:
    """Those that were not told anew and not put back, latest first, at most a hundred of each sort."""
    return Undone(
        services=services_from(viewer, undone_services().order_by("-ended_at", "code")[:PAGE]),
        dependencies=dependencies_from(viewer, undone_dependencies().order_by("-until", "id")[:PAGE]),
    )


@look(Permission.TRIAGE_READ)
def count_undone(viewer: Actor, /, *, since: datetime | None = None) -> int:
    """How many there are of both, or how many that ended after that instant; one journey."""
    services, dependencies = undone_services(), undone_dependencies()
    if since is not None:
        services, dependencies = services.filter(ended_at__gt=since), dependencies.filter(until__gt=since)
    return services.order_by().values("id").union(dependencies.order_by().values("id"), all=True).count()


def undone_services() -> QuerySet[models.Service]:
    """Registered by the desk and ended by the organisation, which has none of that name now."""
    same = models.Service.objects.filter(organisation=OuterRef("organisation"), name=OuterRef("name"), ended_at=None)
    ended = models.Service.objects.filter(told_by_owner=False, ended_by_name=F("organisation__code"))
    return ended.filter(~Exists(same), ended_at__isnull=False)


def undone_dependencies(*, of: UUID | None = None) -> QuerySet[models.Dependency]:
    """Told by the desk, ended by the organisation by itself, and not told anew. What ended with a service goes with it.

    What the organisation named itself, it only takes back.
    """
    rows = models.Dependency.objects.filter(until__isnull=False, told_by_owner=False, naming=None)
    same = models.Dependency.objects.filter(
        Q(on_service=OuterRef("on_service")) | Q(on_service=None, on_process=OuterRef("on_process")),
        of_service=OuterRef("of_service"),
        on_process=OuterRef("on_process"),
        until=None,
    )
    later = models.Dependency.objects.filter(
        Q(on_service=OuterRef("on_service")) | Q(on_service=None, on_process=OuterRef("on_process")),
        of_service=OuterRef("of_service"),
        on_process=OuterRef("on_process"),
        until__gt=OuterRef("until"),
    )
    ended = rows.filter(ended_by_name=F("of_service__organisation__code"), of_service__ended_at=None)
    return ended.filter(~Exists(same), ~Exists(later), **({"of_service_id": of} if of else {}))
