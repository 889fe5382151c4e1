"""From report to case, and the work on it."""

from __future__ import annotations

import re

import pytest
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague
from tests.triage.cast import told

from meldpunt.access.values import Role
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseLine, CaseState
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Stage
from meldpunt.law import ClockState
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def accept(desk: Room, *, report: str = "", title: str = "Pompen", case: str = "") -> str:
    address = report or desk.report
    answer = desk.browser.post(f"{address}/accept", {"title": title, "reason": "Eigen waarneming.", "case": case})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def cases_of(desk: Room) -> tuple[CaseLine, ...]:
    return case_queries.list_cases(desk.browser.actor).lines


def decision_of(desk: Room) -> Decision | None:
    return triage_queries.get_triage(desk.browser.actor, report=desk.desk.receipt.report).decision


def second_report(desk: Room) -> str:
    return f"/desk/reports/{intake_actions.receive_report(desk.desk.reporter, form=told()).report}"


def test_accepting_opens_a_case_that_holds_the_report(desk: Room) -> None:
    page = page_of(desk.browser, accept(desk))
    assert desk.desk.receipt.reference in page
    assert "203[.]0[.]113[.]66" in page
    assert decision_of(desk) is Decision.ACCEPT


@pytest.mark.parametrize("missing", ["title", "reason"])
def test_a_case_has_a_title_and_a_reason(desk: Room, missing: str) -> None:
    form = {"title": "Pompen", "reason": "Eigen waarneming.", "case": ""} | {missing: ""}
    assert desk.browser.post(f"{desk.report}/accept", form).status_code == 422
    assert cases_of(desk) == ()


def test_a_second_report_is_suggested_with_reasons_and_merged_into_the_case(desk: Room) -> None:
    case = accept(desk)
    second = second_report(desk)
    assert case in page_of(desk.browser, second)
    assert accept(desk, report=second, case=case.rpartition("/")[2]) == case
    (line,) = cases_of(desk)
    assert line.reports == 2


def test_a_report_cannot_be_put_into_a_case_that_was_not_offered(desk: Room) -> None:
    form = {"title": "", "reason": "Zomaar.", "case": str(desk.desk.receipt.report)}
    assert desk.browser.post(f"{desk.report}/accept", form).status_code == 422


@pytest.mark.parametrize(("deed", "decision"), [("decline", Decision.DECLINE), ("send-on", Decision.REDIRECT)])
def test_declining_and_sending_on_take_a_reason_and_can_be_undone(desk: Room, deed: str, decision: Decision) -> None:
    assert desk.browser.post(f"{desk.report}/{deed}", {"reason": ""}).status_code == 422
    desk.browser.post(f"{desk.report}/{deed}", {"reason": "Niet voor ons."})
    assert decision_of(desk) is decision
    assert "Niet voor ons." in page_of(desk.browser, desk.report)
    desk.browser.post(f"{desk.report}/reopen", {"reason": "Toch wel."})
    assert decision_of(desk) is None


def test_notes_tasks_and_documents_stand_on_the_page(desk: Room) -> None:
    case = accept(desk)
    desk.browser.post(f"{case}/note", {"text": "Gebeld met de wacht."})
    desk.browser.post(f"{case}/task", {"title": "Logboek opvragen", "mine": "on", "due_at": "2099-12-24T09:00"})
    desk.browser.post(f"{case}/document", {"kind": "analysis", "title": "Duiding", "text": "De keten."})
    desk.browser.post(f"{case}/party", {"organisation": str(desk.desk.police.organisation), "role": "authority"})
    page = page_of(desk.browser, case)
    assert all(said in page for said in ("Gebeld met de wacht.", "Logboek opvragen", "Duiding", "authority"))
    document = re.search(r'href="(/desk/documents/[^"]+)">Duiding', page)
    assert document
    assert "De keten." in page_of(desk.browser, document[1])


def test_a_case_closes_when_its_task_is_done_and_opens_again(desk: Room) -> None:
    case = accept(desk)
    desk.browser.post(f"{case}/task", {"title": "Logboek opvragen"})
    assert desk.browser.post(f"{case}/close", {"reason": "Klaar."}).status_code == 409
    task = re.search(r'action="(/desk/tasks/[^"]+)"', page_of(desk.browser, case))
    assert task
    desk.browser.post(task[1])
    desk.browser.post(f"{case}/close", {"reason": "Klaar."})
    assert cases_of(desk) == ()
    desk.browser.post(f"{case}/reopen", {"reason": "Er is meer."})
    assert [line.state for line in cases_of(desk)] == [CaseState.OPEN]


def test_two_cases_become_one_and_two_again(desk: Room) -> None:
    first, second = accept(desk), accept(desk, report=second_report(desk), title="Nog een")
    other = second.rpartition("/")[2]
    desk.browser.post(f"{first}/merge", {"other": other, "reason": "Zelfde inbraak."})
    assert "Undo the merge" in page_of(desk.browser, second)
    assert len(cases_of(desk)) == 1
    desk.browser.post(f"{second}/split", {"reason": "Toch niet."})
    assert len(cases_of(desk)) == 2


def test_a_report_taken_out_is_undecided_again(desk: Room) -> None:
    case = accept(desk)
    desk.browser.post(f"{case}/take-out/{desk.desk.receipt.report}", {"reason": "Ander incident."})
    assert decision_of(desk) is None


def test_everything_that_can_go_out_of_a_case_is_one_link_away(desk: Room) -> None:
    case = accept(desk)
    page = page_of(desk.browser, case)
    id_ = case.rpartition("/")[2]
    ways = (f"/desk/advice/new?case={id_}", f"/desk/responses/new?case={id_}", f"/desk/detection/from-case/{id_}")
    assert [way in page for way in ways] == [True, True, True]
    for way in ways:
        page_of(desk.browser, way)


def test_an_indicator_taken_from_a_case_is_found_back_from_the_case(desk: Room) -> None:
    case = accept(desk)
    address = f"/desk/detection/from-case/{case.rpartition('/')[2]}"
    taken = desk.browser.post(address, {"observables": ["0"], "tlp": "TLP:AMBER", "pap": "PAP:AMBER"})
    assert taken.status_code == 302
    assert "not told to the detection network yet" in page_of(desk.browser, case)


def test_the_clock_of_an_accepted_report_stays_in_sight_among_the_cases(desk: Room) -> None:
    accept(desk)
    (line,) = cases_of(desk)
    found = triage_queries.get_triage(desk.browser.actor, report=desk.desk.receipt.report)
    first = min(clock.deadline for clock in found.clocks if clock.deadline and clock.state is ClockState.RUNNING)
    assert case_queries.list_due(desk.browser.actor, cases=[line.id]) == {line.id: first}
    assert first.isoformat() in page_of(desk.browser, "/desk/cases")


def test_the_woo_officer_reads_a_case_and_changes_nothing(desk: Room) -> None:
    case, officer = accept(desk), colleague(Role.WOO_OFFICER)
    page = page_of(officer, case)
    assert "<form" not in page.partition("<main")[2]
    assert officer.post(f"{case}/note", {"text": "Ik was hier."}).status_code == 404


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_who_reads_no_cases_finds_none(desk: Room, role: Role) -> None:
    case, browser = accept(desk), colleague(role)
    assert page_of(browser, case, status=404)
    assert page_of(browser, "/desk/cases", status=404)


def test_the_list_of_cases_is_narrowed_by_its_address(desk: Room) -> None:
    accept(desk, title="Pompen in Zuid")
    assert "Pompen in Zuid" in page_of(desk.browser, "/desk/cases?text=zuid")
    assert "Pompen in Zuid" not in page_of(desk.browser, "/desk/cases?state=closed")
    assert page_of(desk.browser, "/desk/cases?state=x&page=-1&disruption=%00")


def test_what_a_reporter_adds_later_is_said_on_list_and_case_until_the_case_takes_it_over(
    desk: Room,
) -> None:
    case = accept(desk)
    assert "Came in since" not in page_of(desk.browser, case)
    report = desk.desk.receipt.report
    intake_actions.submit_stage(desk.desk.reporter, report=report, stage=Stage.NOTIFICATION, text="Nu ook de sluis.")
    assert "added to" in page_of(desk.browser, "/desk/cases")
    page = page_of(desk.browser, case)
    assert "Came in since" in page
    assert "incident notification" in page
    desk.browser.post(f"{case}/refresh")
    assert "Came in since" not in page_of(desk.browser, case)
    assert "added to" not in page_of(desk.browser, "/desk/cases")
    assert "brought up to date" in page_of(desk.browser, case)
