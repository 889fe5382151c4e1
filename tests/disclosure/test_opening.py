"""What a reporter may not know for a time opens by the clock, and by nobody's deed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Deferred, Unshown
from meldpunt.law import DeferralId
from meldpunt.ledger import queries as ledger_queries

from . import cast

SECONDS = 6


@pytest.mark.usefixtures("committing")
def test_it_opens_by_itself_when_the_term_ends() -> None:
    country = cast.found_country()
    origin = cast.origin_at(country.water)
    assert origin.report
    until = timezone.now() + timedelta(seconds=SECONDS)
    draft = replace(
        cast.for_intelligence(country, origins=(origin,)), deferred=Deferred(DeferralId("uavg-41-a"), until)
    )
    waiting = disclosure_actions.disclose(
        cast.analyst(), draft=draft, reason="taak van de dienst", seen=Unshown.IN_A_PROGRAM
    )
    told = disclosure_actions.approve_disclosure(
        cast.duty_officer(), disclosure=waiting.id, reason="akkoord", seen=waiting.sight
    )
    reporters = (cast.constituent(country.water), cast.stranger(cast.RECEIPT))
    for reporter in reporters:
        assert disclosure_queries.find_not_yet(reporter, report=origin.report)
        assert disclosure_queries.trace_report(reporter, report=origin.report) == ()
        assert ledger_queries.list_entries(reporter, subject=told.id) == ()
    time.sleep(max((until - timezone.now()).total_seconds(), 0) + 0.2)
    for reporter in reporters:
        assert disclosure_queries.find_not_yet(reporter, report=origin.report) is None
        (line,) = disclosure_queries.trace_report(reporter, report=origin.report)
        assert (line.disclosure, line.addressees[0].label.nl) == (told.id, "De dienst")
        assert len(ledger_queries.list_entries(reporter, subject=told.id)) == 1
