"""Asking a party: first who will see what and why, then the asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk.cast import Room, room

from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def form_for(desk: Room, *, party: object, **more: object) -> dict[str, object]:
    due = timezone.localtime() + timedelta(hours=6)
    return {
        "party": str(party),
        "questions": "Herkent u dit?",
        "kinds": ["incident-nature", "indicators"],
        "due_at": due.strftime("%Y-%m-%dT%H:%M"),
        **more,
    }


def consultations_of(desk: Room) -> tuple[Consultation, ...]:
    return triage_queries.list_consultations(desk.browser.actor, report=desk.desk.receipt.report)


def test_the_preview_names_the_reader_and_saves_nothing(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.service.organisation, conditions=["recipient-task"])
    page = desk.browser.post(f"{desk.report}/consult", form).content.decode()
    assert "Who will see this, and what they will not see" in page
    assert "De dienst" in page
    assert "203[.]0[.]113[.]66" in page
    assert consultations_of(desk) == ()


def test_confirming_asks_the_party(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.service.organisation, conditions=["recipient-task"], confirm="1")
    assert desk.browser.post(f"{desk.report}/consult", form).status_code == 302
    (asked,) = consultations_of(desk)
    assert asked.is_waiting


def test_a_refusal_is_kept_and_the_page_says_why(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.police.organisation, confirm="1")
    desk.browser.post(f"{desk.report}/consult", form)
    (asked,) = consultations_of(desk)
    assert asked.is_refused
    page = desk.browser.get(desk.report).content.decode()
    assert "refused by the law" in page


@pytest.mark.parametrize(
    "wrong",
    [{"questions": ""}, {"due_at": "9999-12-31T23:59:59.9"}, {"due_at": "x"}, {"party": "x"}, {"kinds": ["x"]}],
)
def test_a_form_that_cannot_be_read_is_shown_again(desk: Room, wrong: dict[str, object]) -> None:
    form = form_for(desk, party=desk.desk.service.organisation) | wrong
    assert desk.browser.post(f"{desk.report}/consult", form).status_code in {200, 422}
    assert consultations_of(desk) == ()


def test_an_answer_cannot_be_due_in_the_past(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.service.organisation, due_at="2001-01-01T00:00")
    assert desk.browser.post(f"{desk.report}/consult", form).status_code == 409


def test_consent_that_is_only_ticked_is_shown_again(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.police.organisation, conditions=["reporter-consent"], confirm="1")
    page = desk.browser.post(f"{desk.report}/consult", form)
    assert page.status_code == 422
    assert "who said so, and when" in page.content.decode()
    assert consultations_of(desk) == ()


def test_page_says_who_vouches_for_consent_and_on_whose_word(desk: Room) -> None:
    said = "Lotte zei het om 09.40 uur aan de telefoon."
    form = form_for(desk, party=desk.desk.police.organisation, conditions=["reporter-consent"], vouching=said)
    desk.browser.post(f"{desk.report}/consult", form | {"confirm": "1"})
    (asked,) = consultations_of(desk)
    for page in (desk.report, f"/desk/disclosures/{asked.disclosure.id}"):
        shown = desk.browser.get(page).content.decode()
        assert "consent of the reporter" in shown
        assert said in shown
