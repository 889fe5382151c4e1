"""The consequence as the desk keeps it."""

from __future__ import annotations

import pytest

from meldpunt.engines.cascade import dutch_network
from meldpunt.triage.errors import OutageImpossible
from meldpunt.triage.packing import pack_estimate, unpack_estimate
from meldpunt.triage.rules.estimating import estimate
from meldpunt.triage.values import Disruption, Outage


def test_what_is_kept_reads_back_the_same() -> None:
    found = estimate(dutch_network(), Outage({"D1": 1.0}))
    assert unpack_estimate(pack_estimate(found)) == found


def test_the_process_that_is_out_stands_first_and_fails() -> None:
    first = estimate(dutch_network(), Outage({"D1": 1.0})).readings[0].standings[0]
    assert (first.node, first.is_failing) == ("D1", True)


def test_a_small_dent_disrupts_nobody_and_a_black_country_everybody() -> None:
    assert estimate(dutch_network(), Outage({"D1": 0.01})).disruption is Disruption.NO
    assert estimate(dutch_network(), Outage({"E1": 1.0})).disruption is Disruption.LIKELY


@pytest.mark.parametrize("outage", [{}, {"ZZ": 1.0}, {"D1": 0.0}, {"D1": 1.5}])
def test_an_impossible_outage_is_refused_in_words(outage: dict[str, float]) -> None:
    with pytest.raises(OutageImpossible, match="cannot be computed"):
        estimate(dutch_network(), Outage(outage))
