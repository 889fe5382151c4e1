"""Tables that add up, margins that count an organisation once, and which tables are networks."""

from __future__ import annotations

import pytest
from tests.engines.suppression.cubes import cube_of_units
from tests.engines.suppression.worked_examples import fischetti_salazar

from meldpunt.engines.suppression import TOTAL, Cell, CellId, Equation, OrganisationId, Table, TableDoesNotAddUp


def test_margin_counts_an_organisation_once_however_often_it_reports() -> None:
    table = Table.from_counts(
        ["energy"], ["ddos", "phishing"], {("energy", "ddos"): {"a": 2, "b": 1}, ("energy", "phishing"): {"a": 5}}
    )

    margin = table.cells[CellId(("energy", TOTAL))]

    assert margin.value == 8
    assert margin.contributions == {"a": 7, "b": 1}


def test_pair_left_out_is_a_zero() -> None:
    table = Table.from_counts(["energy"], ["ddos", "phishing"], {("energy", "ddos"): {"a": 1}})

    assert table.cells[CellId(("energy", "phishing"))].value == 0


@pytest.mark.parametrize(
    ("rows", "columns"), [(["x", "x"], ["y"]), (["x"], ["y", "y"]), ([TOTAL], ["y"]), (["x"], [TOTAL])]
)
def test_label_used_twice_is_refused(rows: list[str], columns: list[str]) -> None:
    with pytest.raises(TableDoesNotAddUp, match="label of its own"):
        Table.from_counts(rows, columns, {})


def test_count_for_a_row_that_is_not_there_is_refused() -> None:
    with pytest.raises(TableDoesNotAddUp, match="does not have"):
        Table.from_counts(["x"], ["y"], {("z", "y"): {"a": 1}})


def test_negative_count_is_refused() -> None:
    with pytest.raises(TableDoesNotAddUp):
        Table.from_counts(["x"], ["y"], {("x", "y"): {"a": 2, "b": -1}})


def test_total_that_differs_from_its_parts_is_refused() -> None:
    part = Cell(CellId(("x",)), 1, {OrganisationId("a"): 1})
    total = Cell(CellId((TOTAL,)), 2, {OrganisationId("a"): 2})

    with pytest.raises(TableDoesNotAddUp, match="differs"):
        Table({part.id: part, total.id: total}, (Equation(total.id, (part.id,)),))


def test_two_dimensions_with_margins_are_a_network_and_three_are_not() -> None:
    assert fischetti_salazar().is_network
    assert not cube_of_units((2, 1, 1, 3), (1, 4, 2, 2)).is_network


def test_hierarchy_in_one_dimension_is_still_a_network() -> None:
    names = [CellId((name,)) for name in ("energy", "gas", "power", "water", TOTAL)]
    values = (3, 1, 2, 4, 7)
    cells = {id_: Cell(id_, value, {OrganisationId("a"): value}) for id_, value in zip(names, values, strict=True)}
    energy, gas, power, water, total = names

    assert Table(cells, (Equation(energy, (gas, power)), Equation(total, (energy, water)))).is_network
