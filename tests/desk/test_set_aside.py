"""The page of what was set aside: why, by whom, and back in with a reason."""

from __future__ import annotations

import pytest
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague

from meldpunt.access.values import JOB, Role
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Receipt, State

pytestmark = pytest.mark.django_db
PAGE = "/desk/reports/set-aside"


@pytest.fixture
def desk() -> Room:
    return room()


def spam(name: str, *, sender: str | None = "bulk@elders.example") -> Receipt:
    raw = f"From: {name} <{name}@nepwinkel.example>\r\nSubject: Koop {name}\r\nX-Spam-Flag: YES\r\n\r\nNu\r\n"
    return intake_actions.receive_mail(JOB, raw=raw.encode(), envelope_sender=sender)


def state_of(desk: Room, receipt: Receipt) -> State:
    return intake_queries.get_report(desk.browser.actor, report=receipt.report).state


def test_the_page_lists_what_was_set_aside_with_why_and_who_by_mail_and_envelope(desk: Room) -> None:
    spam("een"), spam("twee", sender=""), spam("drie", sender=None)
    page = page_of(desk.browser, PAGE)
    for words in ("Koop een", "x-spam-flag: yes", "een@nepwinkel.example", "bulk@elders.example", "by nobody yet"):
        assert words in page
    assert ("empty, as of a bounce" in page, "not told" in page, "3 reports" in page) == (True, True, True)


def test_what_is_ticked_is_taken_in_with_a_reason_and_the_rest_stays(desk: Room) -> None:
    wanted, other = spam("een"), spam("twee")
    said = {"report": [str(wanted.report)], "becomes": "take-in", "reason": "Een klant van ons."}
    answer = desk.browser.post(f"{PAGE}/decide", said, follow=True).content.decode()
    assert "1 report was decided." in answer
    assert (state_of(desk, wanted), state_of(desk, other)) == (State.RECEIVED, State.SET_ASIDE)
    assert "Een klant van ons." in page_of(desk.browser, f"/desk/reports/{wanted.report}")


def test_what_is_kept_aside_says_who_looked_and_why(desk: Room) -> None:
    one = spam("een")
    said = {"report": [str(one.report)], "becomes": "set-aside", "reason": "Reclame."}
    answer = desk.browser.post(f"{PAGE}/decide", said, follow=True).content.decode()
    assert ("Reclame." in answer, "by nobody yet" in answer) == (True, False)


def test_without_a_reason_nothing_changes_and_the_ticks_stay(desk: Room) -> None:
    one = spam("een")
    answer = desk.browser.post(f"{PAGE}/decide", {"report": [str(one.report)], "becomes": "take-in", "reason": " "})
    assert answer.status_code == 422
    assert f'value="{one.report}" checked' in answer.content.decode()
    assert state_of(desk, one) is State.SET_ASIDE


def test_the_page_of_a_report_takes_in_what_was_set_aside_and_sets_aside_what_was_not(desk: Room) -> None:
    address = f"/desk/reports/{(one := spam('een')).report}"
    page = page_of(desk.browser, address)
    assert ("Take in after all" in page, "Accept into a case" in page, "data-take" in page) == (True, False, False)
    said = {"report": str(one.report), "becomes": "take-in", "reason": "Echt.", "next": address}
    assert desk.browser.post(f"{PAGE}/decide", said).headers["Location"] == address
    desk.browser.post(f"{address}/set-aside", {"reason": "Toch niet."})
    assert state_of(desk, one) is State.SET_ASIDE


def test_who_triages_nothing_sees_no_such_page() -> None:
    assert colleague(Role.STATISTICIAN).get(PAGE).status_code == 404
