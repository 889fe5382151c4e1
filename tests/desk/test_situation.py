"""The page on which all that stands still is laid together."""

from __future__ import annotations

import pytest
from tests.desk.cast import page_of
from tests.desk_outward.cast import colleague
from tests.services.cast import founded
from tests.triage.test_situation import Wave, estimated, wave

from meldpunt.access.values import Role
from meldpunt.cases import actions as case_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.triage import actions as triage_actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> Wave:
    found = wave()
    estimated(found)
    return found


def references(day: Wave) -> list[str]:
    reports = intake_queries.list_by_ids(day.analyst, reports=[day.first, day.second, day.login])
    return [reports[one].reference for one in (day.first, day.second, day.login)]


def test_payments_and_the_log_in_of_the_government_stand_on_one_page(day: Wave) -> None:
    page = page_of(colleague(Role.ANALYST), "/desk/situation")
    together = page.split('id="together"')[1].split("</section>")[0]
    words = ("point-of-sale payments", "mass giro payments", "identification and authentication")
    assert [one in together for one in words] == [True] * 3
    assert [one in page for one in references(day)] == [True] * 3
    assert "Ringslang" not in page


def test_the_picture_is_drawn_in_the_page_itself_and_says_what_it_is(day: Wave) -> None:
    page = page_of(colleague(Role.ANALYST), "/desk/situation").split('id="together"')[1].split("</section>")[0]
    picture = page.split("<svg")[1].split("</svg>")[0]
    assert 'role="img" aria-label="Which vital processes stand still over time' in picture
    assert "point-of-sale payments" in picture
    assert "<img" not in page


def test_a_report_in_a_case_counts_until_the_case_is_closed(day: Wave) -> None:
    browser = colleague(Role.ANALYST)
    case = case_actions.accept_report(day.analyst, report=day.first, title="Golf", reason="Golf.")
    case_actions.accept_report(day.analyst, report=day.second, title="", reason="Golf.", case=case)
    assert references(day)[1] in page_of(browser, "/desk/situation")
    case_actions.close_case(day.analyst, case=case, reason="Voorbij.")
    page = page_of(browser, "/desk/situation")
    assert [one in page for one in references(day)] == [False, False, True]


def test_what_is_supposed_to_stop_too_is_computed_beside_it_and_kept_nowhere(day: Wave) -> None:
    browser = colleague(Role.ANALYST)
    page = page_of(browser, "/desk/situation?service=dw-01/1")
    assert "Supposed: DW-01/1" in page
    assert "Supposed" not in page_of(browser, "/desk/situation")
    assert "No service has this code." in page_of(browser, "/desk/situation?service=ZZ-1/1", status=422)


def test_a_report_about_availability_that_nobody_estimated_is_named() -> None:
    found = wave()
    triage_actions.assess_report(found.analyst, report=found.login, rsit="availability/ddos", reason="Golf")
    page = page_of(colleague(Role.ANALYST), "/desk/situation")
    assert references(found)[2] in page.split("not estimated yet")[1]


def test_where_nothing_is_out_the_page_says_so_and_has_no_picture() -> None:
    founded()
    browser = colleague(Role.ANALYST)
    page = page_of(browser, "/desk/situation")
    assert ("No report that is undecided" in page, 'id="together"' in page) == (True, False)


def test_who_does_no_triage_has_no_such_page() -> None:
    assert colleague(Role.WOO_OFFICER).get("/desk/situation").status_code == 404
