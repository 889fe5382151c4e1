"""What was told arrives, is opened, and is answered."""

from __future__ import annotations

import pytest
from tests.advice.cast import given, scene
from tests.constituency.cast import BANK, register
from tests.disclosure import cast as door
from tests.portal.cast import browser_of
from tests.triage.cast import consult, desk

from meldpunt.access.values import Role
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Unshown
from meldpunt.law import Condition
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Objection

pytestmark = pytest.mark.django_db

VIEW = {"nature": "Wij kennen dit.", "severity": "high", "own_interest": "", "objection": "none", "text": ""}


def test_a_measure_is_promised_and_then_done() -> None:
    play = scene()
    advice = given(play)
    browser = browser_of(play.water)
    link = f"/portal/advice/{advice.id}"
    assert "Zet het onderhoudsaccount uit." in browser.get(link).content.decode()
    answer = {"measure-1-answer": "acknowledge", "measure-1-reason": ""}
    assert "acknowledged" in browser.post(f"{link}/measures/1", answer, follow=True).content.decode()
    answer["measure-1-answer"] = "done"
    assert "house-mark--green" in browser.post(f"{link}/measures/1", answer, follow=True).content.decode()


def test_a_refusal_needs_a_reason() -> None:
    play = scene()
    advice = given(play)
    browser = browser_of(play.water)
    link = f"/portal/advice/{advice.id}/measures/2"
    refusal = {"measure-2-answer": "refuse", "measure-2-reason": " "}
    assert browser.post(link, refusal).status_code == 422
    refusal["measure-2-reason"] = "Geen geld."
    assert "Geen geld." in browser.post(link, refusal, follow=True).content.decode()


def test_advice_is_nobody_elses() -> None:
    play = scene()
    advice = given(play)
    stranger = browser_of(play.bank.organisation)
    assert stranger.get(f"/portal/advice/{advice.id}").status_code == 404
    answer = {"measure-1-answer": "done"}
    assert stranger.post(f"/portal/advice/{advice.id}/measures/1", answer).status_code == 404


@pytest.mark.parametrize("number", [0, 3, 10**20])
def test_a_measure_that_is_not_there_is_not_found(number: int) -> None:
    play = scene()
    advice = given(play)
    link = f"/portal/advice/{advice.id}/measures/{number}"
    assert browser_of(play.water).post(link, {}).status_code == 404


def test_the_start_page_shows_measures_to_answer() -> None:
    play = scene()
    given(play)
    assert "2 measures without an answer" in browser_of(play.water).get("/portal/").content.decode()


def test_a_party_reads_what_it_was_told_and_gives_its_view() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    browser = browser_of(house.service.organisation, role=Role.PARTY)
    link = f"/portal/consultations/{asked.id}"
    assert "Herkent u dit?" in browser.get(link).content.decode()
    assert "Wij kennen dit." in browser.post(f"{link}/view", VIEW, follow=True).content.decode()
    seen = triage_queries.get_consultation(house.analyst, consultation=asked.id)
    assert seen.view is not None
    assert seen.view.objection is Objection.NONE


def test_a_view_is_given_once() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    browser = browser_of(house.service.organisation, role=Role.PARTY)
    link = f"/portal/consultations/{asked.id}/view"
    assert browser.post(link, VIEW).status_code == 302
    assert browser.post(link, VIEW).status_code == 409


@pytest.mark.parametrize(
    "wrong", [{"objection": "object"}, {"nature": ""}, {"severity": "onzin"}, {"objection": ""}, {"nature": "\x00"}]
)
def test_a_view_that_says_nothing_or_objects_without_words_is_marked(wrong: dict[str, str]) -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    browser = browser_of(house.service.organisation, role=Role.PARTY)
    assert browser.post(f"/portal/consultations/{asked.id}/view", VIEW | wrong).status_code == 422


def test_another_party_sees_no_sign_of_the_consultation() -> None:
    house = desk()
    asked = consult(house, house.service, Condition.RECIPIENT_TASK)
    for other in (
        browser_of(house.police.organisation, role=Role.PARTY),
        browser_of(house.water),
        browser_of(register(BANK)),
    ):
        assert other.get(f"/portal/consultations/{asked.id}").status_code == 404
        assert str(asked.id) not in other.get("/portal/").content.decode()
        assert str(asked.id) not in other.get("/portal/messages").content.decode()


def test_opening_a_message_marks_it_read_and_looking_at_the_list_does_not() -> None:
    country = door.found_country()
    draft = door.for_intelligence(country)
    told = disclosure_actions.disclose(
        door.analyst(), draft=draft, reason="Zij kennen deze dader.", seen=Unshown.IN_A_PROGRAM
    ).id
    browser = browser_of(country.intelligence, role=Role.PARTY)
    browser.get("/portal/messages")
    assert disclosure_queries.get_disclosure(door.duty_officer(), disclosure=told).deliveries[0].read_at is None
    browser.get(f"/portal/messages/{told}")
    assert disclosure_queries.get_disclosure(door.duty_officer(), disclosure=told).deliveries[0].read_at is not None
