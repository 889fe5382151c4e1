"""Random networks of processes and services, with cycles and doubtful buffers, and outages of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from meldpunt.engines.cascade import (
    Band,
    Dependency,
    DependencyNetwork,
    Impact,
    Interruption,
    Outage,
    Process,
    Service,
)
from meldpunt.vocabulary import Bilingual, SectorId, VitalProcessId

HARMLESS = Impact(damage_eur_per_hour=0, casualties_per_hour=0, people_in_distress=0)
STRENGTHS = st.integers(0, 20).map(lambda twentieths: twentieths / 20)


def network_of(
    processes: Sequence[str],
    *dependencies: Dependency,
    services: Sequence[str] = (),
    impacts: Mapping[str, Impact] | None = None,
) -> DependencyNetwork:
    """Processes and services that are each a sector of their own."""
    return DependencyNetwork(
        processes=tuple(
            Process(VitalProcessId(id_), SectorId(id_), (impacts or {}).get(id_, HARMLESS)) for id_ in processes
        ),
        dependencies=dependencies,
        source=Bilingual(nl="verzonnen", en="invented"),
        estimated_on=datetime.date(2026, 1, 1),
        verified=False,
        services=tuple(Service(id_, SectorId(id_)) for id_ in services),
    )


def bands(values: st.SearchStrategy[float]) -> st.SearchStrategy[Band]:
    return st.lists(values, min_size=3, max_size=3).map(lambda three: Band(*sorted(three)))


@st.composite
def networks(draw: st.DrawFn, *, longest_buffer: int = 6) -> DependencyNetwork:
    """Two to six nodes and any of the dependencies between them."""
    nodes = [f"n{number}" for number in range(draw(st.integers(2, 6)))]
    services = draw(st.integers(0, len(nodes) - 1))
    pairs = draw(st.sets(st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)), max_size=12))
    dependencies = [
        Dependency(of, on, draw(bands(STRENGTHS)), draw(bands(st.integers(0, longest_buffer).map(float))))
        for of, on in sorted(pairs)
        if of != on
    ]
    return network_of(nodes[services:], *dependencies, services=nodes[:services])


@st.composite
def struck(draw: st.DrawFn) -> tuple[DependencyNetwork, Outage]:
    """A network and an outage that lasts or ends, at once or slowly."""
    network = draw(networks())
    nodes = draw(st.sets(st.sampled_from([node.id for node in network.nodes]), min_size=1, max_size=3))
    return network, {node: draw(interruptions()) for node in sorted(nodes)}


def interruptions() -> st.SearchStrategy[Interruption]:
    shares = st.integers(1, 20).map(lambda twentieths: twentieths / 20)
    begins = st.integers(0, 3)
    ended = st.builds(
        Interruption,
        shares,
        from_hour=begins,
        until_hour=st.integers(4, 8),
        recovery_per_hour=st.none() | st.floats(0.05, 3.0),
    )
    return st.builds(Interruption, shares, from_hour=begins) | ended
