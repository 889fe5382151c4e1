"""One value that reports name, and everything that names it."""

from __future__ import annotations

import pytest
from tests.cases.cast import accepted, another_report
from tests.desk.cast import NAME, Room, page_of, room
from tests.desk_outward.cast import colleague

from meldpunt.access.values import STRANGER, Role
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import actions as constituency_actions
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Attached, ReportForm, ReportId, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def page_for(desk: Room, report: ReportId, value: str) -> str:
    named = intake_queries.list_observables(desk.browser.actor, report=report)
    (found,) = [one for one in named if one.value == value]
    return f"/desk/observables/{found.id}"


def test_from_a_report_one_press_shows_what_else_names_the_same(desk: Room) -> None:
    case = accepted(desk.desk)
    second = another_report(desk.desk)
    address = page_for(desk, second, "203.0.113.66")
    assert f'href="{address}"' in page_of(desk.browser, f"/desk/reports/{second}")
    page = page_of(desk.browser, address)
    assert "203[.]0[.]113[.]66" in page
    assert "203.0.113.66" not in page
    assert f"/desk/reports/{second}" in page
    assert desk.report in page
    assert f"/desk/cases/{case}" in page


def test_a_case_leads_to_the_same_page_and_its_address_says_no_value(desk: Room) -> None:
    case = accepted(desk.desk)
    (found,) = [
        one for one in case_queries.get_case(desk.browser.actor, case=case).observables if one.value == "203.0.113.66"
    ]
    address = f"/desk/observables/{found.id}"
    assert f'href="{address}"' in page_of(desk.browser, f"/desk/cases/{case}")
    assert desk.report in page_of(desk.browser, address)


def test_whose_it_is_stands_there_by_code_until_it_is_unsealed(desk: Room) -> None:
    told = intake_actions.receive_report(desk.browser.actor, form=ReportForm("Scan", "van 192.0.2.14")).report
    address = page_for(desk, told, "192.0.2.14")
    page = page_of(desk.browser, address)
    assert f"/desk/organisations/{desk.desk.water}" in page
    assert NAME not in page
    constituency_actions.unseal_identity(desk.browser.actor, organisation=desk.desk.water, purpose="waarschuwen")
    assert NAME in page_of(desk.browser, address)


def test_what_is_sealed_for_a_colleague_is_not_there(desk: Room) -> None:
    form = ReportForm("Storing", "Verkeer van 192.0.2.14 naar 203.0.113.9.")
    report = intake_actions.receive_report(desk.desk.reporter, form=form).report
    constituency_actions.unseal_identity(desk.browser.actor, organisation=desk.desk.water, purpose="terugbellen")
    other = colleague(Role.ANALYST)
    sealed = page_for(desk, report, "192.0.2.14")
    assert f"/desk/reports/{report}" in page_of(desk.browser, sealed)
    page_of(other, sealed, status=404)
    assert f"/desk/reports/{report}" in page_of(other, page_for(desk, report, "203.0.113.9"))


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR, Role.WOO_OFFICER])
def test_who_does_not_triage_finds_no_observable_here(desk: Room, role: Role) -> None:
    (one, *_) = intake_queries.list_observables(desk.browser.actor, report=desk.desk.receipt.report)
    page_of(colleague(role), f"/desk/observables/{one.id}", status=404)


def test_one_press_lifts_what_files_name_and_says_what_was_left(desk: Room) -> None:
    files = [
        Attached("hosts.csv", "text/csv", b"ip\n203.0.113.11\n"),
        Attached("x.bin", "application/octet-stream", b"\x00\x01"),
    ]
    form = ReportForm("Lek", "Zie bijlage.")
    report = intake_actions.receive_report(STRANGER, form=form, attachments=files).report
    page = page_of(desk.browser, f"/desk/reports/{report}")
    assert f'action="/desk/reports/{report}/lift"' in page
    desk.browser.post(f"/desk/reports/{report}/lift")
    page = page_of(desk.browser, f"/desk/reports/{report}")
    assert "203[.]0[.]113[.]11" in page
    assert "1 new value was lifted." in page
    assert "1 file was not read." in page


def test_what_is_alike_is_decided_together_after_a_look(desk: Room) -> None:
    second = another_report(desk.desk)
    page = page_of(desk.browser, desk.report)
    assert f'name="report" value="{second}"' in page
    asked = page_of(desk.browser, f"/desk/reports/together?report={desk.desk.receipt.report}&report={second}")
    for report in (desk.desk.receipt.report, second):
        assert f'value="{report}"' in asked
        assert intake_queries.get_report(desk.browser.actor, report=report).state is State.RECEIVED
