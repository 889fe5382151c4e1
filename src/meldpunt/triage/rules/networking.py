"""The country extended with named services, as far as an outage can reach. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from meldpunt.engines.cascade import Band, Dependency, DependencyNetwork, Service
from meldpunt.services.values import Edge, Graph, service_in
from meldpunt.vocabulary import SectorId
from meldpunt.vocabulary.bilingual import Bilingual

from ..values import Change, Estimate, Standing

MOST_SERVICES: Final = 50
"""Services that an estimate keeps by name at each reading: the gravest. All of them are computed."""


def network_of(
    country: DependencyNetwork, graph: Graph, nodes: Collection[str], changes: Sequence[Change] = ()
) -> DependencyNetwork:
    """The country and every service that an outage of these nodes can reach, with the changes that are supposed.

    What cannot be reached stands still in no run, so leaving it out changes no answer: the same dependency draws the
    same, whatever else is in the network.
    """
    edges = _changed([*_edges_of(country), *graph.edges], changes)
    reached = _reached(edges, nodes)
    processes = {one.id for one in country.processes}
    services = [Service(one, SectorId(graph.sectors[one])) for one in sorted(reached) if one in graph.sectors]
    known = {*processes, *(one.id for one in services)}
    kept = [one for one in edges if one.on in reached and one.of in known and one.on in known]
    dependencies = [Dependency(one.of, one.on, one.strength, one.buffer_hours) for one in kept]
    return replace(country, dependencies=(), services=()).extended(services, dependencies)


def sentences_of(changes: Sequence[Change], names: Mapping[str, Bilingual]) -> tuple[Bilingual, ...]:
    """What a scenario supposes otherwise, in words, to stand among the assumptions."""
    return tuple(_sentence(one, names) for one in changes)


def _sentence(change: Change, names: Mapping[str, Bilingual]) -> Bilingual:
    of, on = (names.get(node, Bilingual(node, node)) for node in (change.of, change.on))
    low, likely, high = (
        round(100 * one) for one in (change.strength.low, change.strength.likely, change.strength.high)
    )
    nl, en = "", ""
    buffer = change.buffer_hours
    if buffer:
        hours = f"{buffer.likely:g} ({buffer.low:g}–{buffer.high:g})"
        nl, en = f", na een buffer van {hours.replace('.', ',')} uur", f", after a buffer of {hours} hours"
    return Bilingual(
        f"Verondersteld: {of.nl} verliest {likely} % ({low}–{high}) als {on.nl} stilstaat{nl}.",
        f"Supposed: {of.en} loses {likely} % ({low}–{high}) when {on.en} stands still{en}.",
    )


def gravest_services(estimate: Estimate) -> Estimate:
    """The estimate with every process, and of the services the gravest: a country has ten thousand of them."""
    readings = tuple(replace(one, standings=_gravest(one.standings)) for one in estimate.readings)
    processes = [one for one in estimate.next_hit if not service_in(one.node)]
    services = [one for one in estimate.next_hit if service_in(one.node)][:MOST_SERVICES]
    next_hit = sorted([*processes, *services], key=lambda one: (one.hours.low, -one.chance, one.node))
    return replace(estimate, readings=readings, next_hit=tuple(next_hit))


def _gravest(standings: Sequence[Standing]) -> tuple[Standing, ...]:
    services = [one for one in standings if service_in(one.node)]
    cut = {one.node for one in services[MOST_SERVICES:]}
    return tuple(one for one in standings if one.node not in cut)


def _edges_of(country: DependencyNetwork) -> Iterable[Edge]:
    return (Edge(one.of, one.on, one.strength, one.buffer_hours) for one in country.dependencies)


def _changed(edges: Iterable[Edge], changes: Sequence[Change]) -> list[Edge]:
    by_pair = {(one.of, one.on): one for one in edges}
    for one in changes:
        before = by_pair.get((one.of, one.on))
        buffer = one.buffer_hours or (before.buffer_hours if before else Band(0, 0, 0))
        by_pair[one.of, one.on] = Edge(one.of, one.on, one.strength, buffer)
    return list(by_pair.values())


def _reached(edges: Iterable[Edge], nodes: Collection[str]) -> set[str]:
    leaning: defaultdict[str, list[str]] = defaultdict(list)
    for one in edges:
        leaning[one.on].append(one.of)
    reached, waiting = set(nodes), list(nodes)
    while waiting:
        for of in leaning[waiting.pop()]:
            if of not in reached:
                reached.add(of)
                waiting.append(of)
    return reached
