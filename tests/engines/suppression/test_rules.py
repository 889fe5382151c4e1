"""Which cells are sensitive by themselves, and how much protection each asks."""

from __future__ import annotations

import pytest

from meldpunt.engines.suppression import (
    CellId,
    Dominance,
    ProtectionLevel,
    Rule,
    Rules,
    RulesOutOfRange,
    Sensitivity,
    Table,
    Zeros,
    sensitive_cells,
)

CELL = CellId(("x", "y"))


def sensitivity_of(contributions: dict[str, int], rules: Rules) -> Sensitivity | None:
    """The judgement of one cell that stands between two large ones."""
    many = {f"other {number}": 10 for number in range(40)}
    table = Table.from_counts(["x"], ["w", "y", "z"], {("x", "w"): many, ("x", "y"): contributions, ("x", "z"): many})
    return sensitive_cells(table, rules).get(CELL)


def test_many_incidents_of_two_organisations_are_too_few_organisations() -> None:
    found = sensitivity_of({"a": 40, "b": 60}, Rules(minimum_organisations=3))

    assert found == Sensitivity(frozenset({Rule.MINIMUM_FREQUENCY}), ProtectionLevel(lower=10, upper=10))


def test_three_organisations_are_enough_for_a_minimum_of_three() -> None:
    assert sensitivity_of({"a": 1, "b": 1, "c": 1}, Rules(minimum_organisations=3)) is None


@pytest.mark.parametrize(("reach_minimum", "upper"), [(True, 9), (False, 1)])
def test_small_cell_must_seem_possibly_large_when_the_rules_say_so(reach_minimum: bool, upper: int) -> None:
    found = sensitivity_of({"a": 1}, Rules(minimum_organisations=10, reach_minimum=reach_minimum))

    assert found is not None
    assert found.level == ProtectionLevel(lower=1, upper=upper)


@pytest.mark.parametrize(("largest", "sensitive"), [(80, False), (81, True)])
def test_dominance_begins_above_its_share(largest: int, sensitive: bool) -> None:
    rules = Rules(minimum_organisations=None, dominance=Dominance(largest=1, share=0.80))

    assert (sensitivity_of({"a": largest, "b": 100 - largest}, rules) is not None) is sensitive


def test_dominant_cell_is_protected_up_to_where_nobody_dominates() -> None:
    rules = Rules(minimum_organisations=None, dominance=Dominance(largest=2, share=0.75), range_share=0.0)

    found = sensitivity_of({"a": 60, "b": 30, "c": 10}, rules)

    assert found == Sensitivity(frozenset({Rule.DOMINANCE}), ProtectionLevel(lower=20, upper=20))


@pytest.mark.parametrize(("rest", "sensitive"), [(10, False), (9, True)])
def test_p_percent_begins_when_the_rest_cannot_hide_the_largest(rest: int, sensitive: bool) -> None:
    rules = Rules(minimum_organisations=None, p_share=0.10)

    assert (sensitivity_of({"a": 100, "b": 50, "c": rest}, rules) is not None) is sensitive


def test_sole_contributor_breaks_the_p_percent_rule() -> None:
    found = sensitivity_of({"a": 7}, Rules(minimum_organisations=None, p_share=0.5))

    assert found == Sensitivity(frozenset({Rule.P_PERCENT}), ProtectionLevel(lower=4, upper=4))


def test_category_holding_nearly_a_whole_row_is_group_disclosure() -> None:
    crowd = {f"o{number}": 1 for number in range(19)}
    table = Table.from_counts(["x"], ["y", "z"], {("x", "y"): crowd, ("x", "z"): {"a": 1}})

    found = sensitive_cells(table, Rules(minimum_organisations=None, group_share=0.90))

    assert found == {CELL: Sensitivity(frozenset({Rule.GROUP_DISCLOSURE}), ProtectionLevel(lower=1, upper=0))}


@pytest.mark.parametrize(
    ("zeros", "sensitive"), [(Zeros.SHOWN, False), (Zeros.SUPPRESSIBLE, False), (Zeros.SENSITIVE, True)]
)
def test_zero_is_sensitive_only_when_the_rules_say_so(zeros: Zeros, sensitive: bool) -> None:
    assert (sensitivity_of({}, Rules(zeros=zeros)) is not None) is sensitive


def test_cell_that_breaks_two_rules_gets_the_widest_level() -> None:
    rules = Rules(minimum_organisations=3, p_share=0.5, range_share=0.1)

    found = sensitivity_of({"a": 100}, rules)

    assert found == Sensitivity(
        frozenset({Rule.MINIMUM_FREQUENCY, Rule.P_PERCENT}), ProtectionLevel(lower=50, upper=50)
    )


@pytest.mark.parametrize(
    "rules",
    [
        Rules(minimum_organisations=0),
        Rules(dominance=Dominance(largest=0, share=0.5)),
        Rules(dominance=Dominance(largest=1, share=0.0)),
        Rules(p_share=-0.1),
        Rules(group_share=1.1),
        Rules(marked={CellId(("no", "where")): ProtectionLevel(1, 1)}),
        Rules(marked={CELL: ProtectionLevel(-1, 1)}),
    ],
)
def test_parameter_without_meaning_is_refused(rules: Rules) -> None:
    with pytest.raises(RulesOutOfRange):
        sensitivity_of({"a": 1}, rules)
