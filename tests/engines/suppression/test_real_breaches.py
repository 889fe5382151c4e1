"""Real breach reports, beside the answers of the independent tau-Argus engine (pytauargus 0.6.0, FREQ(3,10), OPT)."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from tests.engines.suppression.worked_examples import table_of_units

from meldpunt.engines.suppression import CellId, Rules, Table, audit, protect, sensitive_cells

# tau-Argus asks ten percent of the value each way, and for a 1 accepts [0, 2].
FREQ_3_10 = Rules(minimum_organisations=3, range_share=0.10, reach_minimum=False)

# Where tau-Argus 0.6.0 stops at 39 for the years, it takes the pattern of 36 itself (2011 and 2014 improper disposal,
# 2013 hacking) as soon as two cells of its own answer are forbidden. Its answer is safe but not the cheapest.
CHEAPEST = {"hhs_year_x_type": 36, "hhs_entity_x_type": 81}


def read_table(folder: Path, name: str) -> Table:
    with (folder / "sdc" / f"{name}_microdata.csv").open(encoding="utf-8", newline="") as file:
        _, *records = csv.reader(file)
    counts = Counter((row, column) for row, column, _ in records)
    rows, columns = sorted({row for row, _ in counts}), sorted({column for _, column in counts})
    return table_of_units(rows, columns, [[counts[row, column] for column in columns] for row in rows])


def read_expected(folder: Path, name: str) -> dict[str, object]:
    expected = json.loads((folder / "sdc" / "expected_optimum_pytauargus-0.6.0.json").read_text(encoding="utf-8"))
    found: dict[str, object] = expected[name]
    return found


@pytest.mark.parametrize("name", sorted(CHEAPEST))
def test_optimum_has_as_many_cells_as_tau_argus_and_costs_no_more(shared_data: Path, name: str) -> None:
    expected = read_expected(shared_data, name)

    protection = protect(read_table(shared_data, name), FREQ_3_10)

    assert len(protection.primary) == expected["primary"]
    assert len(protection.secondary) == expected["secondary_opt"]
    assert protection.proven_optimal
    assert protection.cost == CHEAPEST[name] <= float(str(expected["secondary_cost_opt"]))


@pytest.mark.parametrize("name", sorted(CHEAPEST))
def test_attacker_agrees_that_the_pattern_of_tau_argus_is_safe(shared_data: Path, name: str) -> None:
    table, expected = read_table(shared_data, name), read_expected(shared_data, name)
    sensitive = sensitive_cells(table, FREQ_3_10)
    secondary = expected["secondary_cells"]
    assert isinstance(secondary, list)

    found = audit(
        table, frozenset(sensitive) | {CellId((row, column)) for row, column, _ in secondary}, sensitive=sensitive
    )

    assert found.passed
    assert len(found.intervals) == expected["audit_rows"]


def test_entity_table_gets_the_very_cells_of_tau_argus(shared_data: Path) -> None:
    expected = read_expected(shared_data, "hhs_entity_x_type")["secondary_cells"]
    assert isinstance(expected, list)

    protection = protect(read_table(shared_data, "hhs_entity_x_type"), FREQ_3_10)

    assert protection.secondary == {(row, column) for row, column, _ in expected}


def test_a_stricter_demand_that_small_cells_may_be_large_costs_more(shared_data: Path) -> None:
    table = read_table(shared_data, "hhs_year_x_type")

    strict = protect(table, Rules(minimum_organisations=3))

    assert strict.cost > CHEAPEST["hhs_year_x_type"]
    for cell_id in strict.primary:
        upper = strict.audit.intervals[cell_id].upper
        assert upper is None or upper >= 3
