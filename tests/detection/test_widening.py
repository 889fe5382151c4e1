"""Indicators go no further than anybody asked from whose report they stem, without a reason."""

from __future__ import annotations

import json

import pytest
from tests.detection import cast

from meldpunt.detection import actions, queries
from meldpunt.detection.values import Indicator
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.errors import WideningMissing
from meldpunt.disclosure.values import Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db


def indicator_asking(tlp: TLP) -> tuple[cast.Country, Indicator]:
    """From a report of the water company, which asked how far it may go."""
    country = cast.found_country()
    form = ReportForm(title="Inbraak", text="Verbindingen naar 198.51.100.7.", tlp=tlp)
    receipt = intake_actions.receive_report(cast.constituent(country.water), form=form)
    return country, cast.add(tlp=TLP.GREEN, reports=(receipt.report,))


def test_it_starts_from_what_was_asked_and_the_bundle_says_so() -> None:
    country, found = indicator_asking(TLP.AMBER_STRICT)
    told = cast.tell(found)
    assert told.tlp is TLP.AMBER_STRICT
    bundle = json.loads(actions.fetch_bundle(cast.sensor(country.participants[0])))
    marked = [one for one in bundle["objects"] if one["type"] == "indicator"]
    assert all(TLP.AMBER_STRICT.stix_id in one["object_marking_refs"] for one in marked)


def test_with_a_reason_it_goes_as_far_as_the_indicator_may() -> None:
    (_country, found), analyst = indicator_asking(TLP.AMBER_STRICT), cast.analyst()
    why = "Alle deelnemers moeten dit vandaag kunnen delen."
    told = actions.disclose_indicators(
        analyst, indicators=[found.id], reason="Loopt nog.", widening=why, seen=Unshown.IN_A_PROGRAM
    )
    assert (told.tlp, told.widening) == (TLP.GREEN, why)


def test_what_was_asked_to_stay_with_persons_reaches_no_network_without_a_reason() -> None:
    (_country, found), analyst = indicator_asking(TLP.RED), cast.analyst()
    with pytest.raises(WideningMissing):
        cast.tell(found)
    assert disclosure_queries.list_disclosures(analyst) == ()
    assert queries.preview_indicators(analyst, indicators=[found.id]).widened
