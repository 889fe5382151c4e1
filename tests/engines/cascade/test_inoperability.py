"""What holds for every interdependency, whatever its numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.cascade.random_sectors import SHARES, disturbed, interdependencies

from meldpunt.engines.cascade import (
    Diverges,
    Driven,
    Interdependency,
    OutOfRange,
    ShapesDiffer,
    dependency_index,
    economic_loss,
    influence_index,
    inoperability,
    recovery_coefficient,
    trajectory,
)
from meldpunt.engines.cascade.interdependency import Values
from meldpunt.engines.cascade.recovery import recovery

Disturbed = tuple[Interdependency, Values]
TWO = Interdependency(("a", "b"), np.array([[0.0, 0.5], [0.25, 0.0]]))


@given(disturbed())
def test_inoperability_is_a_share_and_at_least_what_was_disturbed(case: Disturbed) -> None:
    found = inoperability(*case)

    assert np.all((found >= case[1] - 1e-12) & (found <= 1))


@given(disturbed())
def test_inoperability_is_the_fixed_point_of_the_capped_equation(case: Disturbed) -> None:
    found = inoperability(*case)

    assert found == pytest.approx(np.minimum(1.0, case[0].matrix @ found + case[1]), abs=1e-9)


@given(disturbed(), st.data())
def test_more_disturbance_never_gives_less_inoperability(case: Disturbed, data: st.DataObject) -> None:
    sectors, perturbation = case
    size = perturbation.size
    more = np.maximum(perturbation, np.array(data.draw(st.lists(SHARES, min_size=size, max_size=size))))

    assert np.all(inoperability(sectors, more) >= inoperability(sectors, perturbation) - 1e-9)


@given(disturbed(), st.data())
def test_order_of_the_sectors_does_not_matter(case: Disturbed, data: st.DataObject) -> None:
    sectors, perturbation = case
    order = data.draw(st.permutations(range(perturbation.size)))
    shuffled = Interdependency(tuple(sectors.sectors[place] for place in order), sectors.matrix[np.ix_(order, order)])

    assert inoperability(shuffled, perturbation[order]) == pytest.approx(
        inoperability(sectors, perturbation)[order], abs=1e-9
    )


@given(interdependencies())
def test_nothing_out_gives_nothing_out(sectors: Interdependency) -> None:
    nothing = np.zeros(len(sectors.sectors))

    assert np.array_equal(inoperability(sectors, nothing), nothing)


@settings(max_examples=40)
@given(disturbed(), st.floats(0.3, 1.0))
def test_dynamic_model_ends_where_the_static_model_stands(case: Disturbed, pace: float) -> None:
    sectors, perturbation = case
    size = perturbation.size

    path = trajectory(
        sectors, resilience=np.full(size, pace), perturbation=np.tile(perturbation, (2000, 1)), start=np.zeros(size)
    )

    assert np.all((path >= 0) & (path <= 1))
    assert path[-1] == pytest.approx(inoperability(sectors, perturbation), abs=1e-6)


@given(disturbed(), st.floats(0.1, 1.0))
def test_recovery_of_everything_comes_down_to_nothing(case: Disturbed, pace: float) -> None:
    sectors, start = case

    found = recovery(sectors, resilience=np.full(start.size, pace), start=start, after=10_000.0)

    assert found == pytest.approx(np.zeros(start.size), abs=1e-6)


def test_recovery_coefficient_brings_a_lone_sector_back_in_its_time() -> None:
    pace = recovery_coefficient(start=0.8, end=0.01, duration=12.0, own_use=0.2)
    alone = Interdependency(("a",), np.array([[0.2]]))

    found = recovery(alone, resilience=np.array([pace]), start=np.array([0.8]), after=12.0)

    assert found == pytest.approx(np.array([0.01]))


@pytest.mark.parametrize(
    ("start", "end", "duration"), [(0.5, 0.6, 1.0), (0.5, 0.0, 1.0), (0.5, 0.1, 0.0), (1.5, 0.1, 1.0)]
)
def test_recovery_that_is_none_is_refused(start: float, end: float, duration: float) -> None:
    with pytest.raises(OutOfRange):
        recovery_coefficient(start=start, end=end, duration=duration)


def test_capped_sector_passes_on_no_more_than_a_standstill() -> None:
    """Without the cap the second sector would come to 1.2, and the third to 0.6."""
    chain = Interdependency(("a", "b", "c"), np.array([[0, 0, 0], [0.9, 0, 0], [0, 0.5, 0]]))

    assert inoperability(chain, np.array([1.0, 0.3, 0.0])) == pytest.approx(np.array([1.0, 1.0, 0.5]))


def test_indices_are_means_of_rows_and_columns_without_the_sector_itself() -> None:
    matrix = np.array([[0.9, 0.2, 0.4], [0.0, 0.9, 0.1], [0.3, 0.1, 0.9]])

    assert dependency_index(matrix) == pytest.approx(np.array([0.3, 0.05, 0.2]))
    assert influence_index(matrix) == pytest.approx(np.array([0.15, 0.15, 0.25]))


def test_total_interdependency_sums_all_orders() -> None:
    orders = sum((TWO.order(number) for number in range(60)), np.zeros((2, 2)))

    assert TWO.total() == pytest.approx(orders)


def test_matrix_that_feeds_on_itself_diverges() -> None:
    with pytest.raises(Diverges) as refusal:
        Interdependency(("a", "b"), np.array([[0.0, 2.0], [0.5, 0.0]]))

    assert refusal.value.spectral_radius == pytest.approx(1.0)


@pytest.mark.parametrize("matrix", [np.zeros((2, 3)), np.zeros((3, 3)), np.zeros(2)])
def test_matrix_of_another_shape_is_refused(matrix: Values) -> None:
    with pytest.raises(ShapesDiffer):
        Interdependency(("a", "b"), matrix)


@pytest.mark.parametrize("entry", [-0.1, float("nan"), float("inf")])
def test_entry_that_is_no_share_of_anything_is_refused(entry: float) -> None:
    with pytest.raises(OutOfRange):
        Interdependency(("a", "b"), np.array([[0.0, entry], [0.1, 0.0]]))


@pytest.mark.parametrize("perturbation", [[0.0, 1.1], [-0.1, 0.0], [float("nan"), 0.0]])
def test_disturbance_that_is_no_share_is_refused(perturbation: list[float]) -> None:
    with pytest.raises(OutOfRange):
        inoperability(TWO, np.array(perturbation))


def test_vectors_of_another_length_are_refused() -> None:
    with pytest.raises(ShapesDiffer):
        inoperability(TWO, np.zeros(3))
    with pytest.raises(ShapesDiffer):
        economic_loss(np.zeros((4, 2)), output=np.ones(3))


def test_sector_that_makes_nothing_has_no_coefficients() -> None:
    with pytest.raises(OutOfRange, match="without output"):
        Interdependency.from_flows("ab", flows=np.eye(2), output=np.array([1.0, 0.0]), driven=Driven.SUPPLY)


def test_matrix_cannot_be_changed_behind_its_back() -> None:
    with pytest.raises(ValueError, match="read-only"):
        TWO.matrix[0, 0] = 1.0
