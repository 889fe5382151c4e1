"""Who feels a standstill, and when; and the graph as the cascade takes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.services.cast import founded, lean, leaning

from meldpunt.engines.cascade import dutch_network
from meldpunt.services import actions, queries
from meldpunt.services.rules.tracing import MOST_STEPS, soonest
from meldpunt.services.values import node_of, service_in


@pytest.mark.django_db
def test_a_standstill_reaches_who_leans_on_it_and_through_them_a_vital_process() -> None:
    house = founded()
    trace = queries.trace_standstill(house.analyst, service=house.network, within_hours=12)
    hours = {one.end.node: (one.hours, one.steps) for one in trace.reached}
    assert hours[node_of(house.payments)] == (2, 1)
    assert hours["F1"] == (3, 2)
    assert hours[node_of(house.pumping)] == (12, 1)
    assert [one.hours for one in trace.reached] == sorted(one.hours for one in trace.reached)


@pytest.mark.django_db
def test_what_feels_it_too_late_is_left_out() -> None:
    house = founded()
    trace = queries.trace_standstill(house.analyst, service=house.network, within_hours=2.5)
    assert [one.end.service.id for one in trace.reached if one.end.service] == [house.payments]


@pytest.mark.django_db
def test_the_graph_has_another_digest_as_soon_as_anything_in_it_is_another() -> None:
    house = founded()
    graph = queries.get_graph(house.analyst)
    assert queries.get_graph(house.analyst) == graph
    assert len(graph.edges) == 3
    lean(house.analyst, leaning(house.payments, house.network, strength=(40, 60, 91)))
    stronger = queries.get_graph(house.analyst)
    actions.end_service(house.analyst, service=house.network, reason="Opgeheven.")
    ended = queries.get_graph(house.analyst)
    assert len({graph.digest, stronger.digest, ended.digest}) == 3
    assert len(ended.edges) == 1


Steps = list[tuple[str, str, float]]
nodes = st.sampled_from("abcdef")
steps = st.lists(st.tuples(nodes, nodes, st.integers(0, 40).map(float)), max_size=14)


def shortest(start: str, known: Steps) -> dict[str, float]:
    """Plainly: every node as near as any step brings it, until nothing changes."""
    found = {start: 0.0}
    for _ in range(10):
        for of, on, buffer in known:
            if on in found:
                found[of] = min(found.get(of, 1e9), found[on] + buffer)
    return {node: hours for node, hours in found.items() if hours <= 72 and node != start}


@given(steps)
def test_the_soonest_way_is_the_shortest_path(known: Steps) -> None:
    found, is_whole = soonest("a", lambda nodes: [one for one in known if one[1] in nodes], within_hours=72)
    assert is_whole
    assert {node: hours for node, (hours, _) in found.items()} == shortest("a", known)


def test_a_way_longer_than_a_page_can_tell_is_said_not_to_be_whole() -> None:
    chain = [(str(one + 1), str(one), 0.0) for one in range(MOST_STEPS + 2)]
    found, is_whole = soonest("0", lambda nodes: [one for one in chain if one[1] in nodes], within_hours=72)
    assert (len(found), is_whole) == (MOST_STEPS, False)


@pytest.mark.parametrize("node", ["F1", "service:", "service:zo maar", ""])
def test_what_is_no_service_is_none(node: str) -> None:
    assert service_in(node) is None


def test_the_country_leans_on_no_service_by_itself() -> None:
    assert not [one for one in dutch_network().processes if service_in(one.id)]
