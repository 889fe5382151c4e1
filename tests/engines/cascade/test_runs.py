"""The runs by array say what plain Python says, and what is drawn does not hang on who asks."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.cascade.plain import Drawn, path_of
from tests.engines.cascade.random_networks import network_of, networks, struck

from meldpunt.engines.cascade import (
    Band,
    Dependency,
    DependencyNetwork,
    Interruption,
    Outage,
    Overlapping,
    inoperability,
    outage_of,
)
from meldpunt.engines.cascade.drawing import Draws, Floats
from meldpunt.engines.cascade.question import NEVER, Outcome, Question, question_of
from meldpunt.engines.cascade.rising import risen
from meldpunt.engines.cascade.runs import simulate

Struck = tuple[DependencyNetwork, Outage]
HOURS = 14
RUNS = range(3, 8)


def asked(network: DependencyNetwork, outage: Outage, *, hours: int = HOURS, seed: int = 5) -> Question:
    """Every hour is kept."""
    return question_of(network, outage, seed=seed, horizon_hours=hours, hours=tuple(range(hours + 1)), fails_from=0.5)


def drawn_in(question: Question, runs: range) -> list[Drawn]:
    strengths, buffers = question.draws.strengths(runs), question.draws.buffers(runs)
    return [
        {
            (one.of, one.on): (float(strengths[row, number]), int(buffers[row, number]))
            for number, one in enumerate(question.wiring.dependencies)
        }
        for row in range(len(runs))
    ]


def states(question: Question, outcome: Outcome, node: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """Shape (hours, runs)."""
    return outcome.state[:, :, question.wiring.order.index(node)]


@settings(max_examples=150, deadline=None)
@given(struck())
def test_arrays_say_what_plain_python_says(case: Struck) -> None:
    network, outage = case
    question = asked(network, outage)

    outcome = simulate(question, RUNS)

    for row, drawn in enumerate(drawn_in(question, RUNS)):
        plain = path_of(network, outage, drawn, hours=HOURS)
        for place, node in enumerate(question.wiring.order):
            path = [hour[node] for hour in plain]
            assert outcome.state[:, row, place] == pytest.approx(path, abs=2e-4)
            assert outcome.lost[row, place] == pytest.approx(sum(path[:-1]), abs=5e-3)


@settings(max_examples=60, deadline=None)
@given(struck())
def test_a_node_fails_at_the_first_hour_of_which_half_is_out(case: Struck) -> None:
    question = asked(*case)

    outcome = simulate(question, RUNS)

    failing = outcome.state >= 0.5 - 1e-6
    first = np.where(failing.any(axis=0), failing.argmax(axis=0), NEVER)
    assert np.array_equal(outcome.failed_at, first)


@settings(max_examples=60, deadline=None)
@given(struck(), st.integers(1, 4))
def test_a_run_comes_out_the_same_in_any_company_and_on_any_number_of_threads(case: Struck, workers: int) -> None:
    question = asked(*case)

    together = simulate(question, range(8), workers=workers)
    alone = simulate(question, range(5, 6), workers=1)

    assert np.array_equal(together.state[:, 5:6], alone.state)
    assert np.array_equal(together.lost[5:6], alone.lost)


@settings(max_examples=60, deadline=None)
@given(struck(), st.randoms(use_true_random=False))
def test_the_order_of_the_network_changes_no_bit(case: Struck, chance: random.Random) -> None:
    network, outage = case
    shuffled = replace(
        network,
        processes=tuple(chance.sample(network.processes, len(network.processes))),
        services=tuple(chance.sample(network.services, len(network.services))),
        dependencies=tuple(chance.sample(network.dependencies, len(network.dependencies))),
    )

    one, other = asked(network, outage), asked(shuffled, outage)

    assert one.wiring.order == other.wiring.order
    assert np.array_equal(simulate(one, RUNS).state, simulate(other, RUNS).state)


@settings(max_examples=60, deadline=None)
@given(struck(), st.floats(1.0, 3.0))
def test_more_outage_never_gives_less_in_any_run(case: Struck, factor: float) -> None:
    network, outage = case
    larger = {node: replace(one, share=min(1.0, one.share * factor)) for node, one in outage.items()}

    less, more = simulate(asked(network, outage), RUNS), simulate(asked(network, larger), RUNS)

    assert np.all(more.state >= less.state - 2e-5)
    assert np.all((more.state >= 0) & (more.state <= 1))


@settings(max_examples=60, deadline=None)
@given(struck())
def test_what_lasts_never_gets_better(case: Struck) -> None:
    network, outage = case
    lasting = {node: Interruption(one.share) for node, one in outage.items()}

    state = simulate(asked(network, lasting), RUNS).state

    assert np.all(np.diff(state, axis=0) >= 0)


@settings(max_examples=60, deadline=None)
@given(networks(longest_buffer=2), st.floats(0.05, 1.0))
def test_a_lasting_outage_ends_where_the_static_model_stands(network: DependencyNetwork, share: float) -> None:
    """Strengths are held at their likely values and kept so small that the static model has an answer."""
    held = replace(
        network,
        dependencies=tuple(
            replace(one, strength=Band.exactly(one.strength.likely / 6)) for one in network.dependencies
        ),
    )
    struck_node = held.nodes[0].id
    question = asked(held, outage_of({struck_node: share}), hours=200)
    pushed = np.array([share if node.id == struck_node else 0.0 for node in held.nodes])

    last = simulate(question, range(2)).state[-1]

    still = inoperability(held.interdependency(), pushed)
    for node in held.nodes:
        assert last[:, question.wiring.order.index(node.id)] == pytest.approx(still[held.place[node.id]], abs=1e-4)


def test_nothing_that_is_leaned_on_is_nothing_that_is_felt() -> None:
    question = asked(network_of(["a", "b", "c"], certain("b", "c", 1.0)), outage_of({"a": 1.0}))

    outcome = simulate(question, RUNS)

    assert not states(question, outcome, "b").any()
    assert np.all(outcome.failed_at[:, question.wiring.order.index("b")] == NEVER)


def certain(of: str, on: str, strength: float, buffer_hours: float = 0) -> Dependency:
    return Dependency(of, on, Band.exactly(strength), Band.exactly(buffer_hours))


def path(network: DependencyNetwork, outage: Outage, node: str, *, hours: int = 8) -> list[float]:
    question = asked(network, outage, hours=hours)
    return [float(share) for share in states(question, simulate(question, range(1)), node)[:, 0]]


@pytest.mark.parametrize("lasts", range(1, 9))
@pytest.mark.parametrize("buffer", range(6))
def test_an_outage_is_felt_from_when_the_buffer_is_used_until_it_ends(buffer: int, lasts: int) -> None:
    """Of hours 0 up to the end those from the buffer on; an outage no longer than the buffer is not felt at all."""
    network = network_of(["power", "phone"], certain("phone", "power", 1.0, buffer))

    felt = path(network, outage_of({"power": 1.0}, until_hour=lasts), "phone", hours=12)

    assert felt == [1.0 if buffer <= hour < lasts else 0.0 for hour in range(13)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.integers(1, 12), st.integers(0, 4))
def test_down_a_chain_buffers_are_used_one_after_the_other_and_all_come_back_at_once(
    buffers: list[int], lasts: int, begins: int
) -> None:
    nodes = [f"n{number}" for number in range(len(buffers) + 1)]
    links = [certain(nodes[place + 1], nodes[place], 1.0, buffer) for place, buffer in enumerate(buffers)]
    outage = {nodes[0]: Interruption(1.0, from_hour=begins, until_hour=begins + lasts)}

    felt = path(network_of(nodes, *links), outage, nodes[-1], hours=20)

    assert felt == [1.0 if begins + sum(buffers) <= hour < begins + lasts else 0.0 for hour in range(21)]


@settings(max_examples=40, deadline=None)
@given(networks(), st.integers(1, 8))
def test_once_all_causes_are_gone_nobody_stands_still(network: DependencyNetwork, until_hour: int) -> None:
    question = asked(network, outage_of({network.nodes[0].id: 1.0}, until_hour=until_hour))

    assert not simulate(question, RUNS).state[until_hour:].any()


def test_a_second_outage_within_the_buffer_starts_it_anew() -> None:
    network = network_of(["power", "phone"], certain("phone", "power", 1.0, 2))
    twice = Overlapping((Interruption(1.0, until_hour=2), Interruption(1.0, from_hour=3, until_hour=7)))

    assert path(network, {"power": twice}, "power", hours=7) == [1, 1, 0, 1, 1, 1, 1, 0]
    assert path(network, {"power": twice}, "phone", hours=7) == [0, 0, 0, 0, 0, 1, 1, 0]


def test_a_buffer_is_rounded_to_whole_hours_up_and_down() -> None:
    buffers = {"a": 1.6, "b": 1.4, "c": 0.5}
    network = network_of(["power", *buffers], *(certain(of, "power", 1.0, hours) for of, hours in buffers.items()))

    assert path(network, outage_of({"power": 1.0}), "a", hours=3) == [0, 0, 1, 1]
    assert path(network, outage_of({"power": 1.0}), "b", hours=3) == [0, 1, 1, 1]
    assert path(network, outage_of({"power": 1.0}), "c", hours=3) == [1, 1, 1, 1]


def test_a_buffer_longer_than_the_horizon_is_not_used_up() -> None:
    network = network_of(["power", "phone"], certain("phone", "power", 1.0, 1000))

    assert not any(path(network, outage_of({"power": 1.0}), "phone", hours=4))


def test_what_stands_still_through_another_stays_so_when_more_goes_wrong_later() -> None:
    network = network_of(["power", "phone", "water"], certain("phone", "power", 1.0))
    outage = outage_of({"power": 1.0}) | {"water": Interruption(0.5, from_hour=2)}

    assert path(network, outage, "phone", hours=4) == [1, 1, 1, 1, 1]
    assert path(network, outage, "water", hours=4) == [0, 0, 0.5, 0.5, 0.5]


def test_so_many_runs_that_they_are_worked_out_in_parts_are_each_the_run_that_it_is_alone() -> None:
    """Some 40 million cells of the past: four parts."""
    doubtful = Dependency("phone", "power", Band(0.1, 0.5, 0.9), Band(0, 500, 1000))
    question = asked(network_of(["power", "phone"], doubtful), outage_of({"power": 1.0}), hours=1000)

    many, last = simulate(question, range(10_000)), simulate(question, range(9_999, 10_000))

    assert np.array_equal(many.lost[9_999:], last.lost)
    assert np.array_equal(many.failed_at[9_999:], last.failed_at)
    assert np.array_equal(many.counted[:, 9_999:], last.counted)


def test_of_causes_at_once_the_one_counts_that_takes_most() -> None:
    both = Overlapping((Interruption(0.4), Interruption(0.7, from_hour=1, until_hour=3)))

    assert path(network_of(["power"]), {"power": both}, "power", hours=4) == pytest.approx([0.4, 0.7, 0.7, 0.4, 0.4])
    assert both.until_hour is None


def test_what_keeps_each_other_still_by_just_about_all_is_answered_when_it_comes_back_too() -> None:
    """Of 1/10,000 that is out of itself a tenth is left in the second hour, and it is felt a thousand times over."""
    network = network_of(["a", "b"], certain("a", "b", 0.9995), certain("b", "a", 0.9995))
    outage = outage_of({"a": 0.0001}, until_hour=1, recovery_per_hour=float(np.log(10)))

    felt = path(network, outage, "a", hours=2)[2]

    assert felt == pytest.approx(0.00001 / (1 - 0.9995**2), rel=1e-3)


def test_without_a_buffer_the_end_is_felt_in_the_same_hour() -> None:
    network = network_of(["power", "phone"], certain("phone", "power", 0.5))

    assert path(network, outage_of({"power": 1.0}, until_hour=3), "phone", hours=4) == [0.5, 0.5, 0.5, 0, 0]


def test_recovery_takes_what_leans_on_it_along() -> None:
    network = network_of(["power", "phone"], certain("phone", "power", 0.5))
    outage = outage_of({"power": 0.8}, until_hour=2, recovery_per_hour=float(np.log(2)))

    assert path(network, outage, "power", hours=4) == pytest.approx([0.8, 0.8, 0.8, 0.4, 0.2])
    assert path(network, outage, "phone", hours=4) == pytest.approx([0.4, 0.4, 0.4, 0.2, 0.1])


def test_what_recovers_is_back_once_a_thousandth_is_left() -> None:
    outage = outage_of({"power": 0.8}, until_hour=1, recovery_per_hour=float(np.log(10)))

    assert path(network_of(["power"]), outage, "power", hours=5) == pytest.approx([0.8, 0.8, 0.08, 0.008, 0.0, 0.0])


def test_what_keeps_each_other_still_starts_from_nothing_once_the_cause_is_gone() -> None:
    """The least answer: nobody stands still for no other reason than that the other does."""
    network = network_of(["a", "b", "c"], certain("a", "b", 1.0), certain("b", "a", 1.0), certain("a", "c", 0.1))
    outage = outage_of({"c": 1.0}, until_hour=3)

    assert path(network, outage, "b", hours=4) == pytest.approx([1, 1, 1, 0, 0])


def test_what_feeds_on_itself_by_nearly_all_ends_at_the_answer() -> None:
    """A two-thousandth is out of itself, and a half through each other."""
    network = network_of(["a", "b"], certain("a", "b", 0.9995), certain("b", "a", 0.9995))

    assert path(network, outage_of({"a": 0.0005}), "a", hours=1)[1] == pytest.approx(0.0005 / (1 - 0.9995**2), rel=1e-3)


def test_what_rises_by_next_to_nothing_is_asked_no_more_and_each_run_by_itself() -> None:
    """Of one run half of each step is left, so twenty of them come within a millionth; of the other nearly all is."""
    asked = []
    left, own = np.array([[0.5], [0.999]], dtype=np.float32), np.array([[0.25], [0.0005]], dtype=np.float32)

    def felt(state: Floats) -> Floats:
        asked.append(state.copy())
        return own[: len(state)] + left[: len(state)] * state

    alone = risen(np.zeros((1, 1), dtype=np.float32), felt)
    rounds = len(asked)
    both = risen(np.zeros((2, 1), dtype=np.float32), felt)

    assert rounds <= 24
    assert float(alone[0, 0]) == pytest.approx(0.5, abs=3e-6)
    assert (both[0, 0], float(both[1, 0])) == (alone[0, 0], pytest.approx(0.5, rel=1e-3))


@pytest.mark.parametrize("again", [30, 31, 45])
def test_after_hours_in_which_nothing_is_out_buffers_are_full_and_an_outage_is_felt_anew(again: int) -> None:
    network = network_of(["power", "phone"], certain("phone", "power", 1.0, 10))
    twice = Overlapping((Interruption(1.0, until_hour=25), Interruption(1.0, from_hour=again)))

    felt = path(network, {"power": twice}, "phone", hours=60)

    assert felt == [1.0 if 10 <= hour < 25 or hour >= again + 10 else 0.0 for hour in range(61)]


def test_what_stood_still_wholly_before_a_cause_gave_way_asks_again_what_it_leans_on() -> None:
    """Past the hours at which what stands still leaves the sums, and back in twice."""
    network = network_of(["power", "sun", "phone"], certain("phone", "power", 0.6), certain("phone", "sun", 0.4))
    outage = {
        "power": Overlapping((Interruption(1.0, until_hour=26), Interruption(0.5, until_hour=40))),
        "sun": Interruption(1.0),
    }

    felt = path(network, outage, "phone", hours=50)

    expected = [1.0 if hour < 26 else 0.7 if hour < 40 else 0.4 for hour in range(51)]
    assert felt == pytest.approx(expected, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(networks(), st.integers(0, 2**31))
def test_a_dependency_draws_the_same_whatever_else_is_in_the_network(network: DependencyNetwork, seed: int) -> None:
    together = Draws(network.dependencies, seed=seed)
    strengths, buffers = together.strengths(RUNS), together.buffers(RUNS)

    for number, one in enumerate(network.dependencies):
        alone = Draws([one], seed=seed)
        assert np.array_equal(alone.strengths(RUNS)[:, 0], strengths[:, number])
        assert np.array_equal(alone.buffers(RUNS)[:, 0], buffers[:, number])


def test_draws_fill_their_triangle_and_another_seed_draws_otherwise() -> None:
    """Mean and spread of the triangular distribution over 20,000 runs, within four standard errors."""
    low, likely, high = 0.2, 0.3, 0.9
    doubtful = [Dependency(f"a{number}", "b", Band(low, likely, high), Band.exactly(0)) for number in range(20)]

    drawn = Draws(doubtful, seed=1).strengths(range(1000)).ravel()

    variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    assert drawn.min() >= low
    assert drawn.max() <= high
    assert drawn.mean() == pytest.approx((low + likely + high) / 3, abs=4 * (variance / drawn.size) ** 0.5)
    assert drawn.var() == pytest.approx(variance, rel=0.05)
    assert not np.array_equal(Draws(doubtful, seed=2).strengths(range(1000)).ravel(), drawn)


def test_draws_of_different_dependencies_know_nothing_of_each_other() -> None:
    uncertain = [Dependency(f"a{number}", "b", Band(0, 0.5, 1), Band(0, 12, 24)) for number in range(30)]
    draws = Draws(uncertain, seed=7)

    both = np.hstack([draws.strengths(range(4000)), draws.buffers(range(4000))])
    correlation = np.corrcoef(both.T) - np.eye(60)

    assert np.abs(correlation).max() < 0.08
