"""The examples of the literature come out to the tolerance they were printed with."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from meldpunt.engines.cascade import (
    Driven,
    Interdependency,
    economic_loss,
    inoperability,
    lost_time,
    technical_coefficients,
    trajectory,
)
from meldpunt.engines.cascade.interdependency import Values
from meldpunt.engines.cascade.recovery import recovery

FOUR_SECTORS = [[0, 0.9, 0, 0], [0.4, 0, 0, 0], [1, 0.8, 0, 0], [1, 0.9, 0, 0]]
XU_FLOWS = np.array([[175, 280, 280, 140], [140, 315, 350, 280], [245, 140, 280, 140], [175, 280, 105, 280]], float)
XU_OUTPUT = np.array([1225, 1610, 1085, 1015], float)


def interdependency_of(matrix: list[list[float]]) -> Interdependency:
    return Interdependency(tuple(f"sector {number}" for number in range(len(matrix))), np.array(matrix))


def lian_haimes() -> Interdependency:
    return interdependency_of([[0.15, 0.50], [0.10, 0.05]])


@pytest.mark.parametrize(
    ("matrix", "perturbation", "published", "tolerance"),
    [
        pytest.param([[0, 0.8], [0.2, 0]], [0, 0.6], [0.571, 0.714], 1e-3, id="Haimes & Jiang 2001, two sectors"),
        pytest.param(FOUR_SECTORS, [0, 0.5, 0, 0], [0.70, 0.78, 1.0, 1.0], 1e-2, id="Haimes & Jiang 2001, capped"),
        pytest.param(
            [[0, 0, 0.3], [0.4, 0, 0], [0.2, 0.6, 0]],
            [0, 0, 0.12],
            [0.04, 0.02, 0.14],
            1e-2,
            id="Haimes & Jiang 2001, three sectors",
        ),
        pytest.param([[0.15, 0.5], [0.1, 0.05]], [0, 0.1], [0.066, 0.112], 1e-3, id="Lian & Haimes 2006"),
    ],
)
def test_static_inoperability_is_the_published_one(
    matrix: list[list[float]], perturbation: list[float], published: list[float], tolerance: float
) -> None:
    found = inoperability(interdependency_of(matrix), np.array(perturbation, float))

    assert found == pytest.approx(np.array(published), abs=tolerance)


def test_capped_example_stands_still_wholly_and_not_more() -> None:
    found = inoperability(interdependency_of(FOUR_SECTORS), np.array([0, 0.5, 0, 0]))

    assert found == pytest.approx(np.array([0.703125, 0.78125, 1.0, 1.0]))


def test_without_the_cap_the_same_example_is_the_inverse_of_the_paper() -> None:
    found = interdependency_of(FOUR_SECTORS).total() @ np.array([0, 0.5, 0, 0])

    assert found == pytest.approx(np.array([0.703125, 0.78125, 1.328125, 1.40625]))


@pytest.mark.parametrize(
    ("order", "row", "column", "published"), [(2, 3, 2, 0.9), (3, 3, 2, 0.288), (3, 1, 2, 0.324), (3, 4, 4, 0.0)]
)
def test_interdependency_of_higher_order_is_the_published_one(
    order: int, row: int, column: int, published: float
) -> None:
    matrix = interdependency_of(FOUR_SECTORS).order(order)

    assert matrix[row - 1, column - 1] == pytest.approx(published)


def test_technical_coefficients_of_xu_are_the_published_ones() -> None:
    published = [[0.14, 0.17, 0.26, 0.14], [0.11, 0.20, 0.32, 0.28], [0.20, 0.10, 0.26, 0.14], [0.14, 0.17, 0.10, 0.28]]

    assert technical_coefficients(XU_FLOWS, XU_OUTPUT) == pytest.approx(np.array(published), abs=0.015)


def test_supply_driven_matrix_is_the_transpose_of_the_coefficients() -> None:
    driven = Interdependency.from_flows("ERWG", flows=XU_FLOWS, output=XU_OUTPUT, driven=Driven.SUPPLY)

    assert driven.matrix == pytest.approx(technical_coefficients(XU_FLOWS, XU_OUTPUT).T)


def test_demand_driven_matrix_divides_every_row_by_its_own_output() -> None:
    driven = Interdependency.from_flows("ERWG", flows=XU_FLOWS, output=XU_OUTPUT, driven=Driven.DEMAND)

    assert driven.matrix == pytest.approx(XU_FLOWS / XU_OUTPUT[:, np.newaxis])


def run_lian_haimes(*, steps_disturbed: int) -> Values:
    perturbation = np.zeros((99, 2))
    perturbation[:steps_disturbed, 1] = 0.1
    return trajectory(lian_haimes(), resilience=np.full(2, 0.2), perturbation=perturbation, start=np.zeros(2))


def test_first_steps_of_the_dynamic_example_are_the_published_ones() -> None:
    path = run_lian_haimes(steps_disturbed=30)

    assert path[1] == pytest.approx(np.array([0.0, 0.02]))
    assert path[2] == pytest.approx(np.array([0.002, 0.0362]))


def test_hundred_rows_of_the_dynamic_example_integrate_to_the_published_loss() -> None:
    path = run_lian_haimes(steps_disturbed=30)

    assert path.shape == (100, 2)
    assert lost_time(path) == pytest.approx(np.array([1.980144350, 3.366317449]), abs=1e-6)
    assert economic_loss(path, output=np.array([10.0, 100.0])) == pytest.approx(356.4331884, abs=1e-3)


def test_dynamic_example_held_on_ends_at_the_static_answer() -> None:
    still = inoperability(lian_haimes(), np.array([0, 0.1]))

    assert run_lian_haimes(steps_disturbed=99)[-1] == pytest.approx(still, abs=1e-6)


@pytest.mark.parametrize(
    ("after", "published"),
    [(1, [0.00835563, 0.08277918]), (5, [0.02050682, 0.03967821]), (10, [0.01711454, 0.01658466])],
)
def test_recovery_runs_as_published(after: float, published: list[float]) -> None:
    found = recovery(lian_haimes(), resilience=np.full(2, 0.2), start=np.array([0, 0.1]), after=after)

    assert found == pytest.approx(np.array(published), abs=1e-8)


def read_case(folder: Path, case: str) -> tuple[list[str], list[list[float]]]:
    with (folder / f"{case}.csv").open(encoding="utf-8", newline="") as file:
        sectors, *rows = (row for row in csv.reader(file) if row)
    return sectors, [[float(cell) for cell in row] for row in rows]


def matrix_from(rows: list[list[float]], size: int) -> Values:
    """Case 2 lists row, column and entry; the others write the matrix out."""
    if len(rows[0]) == size:
        return np.array(rows)
    matrix = np.zeros((size, size))
    for row, column, entry in rows:
        matrix[int(row), int(column)] = entry
    return matrix


@pytest.mark.parametrize("case", ["test_case1", "test_case2", "test_case4"])
def test_cases_of_the_independent_implementation_agree(shared_data: Path, case: str) -> None:
    folder = shared_data / "cascade" / "iim"
    sectors, rows = read_case(folder, case)
    pushed = json.loads((folder / f"{case}.json").read_text(encoding="utf-8"))["Perturbation"]
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))[case]
    perturbation = np.zeros(len(sectors))
    perturbation[[sectors.index(name) for name in pushed["pinfra"]]] = pushed["cvalue"]

    found = inoperability(Interdependency(tuple(sectors), matrix_from(rows, len(sectors))), perturbation)

    assert found == pytest.approx(np.array(expected["q"]), abs=expected["tol"])


def test_flow_table_of_the_independent_implementation_gives_its_coefficients(shared_data: Path) -> None:
    folder = shared_data / "cascade" / "iim"
    _, (*flows, output) = read_case(folder, "test_case5")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["test_case5"]

    found = technical_coefficients(np.array(flows), np.array(output))

    assert found == pytest.approx(np.array(expected["A"]), abs=expected["tol"])


def read_dutch_table(folder: Path) -> tuple[list[str], Values, Values]:
    """Sectors, flows and output of the table of 2006; rows deliver to columns."""
    with (folder / "cascade" / "netherlands_2006_siot.csv").open(encoding="utf-8", newline="") as file:
        (_, *header), *rows = csv.reader(file, delimiter=";")
    sectors = header[:6]
    figures = {name: cells for name, *cells in rows}
    flows = np.array([[float(cell) for cell in figures[sector][:6]] for sector in sectors])
    return sectors, flows, np.array([float(cell) for cell in figures["output_bp"][:6]])


@pytest.mark.parametrize("driven", Driven)
def test_dutch_table_of_2006_gives_a_model_that_converges(shared_data: Path, driven: Driven) -> None:
    sectors, flows, output = read_dutch_table(shared_data)
    perturbation = np.array([0.0, 0, 0, 0.5, 0, 0])

    found = inoperability(Interdependency.from_flows(sectors, flows=flows, output=output, driven=driven), perturbation)

    assert sectors[3] == "utilities_group"
    assert np.all((found >= perturbation) & (found <= 1))
    assert np.all(found > 0)


def test_supply_driven_outage_of_utilities_hits_industry_harder_than_the_demand_driven(shared_data: Path) -> None:
    sectors, flows, output = read_dutch_table(shared_data)
    perturbation = np.array([0.0, 0, 0, 0.5, 0, 0])

    demand, supply = (
        inoperability(Interdependency.from_flows(sectors, flows=flows, output=output, driven=driven), perturbation)
        for driven in (Driven.DEMAND, Driven.SUPPLY)
    )

    industry = sectors.index("manufacturing_group")
    assert supply[industry] > demand[industry]
