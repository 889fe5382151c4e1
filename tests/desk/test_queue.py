"""The queue, as an analyst uses it and as others do not see it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.desk.cast import NAME, Room, page_of, room
from tests.desk_outward.cast import colleague

from meldpunt.access.values import JOB, STRANGER, Role
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.mail_values import MailboxLook, MailboxTrouble
from meldpunt.intake.values import ReporterDetails, ReportForm

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def somebody_tells(title: str) -> str:
    form = ReportForm(title=title, text="", reporter=ReporterDetails(name="Jo Brouwer"))
    return intake_actions.receive_report(STRANGER, form=form).reference


def test_a_report_stands_in_the_queue_with_its_clock_and_without_a_name(desk: Room) -> None:
    page = page_of(desk.browser, "/desk/")
    assert desk.desk.receipt.reference in page
    assert "house-mark--amber" in page
    assert NAME not in page


def test_filters_narrow_the_queue_and_the_address_keeps_them(desk: Room) -> None:
    other = somebody_tells("Een vreemde mail")
    page = page_of(desk.browser, "/desk/?text=vreemde&state=received&holder=nobody")
    assert other in page
    assert desk.desk.receipt.reference not in page
    assert 'value="vreemde"' in page


def test_a_search_in_what_is_undecided_offers_to_look_in_every_report(desk: Room) -> None:
    offered = 'href="?text=203.0.113.1&amp;state=all"'
    assert offered in page_of(desk.browser, "/desk/?text=203.0.113.1")
    assert offered not in page_of(desk.browser, "/desk/?text=203.0.113.1&state=all")


@pytest.mark.parametrize(
    "asked", ["?state=nonsense", "?page=0", "?page=99999999999", "?order=x&kind=y", "?text=%00", "?sector=%F0%9F%98%80"]
)
def test_an_address_that_makes_no_sense_still_answers(desk: Room, asked: str) -> None:
    assert desk.browser.get(f"/desk/{asked}").status_code == 200


def test_taking_a_report_shows_whose_it_is_and_goes_back_to_the_same_view(desk: Room) -> None:
    answer = desk.browser.post(f"{desk.report}/take", {"next": "/desk/?holder=nobody"})
    assert answer["Location"] == "/desk/?holder=nobody"
    assert desk.desk.receipt.reference in page_of(desk.browser, "/desk/?holder=mine")
    assert desk.desk.receipt.reference not in page_of(desk.browser, "/desk/?holder=nobody")


def test_the_way_back_never_leads_to_another_host(desk: Room) -> None:
    answer = desk.browser.post(f"{desk.report}/take", {"next": "https://elsewhere.example/"})
    assert answer["Location"] == desk.report


def test_the_queue_asks_no_more_of_the_database_for_more_lines(desk: Room) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.browser.get("/desk/")
        return len(queries)

    few = asked()
    for number in range(10):
        somebody_tells(f"Melding {number}")
    assert asked() == few


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR, Role.WOO_OFFICER])
def test_who_does_not_triage_lands_elsewhere_and_finds_no_queue(role: Role) -> None:
    browser = colleague(role)
    answer = browser.get("/desk/", follow=True)
    assert answer.status_code == 200
    assert "Reports in the queue" not in answer.content.decode()


def test_the_queue_speaks_dutch() -> None:
    page = page_of(room(language="nl").browser, "/desk/")
    assert '<html lang="nl"' in page
    assert "Wachtrij" in page
    assert "Reference" not in page


def test_a_mailbox_that_needs_somebody_stands_above_the_queue_until_it_does_not(desk: Room) -> None:
    name = "meld@post.example/INBOX"
    look = MailboxLook(2, 7, {"3": "too-large"}, MailboxTrouble.TOO_LARGE)
    intake_actions.note_mailbox(JOB, name=name, look=look)
    page = page_of(desk.browser, "/desk/")
    assert f"Mailbox {name}" in page
    assert 'role="alert"' in page
    intake_actions.note_mailbox(JOB, name=name, look=MailboxLook(0, 7, {}, None))
    assert name not in page_of(desk.browser, "/desk/")
