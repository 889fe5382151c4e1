"""The consequence as the desk keeps it."""

from __future__ import annotations

import pytest

from meldpunt.engines.cascade import Band, Dependency, Overlapping, Service, dutch_network, outage_of, runs_for
from meldpunt.triage.errors import OutageImpossible
from meldpunt.triage.packing import pack_estimate, unpack_estimate
from meldpunt.triage.rules.estimating import estimate
from meldpunt.triage.values import Disruption, EstimateReading, Outage
from meldpunt.vocabulary import Bilingual, SectorId


def test_what_is_kept_reads_back_the_same() -> None:
    found = estimate(dutch_network(), Outage({"D1": 1.0}))
    assert unpack_estimate(pack_estimate(found)) == found


def test_the_process_that_is_out_stands_first_and_fails() -> None:
    first = estimate(dutch_network(), Outage({"D1": 1.0})).readings[0].standings[0]
    assert (first.node, first.is_failing) == ("D1", True)


def test_what_ends_is_read_at_its_end_and_kept_with_it() -> None:
    found = estimate(dutch_network(), Outage({"D1": 1.0}, until_hour=20, recovers_in_hours=12))
    assert [reading.hour for reading in found.readings] == [1, 4, 8, 12, 19, 20, 24, 48, 72]
    assert unpack_estimate(pack_estimate(found)) == found
    shares = {reading.hour: water_in(reading) for reading in found.readings}
    assert shares[20] == pytest.approx(1.0)
    assert shares[24] == pytest.approx(0.01 ** (4 / 12), abs=1e-4)
    assert shares[48] == 0.0


def test_a_country_of_services_is_drawn_less_often_and_says_how_often() -> None:
    services = [Service(f"service:{number}", SectorId("energy")) for number in range(6000)]
    many = dutch_network().extended(services, [])
    lasts, recovers = outage_of({"E1": 1.0}), outage_of({"E1": 1.0}, until_hour=9, recovery_per_hour=0.5)
    both = {"E1": Overlapping((*lasts.values(), *recovers.values()))}
    assert [runs_for(dutch_network(), one) for one in (lasts, recovers, both)] == [1000, 1000, 1000]
    assert [runs_for(many, one) for one in (lasts, recovers, both)] == [165, 50, 50]
    more = many.extended([Service(f"other:{number}", SectorId("energy")) for number in range(50_000)], [])
    assert [runs_for(more, one) for one in (lasts, recovers)] == [100, 50]
    found = estimate(many, Outage({"E1": 1.0}), services={one.id: Bilingual("dienst", "service") for one in services})
    assert found.runs == 165
    assert "165 doorrekeningen (minder dan de gebruikelijke 1000" in " ".join(one.nl for one in found.assumptions)


def water_in(reading: EstimateReading) -> float:
    """The likely share of drinking water that stands still."""
    return next((one.inoperability.likely for one in reading.standings if one.node == "D1"), 0.0)


def test_the_gravest_reading_is_that_with_the_greatest_chance_and_not_the_last() -> None:
    found = estimate(dutch_network(), Outage({"E1": 1.0}, until_hour=10))
    assert found.disruption is Disruption.LIKELY
    assert found.gravest.hour < 24
    assert found.gravest.chance > found.readings[-1].chance


def test_sectors_lose_money_toward_who_buys_from_them_the_worst_first() -> None:
    losses = estimate(dutch_network(), Outage({"E1": 0.5})).economy.losses
    assert losses[0].name.en == "electricity, gas and water supply"
    assert [one.out for one in losses] == sorted((one.out for one in losses), reverse=True)
    assert all(one.loss_eur > 0 for one in losses)


def test_what_is_out_of_itself_is_not_among_those_to_warn() -> None:
    found = estimate(dutch_network(), Outage({"E1": 1.0}))
    assert "E1" not in [one.node for one in found.next_hit]
    urgency = [(one.hours.low, -one.chance) for one in found.next_hit]
    assert urgency == sorted(urgency)
    assert urgency != sorted(urgency, key=lambda one: one[1])


def test_what_is_out_between_two_readings_only_counts_for_the_verdict() -> None:
    """Payments fail through a service in hours 5 and 6: after the reading at 4, and over at that of 8."""
    country = dutch_network().extended(
        [Service("service:net", SectorId("digital-infrastructure"))],
        [Dependency("F1", "service:net", Band.exactly(1.0), Band.exactly(5))],
    )
    names = {"service:net": Bilingual("net", "net")}
    shorter, longer = (
        estimate(country, Outage({"service:net": 1.0}, until_hour=until), services=names) for until in (5, 7)
    )
    assert [one.standings for one in longer.readings if one.hour in (4, 8)][1] == ()
    assert (shorter.disruption, longer.disruption) == (Disruption.NO, Disruption.LIKELY)


def test_a_small_dent_disrupts_nobody_and_a_black_country_everybody() -> None:
    assert estimate(dutch_network(), Outage({"D1": 0.01})).disruption is Disruption.NO
    assert estimate(dutch_network(), Outage({"E1": 1.0})).disruption is Disruption.LIKELY


@pytest.mark.parametrize("outage", [{}, {"ZZ": 1.0}, {"D1": 0.0}, {"D1": 1.5}])
def test_an_impossible_outage_is_refused_in_words(outage: dict[str, float]) -> None:
    with pytest.raises(OutageImpossible, match="cannot be computed"):
        estimate(dutch_network(), Outage(outage))
