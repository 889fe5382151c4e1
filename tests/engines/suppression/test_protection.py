"""What is published is safe, true, and the cheapest that is safe."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.suppression.cubes import cube_of_units
from tests.engines.suppression.random_tables import small_tables
from tests.engines.suppression.worked_examples import cells, fischetti_salazar, table_of_units, working_paper_22

from meldpunt.engines.suppression import (
    AuditFailed,
    CellId,
    Insiders,
    NoSafePattern,
    ProtectionLevel,
    Rules,
    SensitiveCellMustBeShown,
    SolverGaveUp,
    SolverStatus,
    Table,
    Weight,
    Zeros,
    audit,
    protect,
    protection,
    sensitive_cells,
)
from meldpunt.engines.suppression.pattern import Pattern

RULES = st.builds(
    Rules,
    minimum_organisations=st.sampled_from([None, 2, 3]),
    p_share=st.sampled_from([None, 0.2]),
    zeros=st.sampled_from(Zeros),
    weight=st.sampled_from(Weight),
)
INNER_ONLY = Rules(minimum_organisations=2, margins_kept=True)


@settings(max_examples=20)
@given(small_tables(), RULES)
def test_protected_table_passes_an_audit_of_its_own(table: Table, rules: Rules) -> None:
    safe = protect(table, rules)

    assert audit(table, safe.suppressed, sensitive=sensitive_cells(table, rules)).passed


@settings(max_examples=12)
@given(small_tables(columns=2), st.sampled_from([Insiders.LARGEST, Insiders.EVERYBODY]))
def test_protected_table_is_safe_against_those_who_know_their_own_reports(table: Table, insiders: Insiders) -> None:
    rules = Rules(minimum_organisations=2, insiders=insiders)

    safe = protect(table, rules)

    assert audit(table, safe.suppressed, sensitive=sensitive_cells(table, rules), insiders=insiders).passed


@settings(max_examples=15)
@given(small_tables(), RULES)
def test_published_cells_are_all_the_others_with_their_true_value(table: Table, rules: Rules) -> None:
    safe = protect(table, rules)

    assert set(safe.published) | safe.suppressed == set(table.cells)
    assert not set(safe.published) & safe.suppressed
    assert all(table.cells[id_].value == value for id_, value in safe.published.items())


@settings(max_examples=15)
@given(small_tables(), RULES)
def test_every_hidden_cell_has_a_reason(table: Table, rules: Rules) -> None:
    safe = protect(table, rules)

    assert set(safe.reasons) == safe.suppressed
    for id_, reason in safe.reasons.items():
        assert bool(reason.rules) == (id_ in safe.primary)
        assert bool(reason.protects) == (id_ in safe.secondary)


def safe_costs(table: Table, rules: Rules) -> Iterator[int]:
    """The cost of every safe choice among the inner cells, by trying them all."""
    sensitive = sensitive_cells(table, rules)
    spare = [id_ for id_, cell in table.cells.items() if cell.value > 0 and id_ not in {*sensitive, *table.margins}]
    for size in range(len(spare) + 1):
        for chosen in combinations(spare, size):
            if audit(table, {*sensitive, *chosen}, sensitive=sensitive).passed:
                yield sum(table.cells[id_].value for id_ in chosen)


@settings(max_examples=12)
@given(small_tables(rows=2))
def test_optimum_equals_the_best_of_trying_every_choice(table: Table) -> None:
    if sensitive_cells(table, INNER_ONLY).keys() & table.margins:
        with pytest.raises(SensitiveCellMustBeShown):
            protect(table, INNER_ONLY)
        return
    best = min(safe_costs(table, INNER_ONLY), default=None)
    if best is None:
        with pytest.raises(NoSafePattern):
            protect(table, INNER_ONLY)
    else:
        assert protect(table, INNER_ONLY).cost == best


@settings(max_examples=4)
@given(st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_cube_is_protected_although_it_is_no_network(counts: list[int]) -> None:
    table = cube_of_units(counts[:4], counts[4:])
    rules = Rules(minimum_organisations=2)

    safe = protect(table, rules)

    assert audit(table, safe.suppressed, sensitive=sensitive_cells(table, rules)).passed


def test_table_without_sensitive_cells_is_published_whole() -> None:
    table = fischetti_salazar()

    safe = protect(table, Rules(minimum_organisations=3))

    assert safe.status is SolverStatus.NOTHING_SENSITIVE
    assert len(safe.published) == len(table.cells)


def test_same_table_gives_the_same_pattern() -> None:
    rules = Rules(minimum_organisations=5, weight=Weight.EQUAL)

    assert protect(working_paper_22(), rules).suppressed == protect(working_paper_22(), rules).suppressed


def test_cell_with_only_a_zero_to_hide_behind_needs_a_margin() -> None:
    table = table_of_units(("r", "s"), ("x", "y"), ((1, 30), (50, 0)))

    safe = protect(table, Rules(minimum_organisations=3))

    assert safe.secondary & table.margins
    with pytest.raises(NoSafePattern):
        protect(table, Rules(minimum_organisations=3, margins_kept=True))


def test_zero_is_hidden_only_when_the_rules_allow_it() -> None:
    table = table_of_units(("r", "s"), ("x", "y"), ((5, 0), (50, 60)))
    marked = {CellId(("r", "x")): ProtectionLevel(lower=1, upper=0)}
    rules = Rules(minimum_organisations=None, marked=marked, margins_kept=True, zeros=Zeros.SUPPRESSIBLE)

    assert CellId(("r", "y")) in protect(table, rules).secondary
    with pytest.raises(NoSafePattern):
        protect(table, replace(rules, zeros=Zeros.SHOWN))


def test_sensitive_cell_shown_before_is_refused() -> None:
    with pytest.raises(SensitiveCellMustBeShown, match="Alpha"):
        protect(working_paper_22(), Rules(minimum_organisations=5), already_public=cells(("Alpha", "Medium")))


def test_cells_shown_before_are_worked_around() -> None:
    shown = cells(("Gamma", "Medium"))

    safe = protect(working_paper_22(), Rules(minimum_organisations=5), already_public=shown)

    assert not safe.suppressed & shown
    assert safe.cost > 29


def test_sliding_protection_asks_the_width_and_not_the_ends() -> None:
    cell = CellId(("II", "C"))
    rules = Rules(minimum_organisations=None, marked={cell: ProtectionLevel(lower=0, upper=0, sliding=26)})

    interval = protect(fischetti_salazar(), rules).audit.intervals[cell]

    assert interval.upper is not None
    assert interval.upper - interval.lower >= 26


def test_pattern_that_the_attacker_undoes_is_never_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chooser is replaced by one that makes the mistake published in Working Paper 22."""
    small = frozenset(sensitive_cells(working_paper_22(), Rules(minimum_organisations=5)))
    mistaken = Pattern(small | cells(("Beta", "Medium"), ("Beta", "High"), ("Delta", "Low")), proven_optimal=True)
    monkeypatch.setattr(protection, "cheapest_pattern", lambda *_, **__: mistaken)

    with pytest.raises(AuditFailed, match="Alpha/Very high") as refusal:
        protect(working_paper_22(), Rules(minimum_organisations=5))

    assert not refusal.value.audit.passed


def test_no_time_gives_no_table() -> None:
    with pytest.raises(SolverGaveUp):
        protect(working_paper_22(), Rules(minimum_organisations=5), time_limit_seconds=0.0)


def test_solver_says_nothing_on_standard_output() -> None:
    """In a process of its own: the solver would announce itself once per process."""
    programme = """
from meldpunt.engines.suppression import Rules, Table, protect
counts = {(row, column): {row + column: 1, "other": 9, "third": 9} for row in "rs" for column in "xy"}
print(protect(Table.from_counts("rs", "xy", counts | {("r", "x"): {"a": 1}}), Rules()).status.name)
"""
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", programme], capture_output=True, text=True, check=True, env=surroundings
    )

    assert done.stdout == "OPTIMAL\n"
