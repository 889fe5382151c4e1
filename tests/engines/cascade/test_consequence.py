"""Vital processes: who fails when, how sure that is, and whether society may be disrupted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from importlib import resources
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from meldpunt.engines.cascade import (
    Band,
    Dependency,
    DependencyNetwork,
    Disruption,
    Diverges,
    Impact,
    OutOfRange,
    Process,
    Run,
    UnknownProcess,
    consequence,
    dutch_network,
    load_network,
    spread,
)
from meldpunt.vocabulary import Bilingual, Category, SectorId, VitalProcessId, all_vital_processes
from meldpunt.vocabulary.errors import DataFileInvalid

POWER, PHONE, WATER = VitalProcessId("power"), VitalProcessId("phone"), VitalProcessId("water")
HARMLESS = Impact(damage_eur_per_hour=0, casualties_per_hour=0, people_in_distress=0)
DUTCH_IDS = st.sampled_from([process.id for process in all_vital_processes()])
OUTAGES = st.dictionaries(DUTCH_IDS, st.floats(0.01, 1.0), min_size=1, max_size=3)


def network_of(*dependencies: Dependency, impacts: Mapping[VitalProcessId, Impact] | None = None) -> DependencyNetwork:
    """Three processes, each a sector of its own."""
    return DependencyNetwork(
        processes=tuple(
            Process(id_, SectorId(id_), (impacts or {}).get(id_, HARMLESS)) for id_ in (POWER, PHONE, WATER)
        ),
        dependencies=dependencies,
        source=Bilingual(nl="verzonnen", en="invented"),
        estimated_on=datetime.date(2026, 1, 1),
        verified=False,
    )


def needs(of: VitalProcessId, on: VitalProcessId, *strength: float, buffer_hours: int = 0) -> Dependency:
    low, likely, high = strength if len(strength) == 3 else strength * 3
    return Dependency(of, on, Band(low, likely, high), buffer_hours)


def test_process_fails_when_its_buffer_is_used_and_not_an_hour_before() -> None:
    network = network_of(needs(PHONE, POWER, 0.8, buffer_hours=4))

    path = spread(network, {POWER: 1.0}, hours=6, run=Run.LIKELY)

    assert list(path[:, network.place[PHONE]]) == pytest.approx([0, 0, 0, 0, 0.8, 0.8, 0.8])


def test_buffers_along_a_chain_add_up() -> None:
    network = network_of(needs(PHONE, POWER, 1.0, buffer_hours=2), needs(WATER, PHONE, 1.0, buffer_hours=3))

    path = spread(network, {POWER: 1.0}, hours=6, run=Run.LIKELY)

    assert list(path[:, network.place[WATER]]) == pytest.approx([0, 0, 0, 0, 0, 1, 1])


def test_without_buffers_the_network_is_the_static_model() -> None:
    network = network_of(needs(PHONE, POWER, 0.5), needs(POWER, PHONE, 0.5))

    path = spread(network, {POWER: 0.3}, hours=1, run=Run.LIKELY)

    assert path[0] == pytest.approx(np.array([0.4, 0.2, 0.0]))


@settings(max_examples=20)
@given(OUTAGES)
@example({VitalProcessId("T1"): 0.5, VitalProcessId("E1"): 0.984375})
def test_dutch_bands_keep_their_order_and_only_grow_with_time(outage: dict[VitalProcessId, float]) -> None:
    readings = consequence(dutch_network(), outage).readings

    assert [reading.hour for reading in readings] == [1, 6, 24, 72]
    for earlier, later in pairwise(readings):
        assert earlier.failing <= later.failing
        for id_, band in earlier.inoperability.items():
            assert 0 <= band.low <= band.likely <= band.high <= 1
            assert later.inoperability[id_].likely >= band.likely - 1e-12


@settings(max_examples=20)
@given(OUTAGES, st.floats(1.0, 3.0))
def test_larger_outage_never_looks_less_disruptive(outage: dict[VitalProcessId, float], factor: float) -> None:
    order = list(Disruption)
    larger = {id_: min(1.0, degree * factor) for id_, degree in outage.items()}

    assert order.index(consequence(dutch_network(), larger).disruption) >= order.index(
        consequence(dutch_network(), outage).disruption
    )


@pytest.mark.parametrize("process_id", [process.id for process in all_vital_processes()])
def test_every_vital_process_wholly_out_for_three_days_likely_disrupts_society(process_id: VitalProcessId) -> None:
    """That is what makes a process vital; estimates that say otherwise contradict the list."""
    assert consequence(dutch_network(), {process_id: 1.0}).disruption is Disruption.LIKELY


def test_national_power_outage_drags_other_sectors_along_as_category_a() -> None:
    last = consequence(dutch_network(), {VitalProcessId("E1"): 1.0}).readings[-1]

    assert last.category is Category.A
    assert last.sectors_hit.likely >= 2
    assert {"E2", "R3", "F1"} <= last.failing


@pytest.mark.parametrize(
    ("degree", "disruption"), [(0.05, Disruption.NO), (0.5, Disruption.POSSIBLY), (1.0, Disruption.LIKELY)]
)
def test_verdict_follows_the_people_who_cannot_get_by(degree: float, disruption: Disruption) -> None:
    """At half an outage 60,000 people are hit for sure, and by the strongest estimate 150,000 more by telephone."""
    impacts = {POWER: Impact(0, 0, 120_000), PHONE: Impact(0, 0, 400_000)}
    network = network_of(needs(PHONE, POWER, 0.1, 0.2, 0.75), impacts=impacts)

    assert consequence(network, {POWER: degree}).disruption is disruption


def test_category_a_asks_for_a_cascade_besides_the_damage() -> None:
    impacts = {POWER: Impact(1e9, 0, 0)}
    alone = network_of(impacts=impacts)
    cascading = network_of(needs(PHONE, POWER, 0.6), needs(WATER, POWER, 0.6), impacts=impacts)

    assert consequence(alone, {POWER: 1.0}).readings[-1].category is Category.B
    assert consequence(cascading, {POWER: 1.0}).readings[-1].category is Category.A


def test_damage_is_the_hours_stood_still_times_their_price() -> None:
    network = network_of(needs(PHONE, POWER, 0.5, buffer_hours=4), impacts={PHONE: Impact(100.0, 2.0, 0)})

    last = consequence(network, {POWER: 1.0}, horizon_hours=10).readings[-1]

    assert last.hour == 10
    assert last.damage_eur.likely == pytest.approx(6 * 0.5 * 100.0)
    assert last.casualties.likely == pytest.approx(6 * 0.5 * 2.0)


def test_own_sector_is_no_other_sector() -> None:
    network = network_of(needs(PHONE, POWER, 0.9))

    assert consequence(network, {POWER: 1.0}).readings[-1].sectors_hit == Band(1, 1, 1)
    assert consequence(network, {POWER: 1.0, PHONE: 0.1}).readings[-1].sectors_hit == Band(0, 0, 0)


def test_biggest_lever_is_the_dependency_that_passed_on_most() -> None:
    weak, strong = needs(WATER, POWER, 0.2), needs(PHONE, POWER, 0.7, buffer_hours=24)

    lever = consequence(network_of(weak, strong), {POWER: 1.0}).lever

    assert lever is not None
    assert lever.dependency == strong
    assert lever.hours_lost == pytest.approx(0.7 * 48)


def test_outage_that_reaches_nobody_has_no_lever() -> None:
    assert consequence(network_of(needs(PHONE, POWER, 0.7)), {WATER: 1.0}).lever is None


def test_assumptions_begin_with_whose_estimates_they_are() -> None:
    first, *others = consequence(dutch_network(), {VitalProcessId("D1"): 1.0}).assumptions

    assert "not verified" in first.en
    assert "niet geverifieerd" in first.nl
    assert "illustrative estimate of the project" in first.en
    assert len(others) >= 5


def test_dutch_network_holds_the_processes_of_the_vocabulary() -> None:
    network = dutch_network()

    assert {process.id: process.sector for process in network.processes} == {
        process.id: process.sector.id for process in all_vital_processes()
    }
    assert not network.verified


@pytest.mark.parametrize("degree", [0.0, -0.1, 1.1])
def test_outage_that_is_no_share_is_refused(degree: float) -> None:
    with pytest.raises(OutOfRange):
        consequence(network_of(), {POWER: degree})


def test_outage_of_nothing_and_horizon_of_nothing_are_refused() -> None:
    with pytest.raises(OutOfRange):
        consequence(network_of(), {})
    with pytest.raises(OutOfRange):
        consequence(network_of(), {POWER: 1.0}, horizon_hours=0)


def test_process_outside_the_network_is_refused() -> None:
    stranger = VitalProcessId("stranger")
    with pytest.raises(UnknownProcess):
        consequence(network_of(), {stranger: 1.0})
    with pytest.raises(UnknownProcess):
        network_of(needs(PHONE, stranger, 0.5))


def test_dependencies_that_feed_on_each_other_are_refused() -> None:
    with pytest.raises(Diverges):
        network_of(needs(PHONE, POWER, 0.1, 0.5, 1.0), needs(POWER, PHONE, 0.1, 0.5, 1.0, buffer_hours=8))


def test_dependency_twice_is_refused() -> None:
    with pytest.raises(OutOfRange, match="twice"):
        network_of(needs(PHONE, POWER, 0.1), needs(PHONE, POWER, 0.2))


@pytest.mark.parametrize("strength", [(0.5, 0.4, 0.6), (-0.1, 0.0, 0.1), (0.9, 1.0, 1.1)])
def test_strength_that_is_no_band_of_shares_is_refused(strength: tuple[float, float, float]) -> None:
    with pytest.raises(OutOfRange):
        needs(PHONE, POWER, *strength)


def test_file_with_a_misspelt_key_is_refused(tmp_path: Path) -> None:
    file = resources.files("meldpunt.engines.cascade") / "data" / "nl_vital_dependencies.toml"
    misspelt = tmp_path / "network.toml"
    misspelt.write_text(file.read_text(encoding="utf-8").replace("verified =", "verifeid ="), encoding="utf-8")

    with pytest.raises(DataFileInvalid):
        load_network(misspelt)
