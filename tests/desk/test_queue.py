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
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries

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


@pytest.mark.parametrize(
    ("asked", "is_said"), [("?sector=nonsense", True), (f"?text={'x' * 101}", True), ("?page=0", False), ("", False)]
)
def test_a_filter_that_narrows_nothing_is_not_taken_for_one_that_does(desk: Room, asked: str, is_said: bool) -> None:
    page = page_of(desk.browser, f"/desk/{asked}")
    assert ("One of these filters was not understood, and narrows nothing." in page) == is_said


def test_taking_a_report_shows_whose_it_is_and_goes_back_to_the_same_view(desk: Room) -> None:
    answer = desk.browser.post(f"{desk.report}/take", {"next": "/desk/?holder=nobody"})
    assert answer["Location"] == "/desk/?holder=nobody"
    assert desk.desk.receipt.reference in page_of(desk.browser, "/desk/?holder=mine")
    assert f"{desk.desk.receipt.reference}</a>" not in page_of(desk.browser, "/desk/?holder=nobody")


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


def test_a_column_sorts_both_ways_and_says_which_way_it_does(desk: Room) -> None:
    page = page_of(desk.browser, "/desk/?order=sector")
    assert 'aria-sort="ascending"><a href="?order=-sector"' in page
    assert page.count("aria-sort") == 1
    assert 'aria-sort="descending"><a href="?order=sector"' in page_of(desk.browser, "/desk/?order=-sector")
    assert '<a href="?order=gravest"' in page


def test_a_report_is_marked_as_unread_until_i_open_it(desk: Room) -> None:
    other = colleague(Role.ANALYST)
    assert 'class="desk-unread"' in page_of(desk.browser, "/desk/")
    page_of(desk.browser, desk.report)
    assert 'class="desk-unread"' not in page_of(desk.browser, "/desk/")
    assert 'class="desk-unread"' in page_of(other, "/desk/")
    assert "Nothing fits these filters." in page_of(desk.browser, "/desk/?only=unread")


def test_what_everybody_asks_of_the_queue_is_one_press_away_with_how_much_is_in_it(desk: Room) -> None:
    somebody_tells("Een vreemde mail")
    desk.browser.post(f"{desk.report}/take")
    page = page_of(desk.browser, "/desk/?holder=mine")
    assert '<a href="?holder=mine" aria-current="page">Mine <span class="desk-count">1</span>' in page
    assert '<a href="?state=undecided" data-digit="0">All <span class="desk-count">2</span>' in page


def test_a_view_is_kept_shared_chosen_to_begin_with_and_taken_away(desk: Room) -> None:
    other = colleague(Role.ANALYST)
    kept = desk.browser.post("/desk/queue/views", {"name": "Water", "asked": "sector=drinking-water&order=-due&page=3"})
    assert kept["Location"] == "/desk/?sector=drinking-water&order=-due"
    (view,) = triage_queries.list_views(desk.browser.actor)
    assert 'data-digit="1"><kbd>1</kbd> Water' in page_of(desk.browser, "/desk/?state=all")
    assert "Water" not in page_of(other, "/desk/")
    desk.browser.post(f"/desk/queue/views/{view.id}/rename", {"name": "Drinkwater", "is_shared": "on"})
    assert "Drinkwater" in page_of(other, "/desk/")
    other.post("/desk/queue/views/landing", {"view": str(view.id)})
    assert other.get("/desk/")["Location"] == "/desk/?sector=drinking-water&order=-due"
    assert other.post(f"/desk/queue/views/{view.id}/remove").status_code == 404
    desk.browser.post(f"/desk/queue/views/{view.id}/remove")
    assert "Drinkwater" not in page_of(other, "/desk/")


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_view_without_a_name_is_not_kept(desk: Room, name: str) -> None:
    answer = desk.browser.post("/desk/queue/views", {"name": name, "asked": "kind=x"}, follow=True)
    assert "Give the view a name." in answer.content.decode()
    assert triage_queries.list_views(desk.browser.actor) == ()


def test_a_report_that_a_colleague_has_open_says_so_in_the_list(desk: Room) -> None:
    other = colleague(Role.ANALYST, name="Noor Visser")
    triage_actions.stay_at_report(other.actor, report=desk.desk.receipt.report, is_deciding=False)
    assert "Noor Visser has it open" in page_of(desk.browser, "/desk/")
    assert "has it open" not in page_of(other, "/desk/")
