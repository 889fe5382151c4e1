"""Writing to whoever reported: who sees what first, then the reply, and both sides in order."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from tests.desk.cast import Room, page_of, room
from tests.web.shown import confirming, seen_in
from tests.web.statements import assert_asks_no_more

from meldpunt.cases import actions as case_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import DisclosureLine, ItemKind, State, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.reply_values import ReplyForm
from meldpunt.intake.values import Stage
from meldpunt.law import DataKind, Purpose

pytestmark = pytest.mark.django_db

SAID = {
    "purpose": "ask",
    "title": "Uw pompen",
    "text": "Wanneer begon het?",
    "kind": "incident-nature",
    "tlp": "TLP:AMBER+STRICT",
}


@pytest.fixture
def desk() -> Room:
    return room()


def replies(desk: Room) -> tuple[DisclosureLine, ...]:
    items = (ItemKind.QUESTION, ItemKind.REPLY)
    return disclosure_queries.list_disclosures(desk.browser.actor, subject=desk.desk.receipt.report, items=items)


def send(desk: Room, **more: str) -> HttpResponse:
    address, said = f"{desk.report}/reply", SAID | more
    return desk.browser.post(address, confirming(desk.browser, address, said))


def test_the_preview_says_who_would_read_it_and_saves_nothing(desk: Room) -> None:
    page = desk.browser.post(f"{desk.report}/reply", SAID).content.decode()
    assert "Who will see this, and what they will not see" in page
    assert replies(desk) == ()


def test_what_was_seen_is_told(desk: Room) -> None:
    assert send(desk).status_code == 302
    (told,) = replies(desk)
    assert (told.state, told.item) == (State.DELIVERED, ItemKind.QUESTION)


def test_what_was_not_shown_is_not_told_and_shows_first(desk: Room) -> None:
    address = f"{desk.report}/reply"
    shown = confirming(desk.browser, address, SAID)
    changed = desk.browser.post(address, {**shown, "text": "Wat betaalt u?"})
    assert (changed.status_code, replies(desk)) == (409, ())
    desk.browser.post(address, {**shown, "text": "Wat betaalt u?", "seen": seen_in(changed)})
    assert len(replies(desk)) == 1


def test_a_refusal_is_kept_and_nobody_is_told(desk: Room) -> None:
    send(desk, kind="special-personal-data")
    (kept,) = replies(desk)
    assert kept.state is State.REFUSED


def test_wider_asks_why(desk: Room) -> None:
    answer = desk.browser.post(f"{desk.report}/reply", SAID | {"tlp": "TLP:CLEAR", "confirm": "yes"})
    assert (answer.status_code, replies(desk)) == (409, ())
    assert "Why it goes wider than it has to" in answer.content.decode()


def test_the_page_shows_both_sides_in_the_order_of_time(desk: Room) -> None:
    send(desk)
    intake_actions.submit_stage(
        desk.desk.reporter, report=desk.desk.receipt.report, stage=Stage.ADDITION, text="Om negen uur."
    )
    send(desk, purpose="acknowledge", text="Dank, wij kijken mee.")
    page = page_of(desk.browser, desk.report)
    conversation = page[page.index('id="conversation"') :]
    places = [conversation.index(one) for one in ("Wanneer begon het?", "addition,", "Dank, wij kijken mee.")]
    assert places == sorted(places)


def test_a_case_leads_to_writing_to_who_made_each_report(desk: Room) -> None:
    case = case_actions.accept_report(desk.desk.analyst, report=desk.desk.receipt.report, title="Pompen", reason="x")
    assert f'href="{desk.report}/reply"' in page_of(desk.browser, f"/desk/cases/{case}")


def test_a_longer_conversation_asks_no_more_of_the_database(desk: Room) -> None:
    form = ReplyForm("Vraag", "Wanneer?", Purpose.ASK, DataKind.INCIDENT_NATURE)

    def write() -> None:
        for _ in range(3):
            intake_actions.reply_to_reporter(
                desk.desk.analyst, report=desk.desk.receipt.report, form=form, seen=Unshown.IN_A_PROGRAM
            )

    write()
    assert_asks_no_more(desk.browser, desk.report, write)
