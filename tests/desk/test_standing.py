"""What somebody has to see to stands above every page of a duty officer; deadlines have a list of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.constituency.cast import member_of
from tests.desk.cast import Room, page_of, room
from tests.desk.test_statements import company, times
from tests.desk_outward.cast import colleague
from tests.web.statements import ask, assert_asks_no_more

from meldpunt.access.values import JOB, Role
from meldpunt.alarms import actions as alarm_actions
from meldpunt.alarms.values import AlarmKind, Standing
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt, ReportForm, ReportKind, Stage

pytestmark = pytest.mark.django_db

ALL = tuple(AlarmKind)


@pytest.fixture
def desk() -> Room:
    return room(Role.DUTY_OFFICER)


def stand(*kinds: AlarmKind) -> None:
    now = timezone.now()
    alarm_actions.raise_alarms(JOB, standing=[Standing(one, now, 3) for one in kinds])


def owing(hours_ago: float) -> Receipt:
    """A report of another company that still owes everything."""
    aware = timezone.now() - timedelta(hours=hours_ago)
    form = ReportForm(title="Net", text="Alles staat stil.", kind=ReportKind.STATUTORY, aware_at=aware)
    return intake_actions.receive_report(member_of(company()), form=form)


@pytest.mark.parametrize(
    "address", ["/desk/", "/desk/cases", "/desk/deadlines", "/desk/deliveries", "/desk/disclosures"]
)
def test_alarms_stand_above_every_page_of_a_duty_officer_and_of_nobody_else(desk: Room, address: str) -> None:
    stand(*ALL)
    page, theirs = page_of(desk.browser, address), page_of(colleague(Role.ANALYST, language="en"), address)
    for words in ("Nobody looked at what waits in the queue", "The background jobs stand still"):
        assert words in page[: page.index("<h1")]
        assert words not in theirs


def test_once_mended_they_are_gone(desk: Room) -> None:
    stand(AlarmKind.MAILBOX)
    assert "A mailbox is not being emptied" in page_of(desk.browser, "/desk/cases")
    stand()
    assert "A mailbox is not being emptied" not in page_of(desk.browser, "/desk/cases")


def test_more_alarms_ask_no_more_of_the_database(desk: Room) -> None:
    stand(AlarmKind.MAILBOX)
    few = ask(desk.browser, "/desk/cases")
    stand(*ALL)
    many = ask(desk.browser, "/desk/cases")
    assert len(many.page) > len(few.page)
    assert len(many.statements) == len(few.statements)


def test_deadlines_are_listed_in_the_order_of_time_with_what_passed_first(desk: Room) -> None:
    late, soon, far = owing(30), owing(20), owing(0)
    page = page_of(desk.browser, "/desk/deadlines?hours_ahead=5")
    table = page[page.index("<tbody") :]
    assert table.index(late.reference) < table.index(soon.reference)
    assert far.reference not in table
    assert "too late" in table
    assert "early warning" in table
    assert "NIS2" in table


def test_what_came_in_is_not_on_the_list(desk: Room) -> None:
    receipt = owing(30)
    assert receipt.reference in page_of(desk.browser, "/desk/deadlines?hours_ahead=1")
    intake_actions.submit_stage(JOB, report=receipt.report, stage=Stage.EARLY_WARNING, text="Wij waarschuwen alsnog.")
    assert receipt.reference not in page_of(desk.browser, "/desk/deadlines?hours_ahead=1")


@pytest.mark.parametrize("asked", ["x", "-1", "99999999", ""])
def test_a_number_of_hours_that_is_none_shows_the_usual_ones(desk: Room, asked: str) -> None:
    receipt = owing(0)
    assert receipt.reference in page_of(desk.browser, f"/desk/deadlines?hours_ahead={asked}")


def test_a_longer_list_of_deadlines_asks_no_more_of_the_database(desk: Room) -> None:
    owing(3)
    assert_asks_no_more(desk.browser, "/desk/deadlines", times(lambda _: owing(2)))
