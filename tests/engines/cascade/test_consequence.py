"""Vital processes: who fails when, how sure that is, and whether society may be disrupted."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engines.cascade.random_networks import network_of as network_with

from meldpunt.engines.cascade import (
    Band,
    Chance,
    Consequence,
    Dependency,
    DependencyNetwork,
    Disruption,
    Diverges,
    Impact,
    Interruption,
    OutOfRange,
    Service,
    UnknownNode,
    consequence,
    dutch_network,
    load_network,
    outage_of,
    verdict,
)
from meldpunt.vocabulary import Category, SectorId, VitalProcessId, all_vital_processes, criteria_of
from meldpunt.vocabulary.errors import DataFileInvalid

POWER, PHONE, WATER = "power", "phone", "water"
DUTCH_IDS = st.sampled_from([process.id for process in all_vital_processes()])
OUTAGES = st.dictionaries(DUTCH_IDS, st.floats(0.01, 1.0), min_size=1, max_size=3)


def network_of(*dependencies: Dependency, impacts: Mapping[str, Impact] | None = None) -> DependencyNetwork:
    """Three processes, each a sector of its own."""
    return network_with([POWER, PHONE, WATER], *dependencies, impacts=impacts)


def needs(of: str, on: str, *strength: float, buffer_hours: float = 0) -> Dependency:
    low, likely, high = strength if len(strength) == 3 else strength * 3
    return Dependency(of, on, Band(low, likely, high), Band.exactly(buffer_hours))


def asked(network: DependencyNetwork, shares: Mapping[str, float], *, runs: int = 200, hours: int = 72) -> Consequence:
    return consequence(network, outage_of(shares), runs=runs, horizon_hours=hours)


@settings(max_examples=20)
@given(OUTAGES)
@example({VitalProcessId("T1"): 0.5, VitalProcessId("E1"): 0.984375})
def test_dutch_bands_keep_their_order_and_only_grow_with_time(outage: dict[VitalProcessId, float]) -> None:
    readings = asked(dutch_network(), outage).readings

    assert [reading.hour for reading in readings] == [1, 6, 24, 72]
    for earlier, later in pairwise(readings):
        assert earlier.failing <= later.failing
        for id_, band in earlier.inoperability.items():
            assert 0 <= band.low <= band.likely <= band.high <= 1
            assert later.inoperability[id_].likely >= band.likely


@settings(max_examples=20)
@given(OUTAGES, st.floats(1.0, 3.0))
def test_larger_outage_never_looks_less_disruptive(outage: dict[VitalProcessId, float], factor: float) -> None:
    larger = {id_: min(1.0, degree * factor) for id_, degree in outage.items()}

    assert asked(dutch_network(), larger).chance.share >= asked(dutch_network(), outage).chance.share


@pytest.mark.parametrize("process_id", [process.id for process in all_vital_processes()])
def test_every_vital_process_wholly_out_for_three_days_likely_disrupts_society(process_id: VitalProcessId) -> None:
    """That is what makes a process vital; estimates that say otherwise contradict the list."""
    assert asked(dutch_network(), {process_id: 1.0}).disruption is Disruption.LIKELY


def test_national_power_outage_drags_other_sectors_along_as_category_a() -> None:
    last = asked(dutch_network(), {"E1": 1.0}).readings[-1]

    assert last.category is Category.A
    assert last.sectors_hit.likely >= 2
    assert {"E2", "R3", "F1"} <= last.failing


@pytest.mark.parametrize(
    ("degree", "disruption"), [(0.05, Disruption.NO), (0.5, Disruption.POSSIBLY), (1.0, Disruption.LIKELY)]
)
def test_verdict_follows_the_people_who_cannot_get_by(degree: float, disruption: Disruption) -> None:
    """At half an outage it takes a strength above a half to hit 100,000 by telephone: one run in six."""
    impacts = {POWER: Impact(0, 0, 120_000), PHONE: Impact(0, 0, 400_000)}
    network = network_of(needs(PHONE, POWER, 0.1, 0.2, 0.75), impacts=impacts)

    assert asked(network, {POWER: degree}).disruption is disruption


def test_category_a_asks_for_a_cascade_besides_the_damage() -> None:
    impacts = {POWER: Impact(1e9, 0, 0)}
    alone = network_of(impacts=impacts)
    cascading = network_of(needs(PHONE, POWER, 0.6), needs(WATER, POWER, 0.6), impacts=impacts)

    assert asked(alone, {POWER: 1.0}).readings[-1].category is Category.B
    assert asked(cascading, {POWER: 1.0}).readings[-1].category is Category.A


def test_damage_is_the_hours_stood_still_times_their_price() -> None:
    network = network_of(needs(PHONE, POWER, 0.5, buffer_hours=4), impacts={PHONE: Impact(100.0, 2.0, 0)})

    last = asked(network, {POWER: 1.0}, hours=10).readings[-1]

    assert last.hour == 10
    assert last.damage_eur.likely == pytest.approx(6 * 0.5 * 100.0)
    assert last.casualties.likely == pytest.approx(6 * 0.5 * 2.0)


def test_a_threshold_is_exceeded_only_by_more() -> None:
    threshold = criteria_of(Category.B).economic_damage_eur
    exactly, more = (network_of(impacts={POWER: Impact(price, 0, 0)}) for price in (threshold / 10, threshold / 10 + 1))

    assert asked(exactly, {POWER: 1.0}, hours=10).disruption is Disruption.NO
    assert asked(more, {POWER: 1.0}, hours=10).disruption is Disruption.LIKELY


def test_half_that_is_summed_of_parts_is_a_half_to_everybody_who_asks() -> None:
    """Of 2, 13, 13 and 22 hundredths single precision makes a little less than 50."""
    parts = [0.02, 0.13, 0.13, 0.22]
    others = [f"n{number}" for number in range(len(parts))]
    summed = [
        Dependency(PHONE, on, Band.exactly(part), Band.exactly(0)) for on, part in zip(others, parts, strict=True)
    ]
    network = network_with([PHONE, *others], *summed)

    found = asked(network, dict.fromkeys(others, 1.0), hours=2)

    assert [one.node for one in found.next_hit] == [PHONE]
    assert all(PHONE in reading.failing and reading.sectors_hit == Band(1, 1, 1) for reading in found.readings)


def test_own_sector_is_no_other_sector() -> None:
    network = network_of(needs(PHONE, POWER, 0.9))

    assert asked(network, {POWER: 1.0}).readings[-1].sectors_hit == Band(1, 1, 1)
    assert asked(network, {POWER: 1.0, PHONE: 0.1}).readings[-1].sectors_hit == Band(0, 0, 0)


def test_biggest_lever_is_the_dependency_without_which_least_is_lost() -> None:
    weak, strong = needs(WATER, POWER, 0.2), needs(PHONE, POWER, 0.7, buffer_hours=24)

    lever = asked(network_of(weak, strong), {POWER: 1.0}).lever

    assert lever is not None
    assert lever.dependency == strong
    assert lever.hours_saved == pytest.approx(0.7 * 48)


def test_biggest_lever_is_where_the_damage_is_and_not_where_most_stands_still() -> None:
    cheap, dear = needs(WATER, POWER, 0.9), needs(PHONE, POWER, 0.5)

    lever = asked(network_of(cheap, dear, impacts={PHONE: Impact(1000.0, 0, 0)}), {POWER: 1.0}).lever

    assert lever is not None
    assert lever.dependency == dear
    assert lever.damage_saved_eur == pytest.approx(72 * 0.5 * 1000.0)


def test_what_passes_nothing_on_is_no_lever_however_strong_and_hides_none() -> None:
    """What is out of itself has nothing left to lose, and a buffer that outlasts the outage lets nothing through."""
    out = [f"n{number}" for number in range(4)]
    among_them = [needs(of, on, 1.0) for of in out for on in out if of != on]
    buffered = [needs(PHONE, on, 1.0, buffer_hours=100) for on in out]
    weak = needs(WATER, "n0", 0.1)
    network = network_with([*out, PHONE, WATER], *among_them, *buffered, weak)

    lever = asked(network, dict.fromkeys(out, 1.0)).lever

    assert lever
    assert lever.dependency == weak


def test_outage_that_reaches_nobody_has_no_lever() -> None:
    assert asked(network_of(needs(PHONE, POWER, 0.7)), {WATER: 1.0}).lever is None


def test_bands_are_the_quantiles_of_the_runs() -> None:
    """Of the triangle 0, ½, 1 a twentieth lies below √0.025, and above one minus that."""
    last = asked(network_of(needs(PHONE, POWER, 0.0, 0.5, 1.0)), {POWER: 1.0}, runs=4000).readings[-1]

    band = last.inoperability[PHONE]
    assert (band.low, band.likely, band.high) == pytest.approx((0.025**0.5, 0.5, 1 - 0.025**0.5), abs=0.02)


def test_chance_is_the_share_of_the_runs_that_meet_a_criterion() -> None:
    """Above half a telephone 100,000 people cannot get by; the triangle 0, ½, 1 is above ¾ in an eighth of the runs."""
    network = network_of(needs(PHONE, POWER, 0.0, 0.5, 1.0), impacts={PHONE: Impact(0, 0, 100_000 / 0.75)})

    found = asked(network, {POWER: 1.0}, runs=4000)

    assert found.chance.share == pytest.approx(0.125, abs=found.chance.error * 1.5)
    assert found.chance.error == pytest.approx(1.96 * (0.125 * 0.875 / 4000) ** 0.5, rel=0.05)
    assert found.disruption is Disruption.POSSIBLY


@pytest.mark.parametrize(
    ("true", "disruption"),
    [
        (0, Disruption.NO),
        (49, Disruption.NO),
        (50, Disruption.POSSIBLY),
        (499, Disruption.POSSIBLY),
        (500, Disruption.LIKELY),
    ],
)
def test_verdict_is_likely_from_half_of_the_runs_and_possibly_from_one_in_twenty(
    true: int, disruption: Disruption
) -> None:
    assert verdict().on(Chance.of(true, 1000)) is disruption
    assert "een op de twintig" in verdict().rationale.nl


def test_chance_that_never_came_true_still_has_an_error() -> None:
    """Wilson: of 1000 runs none, and yet up to four in a thousand."""
    assert Chance.of(0, 1000) == Chance(0.0, pytest.approx(0.0038, abs=1e-4))


def test_disruption_that_passes_before_the_horizon_counts_all_the_same() -> None:
    network = network_of(impacts={POWER: Impact(0, 0, 200_000)})

    found = consequence(network, outage_of({POWER: 1.0}, until_hour=5), runs=20)

    assert found.readings[-1].disruption is Disruption.NO
    assert found.disruption is Disruption.LIKELY


def test_people_and_sectors_that_are_hit_between_two_readings_count_all_the_same() -> None:
    """Telephone and water are out in hours 3 and 4, and nobody reads before hour 6."""
    network = network_of(
        needs(PHONE, POWER, 0.9, buffer_hours=3),
        needs(WATER, POWER, 0.9, buffer_hours=3),
        impacts={PHONE: Impact(0, 0, 2_000_000)},
    )
    outage = outage_of({POWER: 1.0}, until_hour=5)

    found = consequence(network, outage, runs=20, hours=(1, 6), criteria=[criteria_of(Category.A)])

    assert [reading.disruption for reading in found.readings] == [Disruption.NO] * 3
    assert (found.chance.share, found.disruption) == (1.0, Disruption.LIKELY)


def test_sectors_that_fail_one_after_the_other_are_no_two_sectors() -> None:
    """The letter says that two others fail, and not that they may do so in turn."""
    impacts = {POWER: Impact(0, 0, 2_000_000)}
    network = network_with(
        [POWER, "gas", PHONE, WATER], needs(PHONE, POWER, 1.0), needs(WATER, "gas", 1.0), impacts=impacts
    )

    def chance(gas_from: int) -> float:
        outage = {POWER: Interruption(1.0, until_hour=4), "gas": Interruption(1.0, from_hour=gas_from, until_hour=8)}
        return consequence(network, outage, runs=5, criteria=[criteria_of(Category.A)]).chance.share

    assert (chance(gas_from=4), chance(gas_from=3)) == (0.0, 1.0)


def test_who_is_hit_next_stands_in_order_of_time_with_the_hours_between_which_it_fails() -> None:
    late = Dependency(WATER, POWER, Band.exactly(1.0), Band(6, 9, 12))
    soon = Dependency(PHONE, POWER, Band(0.4, 0.5, 0.6), Band.exactly(2))

    first, second = asked(network_of(late, soon), {POWER: 1.0}, runs=1000).next_hit

    assert (first.node, first.hours) == (PHONE, Band(2, 2, 2))
    assert first.chance.share == pytest.approx(0.5, abs=0.06)
    assert (second.node, second.chance.share) == (WATER, 1.0)
    assert second.hours == Band(7, 9, 11)


def test_who_may_be_hit_first_stands_before_who_mostly_is() -> None:
    doubtful = Dependency(WATER, POWER, Band.exactly(1.0), Band(1, 9, 12))
    certain = Dependency(PHONE, POWER, Band.exactly(1.0), Band.exactly(6))

    first, second = asked(network_of(doubtful, certain), {POWER: 1.0}, runs=1000).next_hit

    assert (first.node, second.node) == (WATER, PHONE)
    assert first.hours.low < second.hours.low < first.hours.likely


def test_what_is_out_of_itself_is_not_hit_next_nor_is_what_fails_too_seldom() -> None:
    assert asked(network_of(needs(PHONE, POWER, 0.1, 0.2, 0.51)), {POWER: 1.0}).next_hit == ()


def test_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    network, outage = dutch_network(), outage_of({"E1": 0.6})

    assert consequence(network, outage, runs=50, seed=3) == consequence(network, outage, runs=50, seed=3)
    assert consequence(network, outage, runs=50, seed=3) != consequence(network, outage, runs=50, seed=4)


def test_services_that_nobody_leans_on_change_nothing_for_the_processes() -> None:
    """Common random numbers: what is drawn for a process does not hang on what else is in the network."""
    network, outage = dutch_network(), outage_of({"E1": 0.6})
    site = Service("service:site", SectorId("energy"))
    leaning = Dependency(site.id, "E1", Band(0.2, 0.6, 0.9), Band(0, 2, 8))

    plain, extended = (consequence(one, outage, runs=50) for one in (network, network.extended([site], [leaning])))

    for without, beside in zip(plain.readings, extended.readings, strict=True):
        assert without.damage_eur == beside.damage_eur
        assert {id_: beside.inoperability[id_] for id_ in without.inoperability} == without.inoperability
    assert any(one.node == site.id for one in extended.next_hit)


def test_outage_of_a_service_runs_to_the_process_that_leans_on_it() -> None:
    network = network_with(
        ["bank"], Dependency("bank", "service:login", Band.exactly(0.9), Band.exactly(3)), services=["service:login"]
    )

    (hit,) = asked(network, {"service:login": 1.0}).next_hit

    assert (hit.node, hit.hours) == ("bank", Band(3, 3, 3))


def test_assumptions_begin_with_whose_estimates_they_are() -> None:
    first, *others = asked(dutch_network(), {"D1": 1.0}).assumptions

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
        asked(network_of(), {POWER: degree})


def test_outage_of_nothing_and_horizon_of_nothing_are_refused() -> None:
    with pytest.raises(OutOfRange):
        consequence(network_of(), {})
    with pytest.raises(OutOfRange):
        asked(network_of(), {POWER: 1.0}, hours=0)
    with pytest.raises(OutOfRange):
        asked(network_of(), {POWER: 1.0}, runs=0)


@pytest.mark.parametrize(("until_hour", "recovery"), [(0, None), (None, 0.5), (4, 0.0)])
def test_outage_that_ends_before_it_began_or_recovers_from_nothing_is_refused(
    until_hour: int | None, recovery: float | None
) -> None:
    with pytest.raises(OutOfRange):
        outage_of({POWER: 1.0}, until_hour=until_hour, recovery_per_hour=recovery)


def test_node_outside_the_network_is_refused() -> None:
    with pytest.raises(UnknownNode):
        asked(network_of(), {"stranger": 1.0})
    with pytest.raises(UnknownNode):
        network_of(needs(PHONE, "stranger", 0.5))
    with pytest.raises(UnknownNode):
        network_of().extended([], [needs("service:stranger", POWER, 0.5)])


def test_what_feeds_on_each_other_has_an_answer_in_time_and_none_in_the_static_model() -> None:
    network = network_of(needs(PHONE, POWER, 1.0), needs(POWER, PHONE, 1.0, buffer_hours=8), needs(WATER, PHONE, 0.5))

    assert asked(network, {POWER: 0.3}).readings[-1].inoperability[WATER].likely == pytest.approx(0.5)
    with pytest.raises(Diverges):
        network.interdependency()


def test_dependency_twice_and_a_service_twice_are_refused() -> None:
    with pytest.raises(OutOfRange, match="twice"):
        network_of(needs(PHONE, POWER, 0.1), needs(PHONE, POWER, 0.2))
    with pytest.raises(OutOfRange, match="twice"):
        network_of().extended([Service(POWER, SectorId("energy"))], [])


def test_dependency_on_itself_is_refused() -> None:
    with pytest.raises(OutOfRange, match="itself"):
        needs(POWER, POWER, 0.5)


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
