"""What an outage may do, computed in the country with its named services; saves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.engines.cascade import dutch_network
from meldpunt.services import queries as service_queries
from meldpunt.services.values import service_in
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.vital import all_vital_processes

from ..rules.estimating import InTime, estimate
from ..rules.networking import gravest_services, network_of, sentences_of
from ..values import Change, Estimate, Network, Outage


@look(Permission.TRIAGE_READ)
def get_network(viewer: Actor, /, *, nodes: Collection[str], changes: Sequence[Change] = ()) -> Network:
    """The country and every service that an outage of these nodes reaches, named as the viewer may know them."""
    graph = service_queries.get_graph(viewer)
    network = network_of(dutch_network(), graph, nodes, changes)
    named = {*(one.id for one in network.services), *(end for one in changes for end in (one.of, one.on))}
    services = service_queries.list_by_ids(viewer, services=[one for node in named if (one := service_in(node))])
    names: dict[str, Bilingual] = {one.id: one.name for one in all_vital_processes()}
    names |= {one.node: Bilingual(one.label, one.label) for one in services.values()}
    return Network(network, names, _digest(graph.digest))


@look(Permission.TRIAGE_READ)
def compute_estimate(
    viewer: Actor, /, *, outage: Outage, changes: Sequence[Change] = (), seed: int = 0
) -> tuple[Estimate, str]:
    """What this outage may do to society, and the digest of the network in which it was computed.

    Raises OutageImpossible.
    """
    network = get_network(viewer, nodes=tuple(outage.shares), changes=changes)
    return estimate_in(network, outage, changes, seed=seed), network.digest


def estimate_in(
    network: Network,
    outage: Outage,
    changes: Sequence[Change] = (),
    *,
    in_time: InTime | None = None,
    seed: int = 0,
) -> Estimate:
    """The estimate in this network; all begins now unless `in_time` says otherwise. Raises OutageImpossible."""
    found = estimate(network.dependencies, outage, in_time=in_time, services=network.names, seed=seed)
    told = sentences_of(changes, network.names)
    return gravest_services(replace(found, assumptions=(*told, *found.assumptions)))


def _digest(graph: str) -> str:
    return hashlib.sha256(f"{graph} {_digest_of_country()}".encode()).hexdigest()


@cache
def _digest_of_country() -> str:
    country = dutch_network()
    said = repr((country.processes, country.dependencies, country.estimated_on))
    return hashlib.sha256(said.encode()).hexdigest()
