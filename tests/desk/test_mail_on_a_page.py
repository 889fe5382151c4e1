"""What the page of a report tells of the mail it came by, and of what was added since the decision."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings
from tests.desk.cast import Room, page_of, room
from tests.intake.test_links import of_html
from tests.intake.test_threads import receive

from meldpunt.access.values import JOB
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import ReportId, Stage
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision

pytestmark = pytest.mark.django_db
MARK = "new since the decision"


@pytest.fixture
def desk() -> Room:
    return room()


def page(desk: Room, report: ReportId) -> str:
    return page_of(desk.browser, f"/desk/reports/{report}")


def test_links_stand_defanged_beside_their_words_and_what_misleads_is_marked(desk: Room) -> None:
    report = of_html('<a href="https://nepbank.example/in">www.bank.example</a> <form action="https://a.example/p">')
    found = page(desk, report.id)
    table = found[found.index('id="links"') :].partition("</table>")[0]
    assert ("hxxps[://]nepbank[.]example/in" in table, "www.bank.example" in table) == (True, True)
    assert table.count("shows another address") == 1
    assert "a form: what is filled in goes there" in table
    assert "https://nepbank.example/in" not in found


def test_what_our_own_server_says_of_the_sender_is_told_as_not_checked(desk: Room, settings: Settings) -> None:
    assert "nothing about this sender" in page(desk, of_html("a").id)
    settings.MAIL_SERVERS = ["mx.meldpunt.example"]
    line = "Authentication-Results: mx.meldpunt.example; dmarc=fail header.from=korenbeurs.example"
    found = page(desk, of_html("b", line).id)
    assert ("dmarc=fail header.from=korenbeurs.example" in found, "not checked by us" in found) == (True, True)


def test_why_nobody_was_answered_and_what_a_mail_refers_to_stand_on_both_pages(desk: Room) -> None:
    first = receive("a", name="lijst")
    raw = b"From: x@elders.example\r\nIn-Reply-To: <lijst@korenbeurs.example>\r\nList-Id: <a.example>\r\n\r\nOok hier."
    other = intake_actions.receive_mail(JOB, raw=raw, envelope_sender="bounces@elders.example")
    found = page(desk, other.report)
    for words in (first.reference, "it came over a list", "bounces@elders.example", "so it was not let in"):
        assert words in found
    assert other.reference in page(desk, first.report)


def test_one_press_makes_a_report_of_what_was_added_and_another_takes_it_back(desk: Room) -> None:
    receipt = receive("a", name="een")
    triage_actions.decide_report(
        desk.browser.actor, report=receipt.report, decision=Decision.DECLINE, reason="Oefening."
    )
    receive("Nu is ook de website bekrast.", Subject="Iets nieuws", In_Reply_To="<een@korenbeurs.example>")
    assert (MARK in page_of(desk.browser, "/desk/"), MARK in page(desk, receipt.report)) == (True, True)
    assert "Nu is ook de website bekrast." in page_of(desk.browser, f"/desk/reports/{receipt.report}/reply")
    (stage,) = triage_queries.get_triage(desk.browser.actor, report=receipt.report).additions
    place = f"/desk/reports/{receipt.report}/additions/{stage}"
    became = desk.browser.post(f"{place}/report", follow=True).content.decode()
    assert ("Iets nieuws" in became, "Was added to" in became, receipt.reference in became) == (True, True, True)
    assert MARK not in page(desk, receipt.report)
    assert MARK in desk.browser.post(f"{place}/undo", follow=True).content.decode()
    desk.browser.post(f"{place}/read")
    assert MARK not in page_of(desk.browser, "/desk/")


def test_a_stage_of_the_law_under_what_was_declined_is_read_and_becomes_no_report_of_its_own(desk: Room) -> None:
    receipt = receive("a", name="een")
    triage_actions.decide_report(
        desk.browser.actor, report=receipt.report, decision=Decision.DECLINE, reason="Oefening."
    )
    intake_actions.submit_stage(
        reporter_with(receipt.code), report=receipt.report, stage=Stage.EARLY_WARNING, text="Toch echt."
    )
    (stage,) = triage_queries.get_triage(desk.browser.actor, report=receipt.report).additions
    place, shown = f"/desk/reports/{receipt.report}/additions/{stage}", page(desk, receipt.report)
    assert (MARK in shown, f"{place}/read" in shown, f"{place}/report" in shown) == (True, True, False)
    assert desk.browser.post(f"{place}/report").status_code == 404
    desk.browser.post(f"{place}/read")
    assert MARK not in page_of(desk.browser, "/desk/")
