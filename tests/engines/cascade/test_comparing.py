"""One supposition beside another, under common random numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meldpunt.engines.cascade import Band, Dependency, OutOfRange, Service, consequence, dutch_network, outage_of
from meldpunt.engines.cascade.comparing import Supposition, difference
from meldpunt.vocabulary import SectorId

BANKING = SectorId("banking")
NET = dutch_network().extended(
    [Service("service:net", BANKING), Service("service:pay", BANKING)],
    [
        Dependency("service:pay", "service:net", Band(0.5, 0.7, 0.9), Band(0, 1, 2)),
        Dependency("F1", "service:pay", Band(0.6, 0.8, 1.0), Band(0, 1, 2)),
    ],
)


def test_nothing_differs_from_itself() -> None:
    one = Supposition(NET, outage_of({"service:net": 1.0}))
    found = difference(one, one, runs=50)
    assert found.damage_eur == Band(0, 0, 0)
    assert set(found.hours.values()) == {Band(0, 0, 0)}
    assert found.failing == {}


def test_what_stands_still_costs_more_than_what_does_not() -> None:
    found = difference(Supposition(NET, {}), Supposition(NET, outage_of({"service:net": 1.0})), runs=100)
    assert found.damage_eur.low > 0
    assert found.hours["F1"].low > 0
    assert found.failing["F1"] > 0


def test_the_difference_is_that_of_the_runs_and_its_band_narrower_than_that_of_the_two() -> None:
    outage = outage_of({"service:net": 1.0})
    weaker = replace(
        NET,
        dependencies=tuple(
            replace(one, strength=Band(0.5, 0.7, 0.85)) if one.of == "service:pay" else one for one in NET.dependencies
        ),
    )
    found = difference(Supposition(weaker, outage), Supposition(NET, outage), runs=200)
    (*_, last) = consequence(NET, outage, runs=200).readings
    assert found.damage_eur.low >= 0
    spread = last.damage_eur.high - last.damage_eur.low
    assert found.damage_eur.high - found.damage_eur.low < spread / 2


def test_a_service_that_nobody_reaches_changes_no_draw() -> None:
    outage = outage_of({"service:net": 1.0})
    larger = NET.extended(
        [Service("service:aside", BANKING)], [Dependency("service:aside", "service:net", Band(0, 1, 1), Band(0, 0, 0))]
    )
    found = difference(Supposition(NET, outage), Supposition(larger, outage), runs=50)
    assert found.damage_eur == Band(0, 0, 0)


def test_countries_of_other_processes_are_not_compared() -> None:
    smaller = replace(NET, processes=NET.processes[:-1], dependencies=(), services=())
    with pytest.raises(OutOfRange, match="same vital processes"):
        difference(Supposition(NET, {}), Supposition(smaller, {}), runs=5)
