"""The country with named services, as far as an outage can reach, and what a scenario supposes otherwise."""

from __future__ import annotations

from meldpunt.engines.cascade import Band, Service, dutch_network
from meldpunt.services.values import Edge, Graph
from meldpunt.triage.rules.estimating import estimate
from meldpunt.triage.rules.networking import MOST_SERVICES, gravest_services, network_of
from meldpunt.triage.values import Change, Outage
from meldpunt.vocabulary import Bilingual, SectorId

PAYING = "service:11111111-1111-4111-8111-111111111111"
NETWORK = "service:22222222-2222-4222-8222-222222222222"
STRONG, WEAK, BUFFER = Band(0.5, 0.6, 0.7), Band(0.1, 0.2, 0.3), Band(2, 4, 8)
GRAPH = Graph({PAYING: "banking", NETWORK: "digital-infrastructure"}, (Edge(PAYING, NETWORK, STRONG, BUFFER),), "")


def test_a_change_without_a_buffer_keeps_that_of_before() -> None:
    (leaning,) = network_of(dutch_network(), GRAPH, [NETWORK], [Change(PAYING, NETWORK, WEAK)]).dependencies
    assert (leaning.strength, leaning.buffer_hours) == (WEAK, BUFFER)


def test_a_change_with_a_buffer_has_its_own_and_what_leant_on_nothing_leans_at_once() -> None:
    at_once = Change(PAYING, NETWORK, WEAK, Band(0, 1, 2))
    (leaning,) = network_of(dutch_network(), GRAPH, [NETWORK], [at_once]).dependencies
    assert leaning.buffer_hours == Band(0, 1, 2)
    new = Change(NETWORK, PAYING, WEAK)
    (leaning,) = network_of(dutch_network(), Graph(GRAPH.sectors, (), ""), [PAYING], [new]).dependencies
    assert leaning.buffer_hours == Band(0, 0, 0)


def test_what_the_outage_cannot_reach_is_left_out_and_every_process_stays() -> None:
    reached = network_of(dutch_network(), GRAPH, [PAYING])
    assert [one.id for one in reached.services] == [PAYING]
    assert reached.dependencies == ()
    assert reached.processes == dutch_network().processes


def test_of_services_the_gravest_are_kept_and_all_processes() -> None:
    services = [f"service:{number:08d}-1111-4111-8111-111111111111" for number in range(MOST_SERVICES + 5)]
    network = dutch_network().extended([Service(one, SectorId("energy")) for one in services], [])
    shares = {one: 0.1 + number / 100 for number, one in enumerate(services)} | {"D1": 0.05}
    names = {one: Bilingual("dienst", "service") for one in services}
    found = gravest_services(estimate(network, Outage(shares), services=names))
    for reading in found.readings:
        kept = [one.node for one in reading.standings]
        assert "D1" in kept
        assert [one for one in kept if one in services] == services[: -MOST_SERVICES - 1 : -1]
