"""Many reports and one decision."""

from __future__ import annotations

import re

import pytest
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague

from meldpunt.access.values import JOB, STRANGER, Role
from meldpunt.cases import actions as case_actions
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseState
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import ReportForm, ReportId, Stage, State
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


def test_what_was_added_meanwhile_comes_back_with_what_was_written_and_the_others_are_decided(desk: Room) -> None:
    form = ReportForm("De brug gaat niet dicht", "Sinds vanochtend staat zij open.")
    (other,), receipt = wave(1), intake_actions.receive_report(STRANGER, form=form)
    told = receipt.report
    seen = seen_on(page_of(desk.browser, f"{ADDRESS}?report={told}&report={other}"))
    intake_actions.submit_stage(reporter_with(receipt.code), report=told, stage=Stage.ADDITION, text="Nu ook de sluis.")
    answer = desk.browser.post(ADDRESS, asked([other, told], "new", title="Golf") | seen)
    page = answer.content.decode()
    assert (answer.status_code, decision_on(desk, told), decision_on(desk, other)) == (409, None, Decision.ACCEPT)
    assert ("Nu ook de sluis." in page, "Een campagne." in page, str(other) in page) == (True, True, False)
    into = re.search(r'<option value="([\w-]+)" selected', page)
    assert into
    desk.browser.post(ADDRESS, asked([told], into[1]) | seen_on(page))
    (line,) = case_queries.list_cases(desk.browser.actor).lines
    assert (decision_on(desk, told), line.reports) == (Decision.MERGE, 2)


def seen_on(page: str) -> dict[str, str]:
    """What the page says was seen of each report."""
    return dict(re.findall(r'name="(seen_[\w-]+)" value="([\d-]+)"', page))


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


def test_each_row_may_say_otherwise_and_give_a_reason_of_its_own(desk: Room) -> None:
    case = case_actions.accept_report(desk.browser.actor, report=wave(1)[0], title="Eerdere zaak", reason="Ernstig.")
    rest, left, spam, into = wave(4)
    said = asked([rest, left, spam, into], "decline") | {
        f"row_{left}": "leave",
        f"row_{spam}": "set-aside",
        f"why_{spam}": "Reclame voor pillen.",
        f"row_{into}": str(case),
    }
    answer = desk.browser.post(ADDRESS, said, follow=True).content.decode()
    assert "3 reports were decided." in answer
    assert [decision_on(desk, one) for one in (rest, left, into)] == [Decision.DECLINE, None, Decision.MERGE]
    aside = triage_queries.get_triage(desk.browser.actor, report=spam)
    assert (aside.report.state, aside.decisions[-1].reason) == (State.SET_ASIDE, "Reclame voor pillen.")
    assert triage_queries.get_triage(desk.browser.actor, report=rest).decisions[-1].reason == "Een campagne."


def test_rows_that_all_say_what_becomes_of_them_and_why_need_no_more(desk: Room) -> None:
    first, second = wave(2)
    said = {"report": [str(first), str(second)]}
    own = {f"{name}_{one}": word for one in (first, second) for name, word in (("row", "decline"), ("why", "Spam."))}
    assert desk.browser.post(ADDRESS, said | own).status_code == 302
    assert {decision_on(desk, one) for one in (first, second)} == {Decision.DECLINE}


@pytest.mark.parametrize("missing", ["becomes", "reason"])
def test_a_row_that_goes_as_the_rest_needs_what_the_rest_needs(desk: Room, missing: str) -> None:
    first, second = wave(2)
    said = asked([first, second], "decline") | {missing: "", f"row_{first}": "decline", f"why_{first}": "Spam."}
    assert desk.browser.post(ADDRESS, said).status_code == 422
    assert {decision_on(desk, one) for one in (first, second)} == {None}


def test_what_was_decided_in_one_go_is_undone_in_one_go(desk: Room) -> None:
    told = wave(3)
    page = desk.browser.post(ADDRESS, asked(told, "new", title="Phishinggolf"), follow=True).content.decode()
    (case,) = case_queries.list_cases(desk.browser.actor).lines
    assert case.reference in page
    assert all(str(one) in page for one in told)
    (together,) = {one.together for one in triage_queries.find_last_steps(desk.browser.actor)}
    answer = desk.browser.post(f"{ADDRESS}/undo", {"together": str(together)}, follow=True).content.decode()
    assert "3 decisions were undone." in answer
    assert {decision_on(desk, one) for one in told} == {None}
    assert case_queries.get_case(desk.browser.actor, case=case.id).state is CaseState.CLOSED


def test_what_a_colleague_went_on_with_is_not_undone_and_is_named(desk: Room) -> None:
    first, second = wave(2)
    desk.browser.post(ADDRESS, asked([first, second], "decline"))
    other = colleague(Role.ANALYST)
    triage_actions.decide_report(other.actor, report=second, decision=Decision.REOPEN, reason="Toch ernstig.")
    (together,) = {one.together for one in triage_queries.find_last_steps(desk.browser.actor)}
    answer = desk.browser.post(f"{ADDRESS}/undo", {"together": str(together)}, follow=True).content.decode()
    assert "1 decision was undone." in answer
    assert "stays as it was" in answer
    assert decision_on(desk, first) is None
    lines = triage_queries.get_triage(other.actor, report=second).decisions
    assert [one.decision for one in lines] == [Decision.DECLINE, Decision.REOPEN]


def test_nobody_undoes_what_a_colleague_decided(desk: Room) -> None:
    (report,) = wave(1)
    desk.browser.post(ADDRESS, asked([report], "decline"))
    (together,) = {one.together for one in triage_queries.find_last_steps(desk.browser.actor)}
    colleague(Role.ANALYST).post(f"{ADDRESS}/undo", {"together": str(together)})
    assert decision_on(desk, report) is Decision.DECLINE
