"""Services by code, name and owner, and what stands between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries

from .. import models
from ..errors import ServiceNotFound
from ..rows import by_id, dependencies_from, own_dependencies_from, own_services_from, services_from
from ..values import Dependency, Leaning, Service, ServiceId

PAGE: Final = 50
MOST_LEANING: Final = 500
"""Dependencies of one service on its page, each way."""


@look(Permission.TRIAGE_READ)
def get_service(viewer: Actor, /, *, service: ServiceId) -> Service:
    """The service, ended or not. Raises ServiceNotFound."""
    found = services_from(viewer, models.Service.objects.filter(id=service))
    if not found:
        raise ServiceNotFound("no such service")
    return found[0]


@look(Permission.TRIAGE_READ)
def find_by_code(viewer: Actor, /, *, code: str) -> Service | None:
    """The service that did not end with this code, whatever the case."""
    rows = models.Service.objects.filter(code=code.strip().upper(), ended_at=None)
    return next(iter(services_from(viewer, rows)), None)


@look(Permission.TRIAGE_READ)
def list_by_ids(viewer: Actor, /, *, services: Collection[UUID]) -> Mapping[ServiceId, Service]:
    """Those of the ids that there are."""
    return {one.id: one for one in by_id(viewer, services).values()}


@look(Permission.TRIAGE_READ)
def list_services(viewer: Actor, /, *, text: str = "", sector: str = "", page: int = 1) -> tuple[Service, ...]:
    """A page of fifty that did not end, in the order of codes.

    `text` finds codes, names, providers, and organisations as far as the viewer may know them.
    """
    first = (max(page, 1) - 1) * PAGE
    return services_from(viewer, _matching(viewer, text, sector).order_by("code")[first : first + PAGE])


@look(Permission.TRIAGE_READ)
def count_services(viewer: Actor, /, *, text: str = "", sector: str = "") -> int:
    """How many `list_services` has in all."""
    return _matching(viewer, text, sector).count()


@look(Permission.TRIAGE_READ)
def list_of_organisation(viewer: Actor, /, *, organisation: OrganisationId) -> tuple[Service, ...]:
    """What this organisation delivers now."""
    rows = models.Service.objects.filter(organisation_id=organisation, ended_at=None)
    return services_from(viewer, rows.order_by("code"))


@look(Permission.TRIAGE_READ)
def list_of_organisations(
    viewer: Actor, /, *, organisations: Collection[OrganisationId]
) -> Mapping[OrganisationId, tuple[Service, ...]]:
    """What each of these delivers now, in the order of codes; one journey."""
    rows = models.Service.objects.filter(organisation_id__in=list(organisations), ended_at=None)
    found: defaultdict[OrganisationId, tuple[Service, ...]] = defaultdict(tuple)
    for one in services_from(viewer, rows.order_by("code")) if organisations else ():
        if one.organisation:
            found[one.organisation.id] += (one,)
    return found


@look(Permission.ORGANISATION_READ_OWN)
def list_own_services(viewer: Actor, /) -> tuple[tuple[Service, Leaning], ...]:
    """What the viewer's organisation delivers, each with what it leans on; nothing of who leans on it."""
    if viewer.organisation is None:
        return ()
    rows = models.Service.objects.filter(organisation_id=viewer.organisation, ended_at=None)
    services = own_services_from(viewer, rows.order_by("code"))
    own: Mapping[UUID, Service] = {one.id: one for one in services}
    held = models.Dependency.objects.filter(of_service_id__in=list(own), until=None).order_by("since", "id")
    told = own_dependencies_from(held, own)
    return tuple((one, Leaning(tuple(each for each in told if each.of.node == one.node), (), ())) for one in services)


@look(Permission.TRIAGE_READ)
def list_leaning(viewer: Actor, /, *, service: ServiceId) -> Leaning:
    """Both ways, strongest first, at most 500 each; and the versions that ended, latest first."""
    rows = models.Dependency.objects
    strongest = ("-percent_likely", "since", "id")
    ended = rows.filter(Q(of_service_id=service) | Q(on_service_id=service), until__isnull=False)
    return Leaning(
        it_on=dependencies_from(viewer, rows.filter(of_service_id=service, until=None).order_by(*strongest)),
        on_it=dependencies_from(
            viewer, rows.filter(on_service_id=service, until=None).order_by(*strongest)[:MOST_LEANING]
        ),
        ended=dependencies_from(viewer, ended.order_by("-until", "id")[:MOST_LEANING]),
    )


@look(Permission.TRIAGE_READ)
def list_changes(viewer: Actor, /, *, since: datetime) -> tuple[Dependency, ...]:
    """Dependencies that were told of or ended after that instant, latest first, at most fifty."""
    rows = models.Dependency.objects.filter(Q(since__gt=since) | Q(until__gt=since))
    return dependencies_from(viewer, rows.order_by(Greatest("since", "until").desc(), "id")[:PAGE])


def _matching(viewer: Actor, text: str, sector: str) -> QuerySet[models.Service]:
    rows = models.Service.objects.filter(ended_at=None)
    if sector:
        rows = rows.filter(sector=sector)
    if not text.strip():
        return rows
    said = text.strip()
    owners = [one.id for one in constituency_queries.list_organisations(viewer, text=said)]
    named = Q(code__icontains=said) | Q(name__icontains=said) | Q(provider__icontains=said)
    return rows.filter(named | Q(organisation_id__in=owners))
