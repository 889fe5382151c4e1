"""No list of the portal or the public site asks more of the database because it is longer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.advice import cast as advice_cast
from tests.disclosure import cast as door_cast
from tests.openness import cast as openness_cast
from tests.portal.cast import browser_of
from tests.statistics import cast as statistics_cast
from tests.triage.cast import Desk, consult_police, desk, told
from tests.web.statements import ask, assert_asks_no_more

from meldpunt.access.rules import digest_of
from meldpunt.access.values import JOB, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Audience, AudienceKind, Origin, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.law import DataKind, Purpose
from meldpunt.ledger import actions as ledger_actions
from meldpunt.statistics import actions as statistics_actions

pytestmark = pytest.mark.django_db
MORE = 3


def disclose_of(house: Desk, number: int) -> None:
    """One to the reporter, and one to the police, of the same report."""
    assert house.police.organisation
    origin = Origin(house.receipt.report, house.water, digest_of(house.receipt.code))
    for audience in (
        Audience(AudienceKind.REPORTER),
        Audience(AudienceKind.ORGANISATION, house.police.organisation),
    ):
        draft = door_cast.draft_for(
            [audience],
            door_cast.told(DataKind.INCIDENT_NATURE, f"Bericht {number}."),
            conditions=door_cast.OFFENCE,
            origins=(origin,),
            purpose=Purpose.ASK if audience.kind is AudienceKind.REPORTER else Purpose.CONSULT,
        )
        done = disclosure_actions.disclose(house.analyst, draft=draft, reason="Nodig.", seen=Unshown.IN_A_PROGRAM)
        if done.delivered_at is None:
            disclosure_actions.approve_disclosure(house.officer, disclosure=done.id, reason="Gezien.", seen=done.sight)


@pytest.mark.parametrize("page", ["/portal/", "/portal/messages", "/portal/reports/{report}"])
def test_what_was_told_to_the_reporter_and_of_its_report(page: str) -> None:
    house = desk()
    browser = browser_of(house.water)
    disclose_of(house, MORE)

    def disclose_more() -> None:
        for number in range(MORE):
            disclose_of(house, number)

    assert_asks_no_more(browser, page.format(report=house.receipt.report), disclose_more)


def test_the_reports_of_an_organisation() -> None:
    house = desk()
    browser = browser_of(house.water)

    def report_more() -> None:
        for number in range(MORE):
            intake_actions.receive_report(house.reporter, form=told(f"Nog een, {number}"))

    assert_asks_no_more(browser, "/portal/reports", report_more)
    assert_asks_no_more(browser, "/portal/", report_more)


def test_the_proofs_of_a_report_are_read_together() -> None:
    house = desk()
    browser = browser_of(house.water)
    disclose_of(house, MORE)
    ledger_actions.sign_checkpoint(JOB)
    page = f"/portal/reports/{house.receipt.report}/proofs"
    few = len(ask(browser, page).statements)
    for number in range(MORE):
        disclose_of(house, number)
    ledger_actions.sign_checkpoint(JOB)
    assert len(ask(browser, page).statements) <= few


def test_what_a_party_was_asked() -> None:
    house = desk()
    browser = browser_of(house.police.organisation, role=Role.PARTY)
    consult_police(house)

    def ask_more() -> None:
        for _ in range(MORE):
            consult_police(house)

    for page in ("/portal/consultations", "/portal/"):
        assert_asks_no_more(browser, page, ask_more)


def test_the_advice_of_an_organisation() -> None:
    scene = advice_cast.scene()
    browser = browser_of(scene.water)
    advice_cast.given(scene)

    def advise_more() -> None:
        for _ in range(MORE):
            advice_cast.given(scene)

    assert_asks_no_more(browser, "/portal/", advise_more)


def test_on_what_an_organisation_is_heard() -> None:
    country = openness_cast.found_country()
    browser = browser_of(country.water)

    def hear(_: int = 0) -> None:
        receipt = openness_cast.ask()
        openness_cast.withhold_all(openness_cast.select(country, receipt))
        openness_cast.hear(country, receipt)

    hear()

    def hear_more() -> None:
        for number in range(MORE):
            hear(number)

    assert_asks_no_more(browser, "/portal/", hear_more)


# --- without a log-in --------------------------------------------------------------------------------------


def test_what_was_told_to_who_follows_with_a_code() -> None:
    house, browser = desk(), Client()
    browser.post("/follow", {"code": house.receipt.code})
    disclose_of(house, MORE)

    def disclose_more() -> None:
        for number in range(MORE):
            disclose_of(house, number)

    assert_asks_no_more(browser, "/follow", disclose_more)


def test_the_publications() -> None:
    browser, (first, last) = Client(), statistics_cast.period()

    def publish(number: int) -> None:
        earlier = timedelta(days=40 * number)
        made = statistics_actions.compile_overview(
            statistics_cast.statistician(), first_day=first - earlier, last_day=last - earlier
        )
        statistics_actions.publish_overview(
            statistics_cast.statistician(), overview=made, reason="Klaar.", seen=Unshown.IN_A_PROGRAM
        )

    publish(0)

    def publish_more() -> None:
        publish(len(published) + 1)
        published.append(len(published))

    published: list[int] = []
    for page in ("/publications", "/overview"):
        assert_asks_no_more(browser, page, publish_more)


def test_the_machines_of_an_organisation() -> None:
    country = door_cast.found_country()

    def hand_out() -> None:
        for number in range(MORE):
            constituency_actions.hand_out_key(JOB, organisation=country.water, name=f"Machine {number}")

    hand_out()
    assert_asks_no_more(browser_of(country.water), "/portal/organisation", hand_out)
