"""All services and dependencies that hold, for the cascade; and who feels a standstill, and when."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from uuid import UUID

from django.db.models import Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.engines.cascade import Band, dutch_network

from .. import models
from ..errors import ServiceNotFound
from ..rows import by_id, node_at
from ..rules.checking import shares
from ..rules.tracing import Step, soonest
from ..values import Edge, End, Graph, Reached, Service, ServiceId, Trace, node_of, service_in

_EDGE = (
    *("of_service_id", "of_process", "on_service_id", "on_process"),
    *("percent_low", "percent_likely", "percent_high", "buffer_low", "buffer_likely", "buffer_high"),
)


@look(Permission.TRIAGE_READ)
def get_graph(viewer: Actor, /) -> Graph:
    """Every service that did not end and every dependency that holds, in two journeys, in an order of their own."""
    nodes = models.Service.objects.filter(ended_at=None).order_by("id").values_list("id", "sector")
    sectors = {node_of(service): sector for service, sector in nodes}
    edges = tuple(_edges())
    return Graph(sectors, edges, _digest(sectors, edges))


@look(Permission.TRIAGE_READ)
def trace_standstill(viewer: Actor, /, *, service: ServiceId, within_hours: float = 72.0) -> Trace:
    """Who leans on the service, directly or through others, and after how many hours at the soonest.

    At most eight dependencies in a row and 2,000 services and processes: one journey a step. Raises ServiceNotFound.
    """
    if not models.Service.objects.filter(id=service).exists():
        raise ServiceNotFound("no such service")
    found, is_whole = soonest(node_of(service), _leaning_on, within_hours=within_hours)
    services = by_id(viewer, {one for node in found if (one := service_in(node))})
    ends = {node: End(node, "" if service_in(node) else node, _service(node, services)) for node in found}
    in_time = sorted(found.items(), key=lambda one: (*one[1], one[0]))
    return Trace(tuple(Reached(ends[node], hours, steps) for node, (hours, steps) in in_time), is_whole)


def _service(node: str, services: Mapping[UUID, Service]) -> Service | None:
    found = service_in(node)
    return services.get(found) if found else None


def _leaning_on(nodes: Collection[str]) -> Iterator[Step]:
    services = [one for node in nodes if (one := service_in(node))]
    processes = [node for node in nodes if not service_in(node)]
    rows = models.Dependency.objects.filter(Q(on_service_id__in=services) | Q(on_process__in=processes), until=None)
    named = rows.values_list("of_service_id", "of_process", "on_service_id", "on_process", "buffer_likely")
    for of, of_process, on, on_process, buffer in named:
        yield node_at(of, of_process), node_at(on, on_process), buffer
    for known in dutch_network().dependencies:
        if known.on in nodes:
            yield known.of, known.on, known.buffer_hours.likely


def _edges() -> Iterator[Edge]:
    # An organisation that ends a service does not know who leans on it: a job ends that a moment later.
    standing = models.Dependency.objects.filter(until=None).exclude(on_service__ended_at__isnull=False)
    rows = standing.order_by("id").values_list(*_EDGE)
    for of, of_process, on, on_process, low, likely, high, soonest_, usual, latest in rows:
        yield Edge(
            of=node_at(of, of_process),
            on=node_at(on, on_process),
            strength=shares((low, likely, high)),
            buffer_hours=Band(soonest_, usual, latest),
        )


def _digest(sectors: dict[str, str], edges: tuple[Edge, ...]) -> str:
    said = hashlib.sha256()
    for node, sector in sectors.items():
        said.update(f"{node} {sector}\n".encode())
    for one in sorted(edges, key=lambda edge: (edge.of, edge.on)):
        said.update(f"{one.of} {one.on} {one.strength} {one.buffer_hours}\n".encode())
    return said.hexdigest()
