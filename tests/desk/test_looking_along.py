"""The page of a report: several parties at once, what a decision did with their views, and how it was known then."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from tests.desk.cast import Room, room
from tests.triage.cast import consult
from tests.web.shown import confirming

from meldpunt.law import Condition
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Consultation, Decision, Objection, ViewForm

pytestmark = pytest.mark.django_db

SECRET = "een statelijke actor die wij al maanden volgen in een lopend onderzoek"


@pytest.fixture
def desk() -> Room:
    return room()


def dissenting(desk: Room) -> Consultation:
    """The service asks to wait, in its own words."""
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    form = ViewForm(nature=SECRET, objection=Objection.HOLD, text="Wacht tot morgen met breed delen.")
    triage_actions.give_view(desk.desk.service, consultation=asked.id, form=form)
    return asked


def decisions(desk: Room) -> int:
    return len(triage_queries.get_triage(desk.browser.actor, report=desk.desk.receipt.report).decisions)


def test_two_parties_stand_side_by_side_before_either_is_asked(desk: Room) -> None:
    form: dict[str, object] = {
        "parties": [str(desk.desk.service.organisation), str(desk.desk.police.organisation)],
        "questions": "Herkent u dit?",
        "kinds": ["incident-nature"],
        "conditions": ["recipient-task"],
        "due_at": (timezone.localtime() + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M"),
    }
    address = f"{desk.report}/consult"
    page = desk.browser.post(address, form).content.decode()
    assert 'id="preview1"' in page
    assert 'id="preview2"' in page
    assert desk.browser.post(address, confirming(desk.browser, address, form)).status_code == 302
    found = triage_queries.list_consultations(desk.browser.actor, report=desk.desk.receipt.report)
    assert sorted(one.is_refused for one in found) == [False, True]


def test_words_of_one_party_do_not_reach_the_preview_of_another(desk: Room) -> None:
    dissenting(desk)
    form = {
        "parties": [str(desk.desk.police.organisation)],
        "questions": f"Klopt het dat dit {SECRET} is?",
        "kinds": ["incident-nature"],
        "due_at": (timezone.localtime() + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M"),
    }
    page = desk.browser.post(f"{desk.report}/consult", form)
    assert page.status_code == 422
    assert "told us in confidence" in page.content.decode()


def test_a_decision_over_a_dissent_asks_what_it_does_with_it_and_keeps_what_was_typed(desk: Room) -> None:
    key = dissenting(desk).id.hex
    said = {"reason": "Een oefening van team Rood."}
    page = desk.browser.post(f"{desk.report}/decline", said)
    assert page.status_code == 422
    assert "say whether you follow that" in page.content.decode()
    assert "Een oefening van team Rood." in page.content.decode()
    said |= {f"heed_{key}": "passed-over", f"why_{key}": "Het peil stijgt nu."}
    assert "confirm that you decide now" in desk.browser.post(f"{desk.report}/decline", said).content.decode()
    assert decisions(desk) == 0
    assert desk.browser.post(f"{desk.report}/decline", said | {"is_over_hold": "on"}).status_code == 302
    shown = desk.browser.get(desk.report).content.decode()
    assert "Het peil stijgt nu." in shown
    assert "not followed" in shown


def test_the_page_of_a_moment_shows_nothing_of_what_came_later(desk: Room) -> None:
    before = timezone.now()
    dissenting(desk)
    now = desk.browser.get(f"{desk.report}/then").content.decode()
    assert SECRET in now
    then = desk.browser.get(f"{desk.report}/then?at={quote(before.isoformat())}").content.decode()
    assert SECRET not in then
    assert "Nobody was asked yet." in then
    assert "What this page cannot know" in then
    assert desk.browser.get(f"{desk.report}/then?at=gisteren").status_code == 422


def test_a_party_is_answered_and_told_what_was_decided(desk: Room) -> None:
    asked = dissenting(desk)
    triage_actions.ask_desk(desk.desk.service, consultation=asked.id, text="Welk systeem is geraakt?")
    address = f"/desk/consultations/{asked.id}"
    shown = desk.browser.get(address).content.decode()
    assert "Welk systeem is geraakt?" in shown
    (waiting,) = triage_queries.get_consultation(desk.browser.actor, consultation=asked.id).unanswered
    form: dict[str, object] = {"text": "De bedienplekken.", "answers": str(waiting.id)}
    sent = confirming(desk.browser, f"{address}/tell", form)
    assert desk.browser.post(f"{address}/tell", sent).status_code == 302
    found = triage_queries.get_asked(desk.desk.service, consultation=asked.id)
    assert "De bedienplekken." in str(found.sequels)


def test_what_a_party_reads_does_not_change_when_another_is_asked_answers_and_objects(desk: Room) -> None:
    asked = dissenting(desk)
    own = {str(one) for one in triage_queries.list_asked(desk.desk.service)}
    consult(desk.desk, desk.desk.police, Condition.REPORTER_CONSENT)
    (other,) = triage_queries.list_asked(desk.desk.police)
    form = ViewForm(nature="Een bende.", objection=Objection.OBJECT, text="Niet doen.")
    triage_actions.give_view(desk.desk.police, consultation=other.id, form=form)
    triage_actions.ask_desk(desk.desk.police, consultation=other.id, text="Wie kijkt er nog mee?")
    assert {str(one) for one in triage_queries.list_asked(desk.desk.service)} == own
    assert str(triage_queries.get_asked(desk.desk.service, consultation=asked.id)) in own


def test_a_dissent_stays_in_the_case(desk: Room) -> None:
    asked = dissenting(desk)
    form = {
        "title": "Pompen",
        "reason": "Vitaal proces.",
        f"heed_{asked.id.hex}": "followed",
        "case": "",
    }
    into = desk.browser.post(f"{desk.report}/accept", form)
    assert into.status_code == 302
    page = desk.browser.get(into["Location"]).content.decode()
    assert "Who has something against it" in page
    assert "Wacht tot morgen met breed delen." in page
    assert triage_queries.get_triage(desk.browser.actor, report=desk.desk.receipt.report).decision is Decision.ACCEPT


def test_advice_begins_on_the_page_of_the_report_with_its_title_and_whose_it_is(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/accept", {"title": "Pompen", "reason": "Vitaal proces.", "case": ""})
    shown = desk.browser.get(desk.report).content.decode()
    start = shown.split("/desk/advice/new?", 1)[1].split('"', 1)[0].replace("&amp;", "&")
    form = desk.browser.get(f"/desk/advice/new?{start}").content.decode()
    assert "Ransomware bij een waterbedrijf" in form
    said = {
        "organisation": str(desk.desk.water),
        "title": "Zet het account uit",
        "introduction": "Iemand is binnen.",
        "measure_1": "Zet het uit.",
        "due_on": (timezone.localdate() + timedelta(days=7)).isoformat(),
        "requested_by": "De directeur",
    }
    assert desk.browser.post(f"/desk/advice/new?{start}", said).status_code == 302
    listed = desk.browser.get(desk.report).content.decode()
    assert "Zet het account uit" in listed
    assert "asked for" in listed
