"""Rows into values, for the queries and actions of this room; whoever calls has an actor bound."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.engines.cascade import Band

from . import models
from .rules.checking import shares
from .values import Dependency, DependencyId, End, NamingId, Service, ServiceId, Sureness, node_of

OWN_SERVICE: Final = (
    *("id", "code", "name", "sector", "organisation_id", "people"),
    *("registered_at", "ended_at", "told_by_owner"),
)
"""What an organisation reads of a service of its own."""
_OWN_DEPENDENCY: Final = (
    *("id", "of_service_id", "inside_id", "on_process", "naming_id"),
    *("percent_low", "percent_likely", "percent_high", "buffer_low", "buffer_likely", "buffer_high"),
    *("told_on", "sure", "told_by_owner", "since", "until"),
)


def services_from(viewer: Actor, rows: Iterable[models.Service]) -> tuple[Service, ...]:
    """Values in the order of the rows, each with its organisation as the viewer may know it."""
    found = list(rows)
    owners = _owners(viewer, found)
    return tuple(
        _service(row, owners, provider=row.provider, told_by=row.by_name, ended_by=row.ended_by_name) for row in found
    )


def own_services_from(viewer: Actor, rows: QuerySet[models.Service]) -> tuple[Service, ...]:
    """The same of services of the viewer's own organisation, by the columns that the portal may read."""
    found = list(rows.only(*OWN_SERVICE))
    owners = _owners(viewer, found)
    return tuple(_service(row, owners) for row in found)


def by_id(viewer: Actor, services: Collection[UUID]) -> Mapping[UUID, Service]:
    """Those of these services that the viewer may know of."""
    rows = models.Service.objects.filter(id__in=list(services)) if services else ()
    return {one.id: one for one in services_from(viewer, rows)}


def dependencies_from(viewer: Actor, rows: Iterable[models.Dependency]) -> tuple[Dependency, ...]:
    """Values in the order of the rows; an end that the viewer may not know of has neither service nor process."""
    found = list(rows)
    ends = by_id(viewer, {one for row in found for one in (row.of_service_id, row.on_service_id) if one})
    return tuple(
        _dependency(
            row,
            _end(row.of_service_id, row.of_process, ends),
            _end(row.on_service_id, row.on_process, ends),
            told_by=row.told_by,
            reason=row.reason,
            by_name=row.by_name,
            end_reason=row.end_reason,
            ended_by=row.ended_by_name,
        )
        for row in found
    )


def own_dependencies_from(
    rows: QuerySet[models.Dependency], services: Mapping[UUID, Service]
) -> tuple[Dependency, ...]:
    """What these `services` of one organisation lean on; a service of somebody else is no end that it knows."""
    return tuple(
        _dependency(row, _end(row.of_service_id, "", services), _end(row.inside_id, row.on_process, services))
        for row in rows.only(*_OWN_DEPENDENCY)
    )


def node_at(service: UUID | None, process: str) -> str:
    """An end as a node."""
    return node_of(service) if service else process


def _owners(viewer: Actor, rows: Iterable[models.Service]) -> Mapping[OrganisationId, Organisation]:
    ids = {row.organisation_id for row in rows if row.organisation_id}
    return constituency_queries.list_by_ids(viewer, organisations=ids) if ids else {}


def _service(
    row: models.Service,
    owners: Mapping[OrganisationId, Organisation],
    *,
    provider: str = "",
    told_by: str = "",
    ended_by: str = "",
) -> Service:
    return Service(
        id=ServiceId(row.id),
        code=row.code,
        name=row.name,
        sector=row.sector,
        organisation=owners.get(OrganisationId(row.organisation_id)) if row.organisation_id else None,
        provider=provider,
        registered_at=row.registered_at,
        ended_at=row.ended_at,
        people=row.people,
        told_by=told_by,
        is_told_by_its_owner=row.told_by_owner,
        ended_by=ended_by,
    )


def _dependency(
    row: models.Dependency,
    of: End,
    on: End,
    *,
    told_by: str = "",
    reason: str = "",
    by_name: str = "",
    end_reason: str = "",
    ended_by: str = "",
) -> Dependency:
    return Dependency(
        id=DependencyId(row.id),
        of=of,
        on=on,
        strength=shares((row.percent_low, row.percent_likely, row.percent_high)),
        buffer_hours=Band(row.buffer_low, row.buffer_likely, row.buffer_high),
        told_by=told_by,
        told_on=row.told_on,
        sure=Sureness(row.sure),
        since=row.since,
        until=row.until,
        reason=reason,
        by_name=by_name,
        end_reason=end_reason,
        naming=NamingId(row.naming_id) if row.naming_id else None,
        is_told_by_its_owner=row.told_by_owner,
        ended_by=ended_by,
    )


def _end(service: UUID | None, process: str, ends: Mapping[UUID, Service]) -> End:
    return End(node_at(service, process), process, ends.get(service) if service else None)
