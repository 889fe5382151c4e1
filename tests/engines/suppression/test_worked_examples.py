"""The published answers come out, and the published mistake is caught."""

from __future__ import annotations

import pytest
from tests.engines.suppression.worked_examples import cells, fischetti_salazar, working_paper_22

from meldpunt.engines.suppression import (
    CellId,
    Interval,
    Protection,
    ProtectionLevel,
    Rules,
    Weight,
    audit,
    protect,
    sensitive_cells,
)

TWO_C = CellId(("II", "C"))
SMALL_IS_BELOW_FIVE = Rules(minimum_organisations=5)


def protect_two_c(level: int) -> Protection:
    rules = Rules(minimum_organisations=None, marked={TWO_C: ProtectionLevel(lower=level, upper=level)})
    return protect(fischetti_salazar(), rules)


def test_fischetti_salazar_optimum_hides_59_units() -> None:
    protection = protect_two_c(1)

    assert protection.suppressed == cells(("II", "A"), ("II", "C"), ("III", "A"), ("III", "C"))
    assert (protection.loss, protection.cost, protection.proven_optimal) == (59, 37, True)


def test_fischetti_salazar_attacker_sees_the_published_intervals() -> None:
    assert protect_two_c(1).audit.intervals == {
        ("II", "C"): Interval(5, 30),
        ("II", "A"): Interval(0, 25),
        ("III", "A"): Interval(0, 25),
        ("III", "C"): Interval(4, 29),
    }


def test_wider_protection_of_ten_each_way_moves_the_optimum_to_85() -> None:
    protection = protect_two_c(10)

    assert protection.suppressed == cells(("II", "B"), ("II", "C"), ("III", "B"), ("III", "C"))
    assert protection.loss == 85
    assert protection.audit.intervals[TWO_C] == Interval(0, 34)


def test_working_paper_22_needs_three_more_cells_of_value_29() -> None:
    protection = protect(working_paper_22(), SMALL_IS_BELOW_FIVE)

    assert protection.secondary == cells(("Gamma", "Medium"), ("Delta", "Low"), ("Delta", "High"))
    assert (protection.cost, protection.proven_optimal) == (29, True)


def test_working_paper_22_needs_three_more_cells_when_every_cell_costs_one() -> None:
    protection = protect(working_paper_22(), Rules(minimum_organisations=5, weight=Weight.EQUAL))

    assert protection.cost == len(protection.secondary) == 3


def test_working_paper_22_intervals_are_the_published_ones() -> None:
    intervals = protect(working_paper_22(), SMALL_IS_BELOW_FIVE).audit.intervals

    for small in cells(*(("Alpha", level) for level in ("Medium", "High", "Very high")), ("Delta", "Very high")):
        assert intervals[small] == Interval(0, 5)
    assert intervals[CellId(("Gamma", "Low"))] == Interval(0, 9)
    assert intervals[CellId(("Gamma", "Very high"))] == Interval(0, 5)


def test_pattern_with_two_hidden_cells_in_every_line_is_caught_when_it_still_leaks() -> None:
    table = working_paper_22()
    sensitive = sensitive_cells(table, SMALL_IS_BELOW_FIVE)
    insecure = frozenset(sensitive) | cells(("Beta", "Medium"), ("Beta", "High"), ("Delta", "Low"))

    found = audit(table, insecure, sensitive=sensitive)

    assert found.intervals[CellId(("Alpha", "Very high"))] == Interval(1, 1)
    assert ("Alpha", "Very high") in {exposure.threat.cell for exposure in found.exposures}
    assert not found.passed


def test_hiding_only_the_small_cells_gives_every_one_of_them_away() -> None:
    table = working_paper_22()
    sensitive = sensitive_cells(table, SMALL_IS_BELOW_FIVE)

    found = audit(table, frozenset(sensitive), sensitive=sensitive)

    assert all(interval.lower == interval.upper for interval in found.intervals.values())
    assert {exposure.threat.cell for exposure in found.exposures} == set(sensitive)


@pytest.mark.parametrize("cell", sorted(cells(("Gamma", "Medium"), ("Delta", "Low"), ("Delta", "High"))))
def test_every_secondary_cell_says_which_small_cells_it_protects(cell: CellId) -> None:
    protection = protect(working_paper_22(), SMALL_IS_BELOW_FIVE)

    assert protection.reasons[cell].protects
    assert protection.reasons[cell].protects <= frozenset(protection.primary)
