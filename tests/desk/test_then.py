"""How far asking a party had come, as the report says it now and as it says it of a moment, in both languages."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from tests.desk.cast import Room, page_of, room
from tests.triage.cast import another_supervises, approve, consult, consult_supervisor

from meldpunt.access.values import STRANGER
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import ReportForm, Stage
from meldpunt.law import Condition
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import AskedState, Consultation, Decision, Heed, Heeding, Objection, Severity, ViewForm

pytestmark = pytest.mark.django_db

JUST_BEFORE = timedelta(microseconds=1)
WORDS = {
    "en": {
        AskedState.PROPOSED: "proposed, nobody decided it yet",
        AskedState.WAITING: "waits for a second person",
        AskedState.REFUSED: "refused by the law",
        AskedState.AWAITED: "had not answered, and had time until",
        AskedState.SILENT: "was to answer before",
        AskedState.ANSWERED: "answered",
        AskedState.WITHDRAWN: "withdrawn",
    },
    "nl": {
        AskedState.PROPOSED: "voorgesteld, nog niet besloten",
        AskedState.WAITING: "wacht op een tweede persoon",
        AskedState.REFUSED: "mag niet van de wet",
        AskedState.AWAITED: "had nog niet geantwoord, en had de tijd tot",
        AskedState.SILENT: "moest antwoorden vóór",
        AskedState.ANSWERED: "beantwoord",
        AskedState.WITHDRAWN: "ingetrokken",
    },
}
BOTH = pytest.mark.parametrize("language", ["en", "nl"])


@pytest.fixture
def desk() -> Room:
    return room()


def then(desk: Room, at: datetime) -> str:
    return page_of(desk.browser, f"{desk.report}/then?at={quote(at.isoformat())}")


def says(page: str, language: str, state: AskedState) -> bool:
    return WORDS[language][state] in page


def test_the_moment_of_a_link_stands_in_the_field_as_browsers_take_it_and_shows_the_same(desk: Room) -> None:
    decided = triage_actions.decide_report(
        desk.desk.analyst, report=desk.desk.receipt.report, decision=Decision.DECLINE, reason="Een oefening."
    )
    assert decided.decision is not None
    found = triage_queries.get_triage(desk.desk.analyst, report=desk.desk.receipt.report).decisions[-1].by.at
    page = then(desk, found)
    (field,) = re.findall(r'name="at" value="([^"]*)"', page)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}", field)
    again = page_of(desk.browser, f"{desk.report}/then?at={field}")
    assert ("Een oefening." in page, "Een oefening." in again) == (True, True)


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59.999999", "0001-01-01T00:00", "gisteren", "9" * 10_000, ""])
def test_a_moment_nobody_can_show_leads_to_the_page_and_not_to_a_failure(desk: Room, at: str) -> None:
    assert desk.browser.get(f"{desk.report}/then?at={at}").status_code in {200, 422}


def test_what_was_found_and_how_it_was_classed_is_said_in_the_language_of_who_reads() -> None:
    desk = room(language="nl")
    triage_actions.assess_report(
        desk.desk.analyst, report=desk.desk.receipt.report, rsit="availability/ddos", reason="Vloed."
    )
    page = then(desk, timezone.now())
    assert ("IP-adres: <code>203[.]0[.]113[.]66" in page, "(<code>availability/ddos</code>)" in page) == (True, True)


@BOTH
def test_refused_when_a_second_person_agreed_it_waited_until_then(language: str) -> None:
    desk = room(language=language)
    asked = consult_supervisor(desk.desk)
    another_supervises(desk.desk)
    approved = approve(desk.desk, asked).disclosure.approved
    assert approved
    before, after = then(desk, approved.at - JUST_BEFORE), then(desk, approved.at)
    assert says(before, language, AskedState.WAITING)
    assert not says(before, language, AskedState.REFUSED)
    assert says(after, language, AskedState.REFUSED)
    assert says(page_of(desk.browser, desk.report), language, AskedState.REFUSED)


@BOTH
def test_who_had_not_answered_had_time_until_the_term_and_was_silent_after_it(language: str) -> None:
    desk = room(language=language)
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK, due_in=timedelta(seconds=0.5))
    time.sleep(0.6)
    before, after = then(desk, asked.due_at - JUST_BEFORE), then(desk, asked.due_at)
    assert says(before, language, AskedState.AWAITED)
    assert not says(before, language, AskedState.SILENT)
    assert says(after, language, AskedState.SILENT)
    assert not says(after, language, AskedState.AWAITED)


def test_what_was_answered_with_a_stage_stands_there_and_what_a_party_thinks_stands_behind_its_label(
    desk: Room,
) -> None:
    receipt = intake_actions.receive_report(STRANGER, form=ReportForm("De brug gaat niet dicht", "Zij staat open."))
    intake_actions.submit_stage(
        reporter_with(receipt.code),
        report=receipt.report,
        stage=Stage.ADDITION,
        text="Nog iets.",
        answers={"Sinds wanneer": "Gisteren om negen uur."},
    )
    page = page_of(desk.browser, f"/desk/reports/{receipt.report}/then?at={quote(timezone.now().isoformat())}")
    assert ("Sinds wanneer" in page, "Gisteren om negen uur." in page) == (True, True)
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    thought = ViewForm(nature="Herkend.", severity=Severity.HIGH, objection=Objection.OBJECT, text="Niet doen.")
    triage_actions.give_view(desk.desk.service, consultation=asked.id, form=thought)
    page = then(desk, timezone.now())
    said = ("Nature: Herkend.", "Severity: High", "Objection: objects", "In their words: Niet doen.")
    assert [one for one in said if one not in page] == []


@BOTH
def test_withdrawn_it_was_answered_until_then_and_says_so_after(language: str) -> None:
    desk = room(language=language)
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    triage_actions.give_view(desk.desk.service, consultation=asked.id, form=ViewForm(nature="Herkend."))
    gone = disclosure_actions.withdraw_disclosure(
        desk.desk.analyst, disclosure=asked.disclosure.id, reason="Vergissing."
    ).withdrawn
    assert gone
    before, after = then(desk, gone.at - JUST_BEFORE), then(desk, gone.at)
    assert says(before, language, AskedState.ANSWERED)
    assert not says(before, language, AskedState.WITHDRAWN)
    assert says(after, language, AskedState.WITHDRAWN)
    assert {"en": "Answered before that:", "nl": "Daarvoor beantwoord:"}[language] in after
    assert says(page_of(desk.browser, desk.report), language, AskedState.WITHDRAWN)


@BOTH
def test_a_decision_says_what_it_did_with_each_view_and_not_before_it_was_taken(language: str) -> None:
    desk = room(language=language)
    objecting = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK, questions="Nog iets?")
    form = ViewForm(nature="Bekend.", objection=Objection.OBJECT, text="Eerst wij.")
    triage_actions.give_view(desk.desk.service, consultation=objecting.id, form=form)
    line = triage_actions.decide_report(
        desk.desk.analyst,
        report=desk.desk.receipt.report,
        decision=Decision.DECLINE,
        reason="Een oefening.",
        followed={objecting.id: Heeding(Heed.PASSED_OVER, "Het was een oefening van henzelf.")},
    )
    before, after = then(desk, line.by.at - JUST_BEFORE), then(desk, line.by.at)
    heeds = {
        "en": ("not followed", "still had time to answer"),
        "nl": ("niet gevolgd", "had nog tijd om te antwoorden"),
    }
    for said in (*heeds[language], "Het was een oefening van henzelf."):
        assert said in after
        assert said not in before


@BOTH
@pytest.mark.parametrize("state", list(AskedState))
def test_every_state_has_words_of_its_own(state: AskedState, language: str) -> None:
    desk = room(language=language)
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    triage_actions.give_view(desk.desk.service, consultation=asked.id, form=ViewForm(nature="Herkend."))
    disclosure_actions.withdraw_disclosure(desk.desk.analyst, disclosure=asked.disclosure.id, reason="Vergissing.")
    asked = triage_queries.get_consultation(desk.desk.analyst, consultation=asked.id)
    with translation.override(language):
        shown = said_of(asked, state)
    own = WORDS[language][state]
    assert own in shown
    shown = shown.replace("Answered before that", "").replace("Daarvoor beantwoord", "")
    assert not any(words in shown.replace(own, "") for other, words in WORDS[language].items() if other is not state)


def said_of(asked: Consultation, state: AskedState) -> str:
    context = {"one": asked, "state": state, "then": timezone.now()}
    return render_to_string("desk/reports/consultation_state.html", context)
