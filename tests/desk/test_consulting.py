"""Asking a party: first who will see what and why, then the asking."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.desk.cast import Room, room
from tests.web.shown import confirming, seen_in

from meldpunt.disclosure.values import State
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Consultation

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def form_for(desk: Room, *, party: object, **more: object) -> dict[str, object]:
    due = timezone.localtime() + timedelta(hours=6)
    return {
        "parties": [str(party)],
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
    form = form_for(desk, party=desk.desk.service.organisation, conditions=["recipient-task"])
    address = f"{desk.report}/consult"
    assert desk.browser.post(address, confirming(desk.browser, address, form)).status_code == 302
    (asked,) = consultations_of(desk)
    assert asked.is_waiting


def test_what_was_not_shown_is_not_asked_and_shows_first(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.service.organisation, conditions=["recipient-task"])
    address = f"{desk.report}/consult"
    shown = confirming(desk.browser, address, form)
    changed = desk.browser.post(address, {**shown, "questions": "Wie is dit?"})
    assert changed.status_code == 409
    assert consultations_of(desk) == ()
    desk.browser.post(address, {**shown, "questions": "Wie is dit?", "seen": seen_in(changed)})
    assert [one.questions for one in consultations_of(desk)] == ["Wie is dit?"]


def test_the_reporter_hears_later_where_the_law_says_so_and_a_second_person_agrees(desk: Room) -> None:
    until = (timezone.localtime() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    form = form_for(desk, party=desk.desk.service.organisation, conditions=["recipient-task"], deferred_until=until)
    address = f"{desk.report}/consult"
    assert desk.browser.post(address, form).status_code == 422
    unfit = desk.browser.post(address, {**form, "deferral": "uavg-41-d"})
    assert unfit.status_code == 422
    assert "does not let the reporter hear later" in unfit.content.decode()
    form["deferral"] = "uavg-41-a"
    assert "a second person has to agree" in desk.browser.post(address, form).content.decode()
    said = desk.browser.post(address, confirming(desk.browser, address, form), follow=True).content.decode()
    assert "It waits for a second person; nothing is seen yet by: De dienst." in said
    assert "Asked: " not in said
    told = said.split('<th scope="row">Told</th>')[1].split("</tr>")[0]
    assert "nothing yet" in told
    (asked,) = consultations_of(desk)
    assert asked.disclosure.state is State.WAITING_FOR_APPROVAL
    assert asked.disclosure.deferred
    assert asked.disclosure.deferred.ground == "uavg-41-a"


def test_a_refusal_is_kept_and_the_page_says_why(desk: Room) -> None:
    form, address = form_for(desk, party=desk.desk.police.organisation), f"{desk.report}/consult"
    desk.browser.post(address, confirming(desk.browser, address, form))
    (asked,) = consultations_of(desk)
    assert asked.is_refused
    page = desk.browser.get(desk.report).content.decode()
    assert "refused by the law" in page
    told = page.split('<th scope="row">Told</th>')[1].split("</tr>")[0]
    assert ("nothing" in told, "TLP:" in told) == (True, False)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"kinds": ["impact"]}, "The report holds nothing of this kind of data"),
        ({"due_at": "2020-01-01T10:00"}, "Choose a moment in the future"),
        ({"conditions": ["risk-of-societal-disruption"], "vouching": "Zelf gezien."}, "no risk of disruption"),
    ],
)
def test_what_cannot_be_asked_so_comes_back_in_the_form(desk: Room, wrong: dict[str, object], expected: str) -> None:
    form = form_for(desk, party=desk.desk.service.organisation, **wrong)
    answer = desk.browser.post(f"{desk.report}/consult", form)
    page = answer.content.decode()
    assert (answer.status_code, expected in page, "Herkent u dit?" in page) == (422, True, True)
    assert consultations_of(desk) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"questions": ""},
        {"due_at": "9999-12-31T23:59:59.9"},
        {"due_at": "x"},
        {"parties": ["x"]},
        {"parties": []},
        {"kinds": ["x"]},
    ],
)
def test_a_form_that_cannot_be_read_is_shown_again(desk: Room, wrong: dict[str, object]) -> None:
    form = form_for(desk, party=desk.desk.service.organisation) | wrong
    assert desk.browser.post(f"{desk.report}/consult", form).status_code in {200, 422}
    assert consultations_of(desk) == ()


def test_an_answer_cannot_be_due_in_the_past(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.service.organisation, due_at="2001-01-01T00:00")
    assert desk.browser.post(f"{desk.report}/consult", form).status_code == 422


def test_consent_that_is_only_ticked_is_shown_again(desk: Room) -> None:
    form = form_for(desk, party=desk.desk.police.organisation, conditions=["reporter-consent"], confirm="1")
    page = desk.browser.post(f"{desk.report}/consult", form)
    assert page.status_code == 422
    assert "who said so, and when" in page.content.decode()
    assert consultations_of(desk) == ()


def test_page_says_who_vouches_for_consent_and_on_whose_word(desk: Room) -> None:
    said = "Lotte zei het om 09.40 uur aan de telefoon."
    form = form_for(desk, party=desk.desk.police.organisation, conditions=["reporter-consent"], vouching=said)
    address = f"{desk.report}/consult"
    desk.browser.post(address, confirming(desk.browser, address, form))
    (asked,) = consultations_of(desk)
    for page in (desk.report, f"/desk/disclosures/{asked.disclosure.id}"):
        shown = desk.browser.get(page).content.decode()
        assert "consent of the reporter" in shown
        assert said in shown
