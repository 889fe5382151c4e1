"""Many reports and one decision."""

from __future__ import annotations

import pytest
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague

from meldpunt.access.values import JOB, STRANGER, Role
from meldpunt.cases import queries as case_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm, ReportId
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision

pytestmark = pytest.mark.django_db
ADDRESS = "/desk/reports/together"


@pytest.fixture
def desk() -> Room:
    return room()


def wave(count: int) -> list[ReportId]:
    form = ReportForm("Phishing op onze naam", "De mail wijst naar nachtuil.example.")
    return [intake_actions.receive_report(STRANGER, form=form).report for _ in range(count)]


def asked(reports: list[ReportId], becomes: str, **said: str) -> dict[str, object]:
    return {"report": [str(one) for one in reports], "becomes": becomes, "reason": "Een campagne.", **said}


def decision_on(desk: Room, report: ReportId) -> Decision | None:
    return triage_queries.get_triage(desk.browser.actor, report=report).decision


def test_a_wave_becomes_one_case_with_an_entry_for_each_report(desk: Room) -> None:
    told = wave(3)
    desk.browser.post(ADDRESS, asked(told, "new", title="Phishinggolf"))
    (line,) = case_queries.list_cases(desk.browser.actor).lines
    assert (line.title, line.reports) == ("Phishinggolf", 3)
    assert len(ledger_queries.list_entries(desk.browser.actor, kind=Kind.DECIDED)) == 3


def test_what_a_colleague_decided_meanwhile_stays_and_is_named(desk: Room) -> None:
    first, second = wave(2)
    triage_actions.decide_report(desk.browser.actor, report=first, decision=Decision.REDIRECT, reason="Naar Z-CERT.")
    answer = desk.browser.post(ADDRESS, asked([first, second], "decline"), follow=True).content.decode()
    assert decision_on(desk, first) is Decision.REDIRECT
    assert decision_on(desk, second) is Decision.DECLINE
    assert "1 report was decided." in answer
    assert "stays as it was" in answer


def test_a_line_that_was_unticked_is_not_decided(desk: Room) -> None:
    kept, spam = wave(2)
    page = page_of(desk.browser, f"{ADDRESS}?report={kept}&report={spam}")
    assert (str(kept) in page, str(spam) in page) == (True, True)
    desk.browser.post(ADDRESS, asked([spam], "decline"))
    assert decision_on(desk, kept) is None
    assert decision_on(desk, spam) is Decision.DECLINE


def test_without_a_reason_nothing_is_decided_and_the_ticks_stay(desk: Room) -> None:
    (report,) = wave(1)
    answer = desk.browser.post(ADDRESS, asked([report], "decline") | {"reason": " "})
    assert answer.status_code == 422
    assert f'value="{report}"' in answer.content.decode()
    assert decision_on(desk, report) is None


@pytest.mark.parametrize("query", ["", "?report=nonsense", "?report=00000000-0000-0000-0000-000000000000"])
def test_with_nothing_that_can_be_decided_the_page_says_so(desk: Room, query: str) -> None:
    assert "No report was ticked." in page_of(desk.browser, ADDRESS + query)


def test_who_handles_no_cases_cannot_decide_on_many() -> None:
    assert colleague(Role.STATISTICIAN).get(ADDRESS).status_code == 404


def test_a_line_of_look_alikes_opens_and_is_decided_together(desk: Room) -> None:
    told = wave(6)
    triage_actions.gather_waves(JOB)
    page = page_of(desk.browser, "/desk/?order=oldest")
    assert "and 5 that look alike" in page
    assert page.count("Phishing op onze naam") == 1
    assert page_of(desk.browser, f"/desk/?wave={told[0]}").count("Phishing op onze naam") == 6
    before = page_of(desk.browser, f"{ADDRESS}?report={told[0]}")
    assert all(str(one) in before for one in told)
    desk.browser.post(ADDRESS, asked(told, "new", title="Phishinggolf"))
    assert {decision_on(desk, one) for one in told} == {Decision.ACCEPT, Decision.MERGE}
    assert decision_on(desk, told[0]) is Decision.ACCEPT
