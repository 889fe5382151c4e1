"""Rows into values, for the queries and actions of this room; whoever calls has an actor bound."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from meldpunt.access.values import Actor
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.cascade import Band

from . import models
from .rules.checking import shares
from .values import Dependency, DependencyId, End, NamingId, Service, ServiceId, Sureness, node_of


def services_from(viewer: Actor, rows: Iterable[models.Service]) -> tuple[Service, ...]:
    """Values in the order of the rows, each with its organisation as the viewer may know it."""
    found = list(rows)
    ids = {row.organisation_id for row in found if row.organisation_id}
    owners = constituency_queries.list_by_ids(viewer, organisations=ids) if ids else {}
    return tuple(
        Service(
            id=ServiceId(row.id),
            code=row.code,
            name=row.name,
            sector=row.sector,
            organisation=next((owners[one] for one in owners if one == row.organisation_id), None),
            provider=row.provider,
            registered_at=row.registered_at,
            ended_at=row.ended_at,
            people=row.people,
            told_by=row.by_name,
        )
        for row in found
    )


def by_id(viewer: Actor, services: Collection[UUID]) -> Mapping[UUID, Service]:
    """Those of these services that the viewer may know of."""
    rows = models.Service.objects.filter(id__in=list(services)) if services else ()
    return {one.id: one for one in services_from(viewer, rows)}


def dependencies_from(viewer: Actor, rows: Iterable[models.Dependency]) -> tuple[Dependency, ...]:
    """Values in the order of the rows; an end that the viewer may not know of has neither service nor process."""
    found = list(rows)
    ends = by_id(viewer, {one for row in found for one in (row.of_service_id, row.on_service_id) if one})
    return tuple(_dependency(row, ends) for row in found)


def node_at(service: UUID | None, process: str) -> str:
    """An end as a node."""
    return node_of(service) if service else process


def _dependency(row: models.Dependency, ends: Mapping[UUID, Service]) -> Dependency:
    return Dependency(
        id=DependencyId(row.id),
        of=_end(row.of_service_id, row.of_process, ends),
        on=_end(row.on_service_id, row.on_process, ends),
        strength=shares((row.percent_low, row.percent_likely, row.percent_high)),
        buffer_hours=Band(row.buffer_low, row.buffer_likely, row.buffer_high),
        told_by=row.told_by,
        told_on=row.told_on,
        sure=Sureness(row.sure),
        since=row.since,
        until=row.until,
        reason=row.reason,
        by_name=row.by_name,
        end_reason=row.end_reason,
        naming=NamingId(row.naming_id) if row.naming_id else None,
    )


def _end(service: UUID | None, process: str, ends: Mapping[UUID, Service]) -> End:
    return End(node_at(service, process), process, ends.get(service) if service else None)
