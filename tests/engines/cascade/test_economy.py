"""The Dutch input-output table as data: it adds up, it converges, and it says who is hit next."""

from __future__ import annotations

import csv
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from meldpunt.engines.cascade import (
    DoesNotAddUp,
    Driven,
    dutch_economy,
    dutch_network,
    economic_loss,
    load_economy,
    outage_of,
    sector_losses,
)
from meldpunt.engines.cascade.economy import HOURS_PER_YEAR
from meldpunt.vocabulary import all_vital_processes, sector
from meldpunt.vocabulary.errors import DataFileInvalid

FILE = resources.files("meldpunt.engines.cascade") / "data" / "nl_economy_2006.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = folder / "economy.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def test_table_holds_the_figures_of_its_source(shared_data: Path) -> None:
    with (shared_data / "cascade" / "netherlands_2006_siot.csv").open(encoding="utf-8", newline="") as file:
        (_, *header), *rows = csv.reader(file, delimiter=";")
    figures = {name: cells for name, *cells in rows}

    flows = [[float(cell) * 1e6 for cell in figures[name][:6]] for name in header[:6]]

    assert np.array_equal(dutch_economy().flows, np.array(flows))
    assert list(dutch_economy().output) == [float(cell) * 1e6 for cell in figures["output_bp"][:6]]


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("output = 18249", "output = 18349", "utilities"),
        ("imports = 1878", "imports = 1978", "utilities"),
        ("exports = 238", "exports = 338", "utilities"),
        ("utilities = 480", "utilities = 580", "manufacturing"),
        ("percent = 85", "percent = 95", "more than the whole"),
        ('of = "utilities"', 'of = "utility"', "has not"),
        ("agriculture = 983, ", "", "every sector"),
    ],
)
def test_table_that_does_not_add_up_is_refused(tmp_path: Path, old: str, new: str, refused: str) -> None:
    with pytest.raises(DoesNotAddUp, match=refused):
        load_economy(changed(tmp_path, old, new))


def test_table_with_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileInvalid):
        load_economy(changed(tmp_path, "taxes_on_products", "taxes"))


def test_every_sector_with_a_vital_process_has_its_part() -> None:
    assert {process.sector.id for process in all_vital_processes()} <= set(dutch_economy().parts)
    assert all(sector(id_) for id_ in dutch_economy().parts)


def test_loss_is_the_share_that_is_out_times_what_a_sector_makes_in_those_hours() -> None:
    """Half of the power out for a day: 42.5 percent of the utilities, and by Ghosh's inverse what buys from them."""
    economy = dutch_economy()
    place = [one.id for one in economy.sectors].index("utilities")
    pushed = np.zeros(6)
    pushed[place] = 0.85 / 2
    out = np.linalg.solve(np.eye(6) - (economy.flows / economy.output).T, pushed)
    assert out.max() < 1
    expected = economic_loss(np.tile(out, (25, 1)), output=economy.output / HOURS_PER_YEAR)

    losses = sector_losses(economy, dutch_network(), outage_of({"E1": 0.5}, until_hour=24))

    assert losses[0].sector.id == "utilities"
    assert sum(one.loss_eur for one in losses) == pytest.approx(expected)
    assert {one.sector.id: one.struck for one in losses if one.struck} == {"utilities": 0.425}


def test_supply_runs_to_who_buys_power_and_demand_to_who_sells_to_it() -> None:
    """Manufacturing buys more of its power there than it sells to the utilities; mining sells them a third."""
    network, outage = dutch_network(), outage_of({"E1": 1.0})

    supply, demand = (
        {one.sector.id: one.out for one in sector_losses(dutch_economy(), network, outage, driven=driven)}
        for driven in (Driven.SUPPLY, Driven.DEMAND)
    )

    assert supply["manufacturing"] > demand["manufacturing"]
    assert demand["mining"] > 5 * supply["mining"]


def test_two_processes_of_one_sector_count_by_the_one_of_which_most_is_out() -> None:
    one, two = (
        sector_losses(dutch_economy(), dutch_network(), outage_of(shares))
        for shares in ({"E1": 0.6}, {"E1": 0.6, "E3": 0.4})
    )

    assert one == two
