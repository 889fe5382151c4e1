"""Why something was told is the ground in law: the ledger and the reasons hold nobody's words of a consultation."""

from __future__ import annotations

import pytest
from tests.triage.cast import TEXT, Desk, consult, desk

from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureLine, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.reply_values import ReplyForm
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.ledger import queries as ledger_queries
from meldpunt.triage import actions, queries
from meldpunt.triage.values import Consultation, Decision, Heed, Heeding, Objection, ViewForm

pytestmark = pytest.mark.django_db

QUESTIONS = "Kent u de ransomware op de bedieningscomputers, en het verkeer naar 203.0.113.66?"
VIEW = "Dit is groep Noordenwind, die wij al maanden volgen."
WAIT = "Wacht tot onze inval van donderdag."
ASKED_BACK = "Staat het gemaal in Havendam ook stil?"
ANSWER = "Alleen de bedienplekken van de Zuidersluis."
HEEDED = "Het peil in de Zuidersluis stijgt."
REASON = "Wij accepteren het om de Zuidersluis."
OUTCOME = "Wij gingen verder vanwege het peil in de polder."
REPLY = "Is het gemaal in Havendam van u?"
TITLE = "Over uw gemaal in Havendam"
SAID = (TEXT, QUESTIONS, VIEW, WAIT, ASKED_BACK, ANSWER, HEEDED, REASON, OUTCOME, REPLY, TITLE)


def talked(house: Desk) -> Consultation:
    """The desk asks, the service answers and asks back, the desk decides over it says so, and writes the reporter."""
    asked = consult(house, house.service, Condition.RECIPIENT_TASK, questions=QUESTIONS)
    consult(house, house.police, questions=QUESTIONS)
    back = actions.ask_desk(house.service, consultation=asked.id, text=ASKED_BACK)
    form = ViewForm(nature=VIEW, objection=Objection.HOLD, text=WAIT)
    actions.give_view(house.service, consultation=asked.id, form=form)
    actions.answer_party(house.analyst, question=back.id, text=ANSWER, seen=Unshown.IN_A_PROGRAM)
    actions.decide_report(
        house.analyst,
        report=house.receipt.report,
        decision=Decision.REDIRECT,
        reason=REASON,
        followed={asked.id: Heeding(Heed.PASSED_OVER, HEEDED)},
        is_over_hold=True,
    )
    actions.tell_outcome(house.analyst, consultation=asked.id, text=OUTCOME, seen=Unshown.IN_A_PROGRAM)
    said = ReplyForm(title=TITLE, text=REPLY, purpose=Purpose.ASK, kind=DataKind.INCIDENT_NATURE)
    intake_actions.reply_to_reporter(house.analyst, report=house.receipt.report, form=said, seen=Unshown.IN_A_PROGRAM)
    return queries.get_consultation(house.analyst, consultation=asked.id)


def disclosed(house: Desk) -> tuple[DisclosureLine, ...]:
    return disclosure_queries.list_disclosures(house.analyst, reports=[house.receipt.report])


def test_no_entry_of_the_ledger_and_no_reason_holds_what_anybody_said() -> None:
    house = desk()
    talked(house)
    entries = " ".join(str(one.details) for one in ledger_queries.list_entries(house.officer))
    told = [disclosure_queries.get_disclosure(house.analyst, disclosure=one.id) for one in disclosed(house)]
    reasons = " ".join(one.decided.reason for one in told if one.decided)
    assert len(told) >= 5
    for said in SAID:
        for words in said.rstrip(".?").split(", "):
            assert words not in entries
            assert words not in reasons


def test_the_reason_names_the_article_what_goes_and_what_for() -> None:
    told = talked(desk()).disclosure
    assert told.decided
    reason = told.decided.reason
    assert all(ground.article in reason for ground in told.verdict.grounds)
    assert reason.startswith("Om mee te laten kijken, op grond van ")
    assert "what goes: the nature of the incident and indicators." in reason


def test_the_questions_stay_with_the_consultation_and_in_what_the_party_read() -> None:
    house = desk()
    asked = talked(house)
    assert asked.questions == QUESTIONS
    assert "bedieningscomputers" in str(queries.get_asked(house.service, consultation=asked.id).told.parts)
