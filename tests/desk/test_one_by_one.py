"""Reports one after another: reviews, undoing, colleagues at the same report, and text that is not lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.utils import timezone
from tests.cases.cast import another_report
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import Colleague, colleague
from tests.triage.cast import consult
from tests.web.shown import confirming

from meldpunt.access.values import STRANGER, Role
from meldpunt.cases import queries as case_queries
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Receipt, ReportForm, ReportId, Stage, State
from meldpunt.law import Condition
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision, Disruption, Habit, Objection, ViewForm

pytestmark = pytest.mark.django_db
WHY = "Een oefening, zegt de beheerder."


@pytest.fixture
def desk() -> Room:
    return room()


def state_of(desk: Room, report: ReportId | None = None) -> State:
    return triage_queries.get_triage(desk.browser.actor, report=report or desk.desk.receipt.report).report.state


def begin(browser: Colleague, asked: str = "") -> str:
    """Begin a review; where it goes on."""
    answer = browser.post(f"/desk/review{asked}")
    assert answer.status_code == 302
    return str(answer["Location"])


def report_in(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def test_a_review_opens_the_next_by_itself_and_ends_with_what_was_done(desk: Room) -> None:
    others = [another_report(desk.desk) for _ in range(3)]
    page = page_of(desk.browser, "/desk/review")
    assert ("4 reports wait" in page, "At most 200 come by at a time." in page) == (True, True)
    going_on = begin(desk.browser)
    review = going_on.removesuffix("/next")
    first = desk.browser.get(going_on)["Location"]
    page = page_of(desk.browser, first)
    assert ("1 of 4, 0 skipped" in page, "Skip" in page) == (True, True)
    answer = desk.browser.post(first.replace("?", "/decline?"), {"reason": WHY, "seen": "0"})
    assert answer["Location"] == going_on
    second = desk.browser.get(going_on)["Location"]
    page = page_of(desk.browser, second)
    decided = triage_queries.get_triage(desk.browser.actor, report=ReportId(UUID(report_in(first)))).report.reference
    assert ("2 of 4" in page, f"The decision about {decided} was kept" in page) == (True, True)
    desk.browser.post(f"{review}/skip/{report_in(second)}")
    third = ReportId(others[1])
    triage_actions.take_report(desk.desk.colleague, report=third)
    last = desk.browser.get(going_on)["Location"]
    assert "1 passed over" in page_of(desk.browser, last)
    desk.browser.post(last.replace("?", "/set-aside?"), {"reason": "Spam."})
    assert desk.browser.get(going_on)["Location"] == review
    summary = page_of(desk.browser, review)
    assert "2 of 4 decided, 1 skipped." in summary
    assert summary.count('<button class="desk-small">Undo') == 2
    assert page_of(colleague(Role.ANALYST), review, status=404)


def test_a_review_keeps_how_the_queue_was_narrowed(desk: Room) -> None:
    another_report(desk.desk, title="Betalen hapert")
    assert "1 report waits" in page_of(desk.browser, "/desk/review?text=hapert")
    assert "Nothing waits" in page_of(desk.browser, "/desk/review?text=nergens")
    assert desk.browser.post("/desk/review?text=nergens").status_code == 200


def test_taking_and_assessing_in_a_review_stay_in_it(desk: Room) -> None:
    first = desk.browser.get(begin(desk.browser))["Location"]
    taken = desk.browser.post(first.replace("?", "/take?"))
    assert taken["Location"] == first
    said = {"rsit": "availability/dos", "reason": "Verkeer.", "seen": "0"}
    assert desk.browser.post(first.replace("?", "/assess?"), said)["Location"] == first


def steps_on(page: str) -> list[str]:
    return re.findall(r'name="step" value="([^"]+)"', page)


def test_what_was_done_last_is_undone_under_a_button_that_says_what(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/decline", {"reason": WHY})
    page = page_of(desk.browser, desk.report)
    assert f"Undo: declined {desk.desk.receipt.reference}" in page
    said = desk.browser.post("/desk/undo", {"step": steps_on(page)}, follow=True).content.decode()
    assert "Whoever reported could read meanwhile how far it was" in said
    assert (state_of(desk), "undone" in said) == (State.RECEIVED, True)
    again = desk.browser.post("/desk/undo", {"step": steps_on(page)}, follow=True).content.decode()
    assert "stays as it is: This was undone before." in again


def test_nobody_undoes_a_colleagues_deed_by_its_number(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/decline", {"reason": WHY})
    steps = steps_on(page_of(desk.browser, desk.report))
    colleague(Role.ANALYST).post("/desk/undo", {"step": [*steps, "nonsense"]})
    assert state_of(desk) is State.DECLINED


def test_what_was_decided_together_is_undone_together(desk: Room) -> None:
    other = another_report(desk.desk)
    said = {"report": [str(desk.desk.receipt.report), str(other)], "becomes": "decline", "reason": WHY}
    desk.browser.post("/desk/reports/together", said)
    page = page_of(desk.browser, "/desk/")
    assert "Undo: declined, 2 reports" in page
    desk.browser.post("/desk/undo", {"step": steps_on(page)})
    assert {state_of(desk), state_of(desk, other)} == {State.RECEIVED}


def decided_meanwhile(desk: Room) -> HttpResponse:
    """A colleague accepts it while somebody types that it is to be declined."""
    triage_actions.decide_report(
        desk.desk.colleague, report=desk.desk.receipt.report, decision=Decision.REDIRECT, reason="Voor de politie."
    )
    return desk.browser.post(f"{desk.report}/decline", {"reason": WHY, "seen": "0"})  # type: ignore[return-value]


def test_a_decision_taken_meanwhile_stands_beside_what_was_written_and_is_decided_over_on_purpose(desk: Room) -> None:
    answer = decided_meanwhile(desk)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("Voor de politie." in page, WHY in page, "Reopen, and decide as I wrote" in page) == (True, True, True)
    assert state_of(desk) is State.REDIRECTED
    over = re.search(r'name="over" value="(\d+)"', page)
    assert over
    desk.browser.post(f"{desk.report}/decline", {"reason": WHY, "over": over.group(1)})
    assert state_of(desk) is State.DECLINED
    page = page_of(desk.browser, desk.report)
    assert "Undo: declined, 1 report" in page
    desk.browser.post("/desk/undo", {"step": steps_on(page)})
    assert state_of(desk) is State.REDIRECTED


def test_over_a_decision_that_was_not_seen_nothing_is_decided(desk: Room) -> None:
    decided_meanwhile(desk)
    triage_actions.decide_report(
        desk.desk.colleague, report=desk.desk.receipt.report, decision=Decision.REOPEN, reason="Toch niet."
    )
    triage_actions.decide_report(
        desk.desk.colleague, report=desk.desk.receipt.report, decision=Decision.SET_ASIDE, reason="Spam."
    )
    triage_actions.decide_report(
        desk.desk.colleague, report=desk.desk.receipt.report, decision=Decision.TAKE_IN, reason="Toch niet."
    )
    triage_actions.decide_report(
        desk.desk.colleague, report=desk.desk.receipt.report, decision=Decision.DECLINE, reason="Klaar."
    )
    answer = desk.browser.post(f"{desk.report}/decline", {"reason": WHY, "over": "1"})
    assert (answer.status_code, "Klaar." in answer.content.decode()) == (409, True)


def seen_on(page: str) -> dict[str, str]:
    """What the form to decide on a page says was seen."""
    form = page[page.index("/decline") :]
    return dict(re.findall(r'name="(seen\w*)" value="(\d+)"', form[: form.index("</form>")]))


def sent_again(page: str) -> dict[str, str]:
    """What the form sends that goes on over what was not seen."""
    form = page[page.index("data-first") :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


@dataclass(frozen=True)
class Told:
    """A report of somebody who has more to tell, and its page."""

    receipt: Receipt

    @property
    def page(self) -> str:
        return f"/desk/reports/{self.receipt.report}"

    def add(self, text: str) -> None:
        reporter = reporter_with(self.receipt.code)
        intake_actions.submit_stage(reporter, report=self.receipt.report, stage=Stage.ADDITION, text=text)


@pytest.fixture
def told(desk: Room) -> Told:
    form = ReportForm("De brug gaat niet dicht", "Sinds vanochtend staat zij open.")
    return Told(intake_actions.receive_report(STRANGER, form=form))


def panel_of(page: str) -> str:
    """What stands beside what was written."""
    return page[page.index("data-first") : page.index("Decide all the same")]


def test_what_was_added_meanwhile_stands_beside_what_was_written_and_is_decided_over_on_purpose(
    desk: Room, told: Told
) -> None:
    typed = seen_on(page_of(desk.browser, told.page)) | {"reason": WHY}
    told.add("Nu ook de sluis.")
    answer = desk.browser.post(f"{told.page}/decline", typed)
    page = answer.content.decode()
    assert (answer.status_code, state_of(desk, told.receipt.report)) == (409, State.RECEIVED)
    said = ("Something was added", "Nu ook de sluis.", WHY)
    assert [one for one in said if one not in panel_of(page)] == []
    desk.browser.post(f"{told.page}/decline", sent_again(page))
    assert state_of(desk, told.receipt.report) is State.DECLINED


def test_what_was_added_once_more_is_not_decided_over_either(desk: Room, told: Told) -> None:
    typed = seen_on(page_of(desk.browser, told.page)) | {"reason": WHY}
    told.add("Nu ook de sluis.")
    page = desk.browser.post(f"{told.page}/accept", typed | {"title": "Sluis", "case": ""}).content.decode()
    told.add("En de stuw.")
    answer = desk.browser.post(f"{told.page}/accept", sent_again(page))
    panel = panel_of(answer.content.decode())
    assert (answer.status_code, "En de stuw." in panel, "Nu ook de sluis." in panel) == (409, True, False)


def test_in_a_review_what_was_added_meanwhile_keeps_the_review_at_this_report(desk: Room, told: Told) -> None:
    triage_actions.decide_report(
        desk.desk.analyst, report=desk.desk.receipt.report, decision=Decision.DECLINE, reason="Niets."
    )
    here = desk.browser.get(begin(desk.browser))["Location"]
    decline = here.replace("?", "/decline?")
    typed = seen_on(page_of(desk.browser, here)) | {"reason": WHY}
    told.add("Nu ook de sluis.")
    answer = desk.browser.post(decline, typed)
    page = answer.content.decode()
    assert (answer.status_code, "Nu ook de sluis." in panel_of(page), decline in panel_of(page)) == (409, True, True)
    desk.browser.post(decline, sent_again(page))
    assert state_of(desk, told.receipt.report) is State.DECLINED


def test_over_a_view_that_changed_meanwhile_nothing_is_decided(desk: Room) -> None:
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    triage_actions.give_view(desk.desk.service, consultation=asked.id, form=ViewForm(nature="Een proef."))
    typed = seen_on(page_of(desk.browser, desk.report)) | {"reason": WHY, f"heed_{asked.id.hex}": "followed"}
    other = ViewForm(nature="Sabotage.", objection=Objection.OBJECT, text="Niet afwijzen.", seen=1)
    triage_actions.give_view(desk.desk.service, consultation=asked.id, form=other)
    answer = desk.browser.post(f"{desk.report}/decline", typed)
    page = answer.content.decode()
    assert (answer.status_code, state_of(desk)) == (409, State.RECEIVED)
    said = ("answered after you opened", "Niet afwijzen.", "Een proef.")
    assert [one for one in said if one in panel_of(page)] == ["answered after you opened", "Niet afwijzen."]
    desk.browser.post(f"{desk.report}/decline", sent_again(page))
    assert state_of(desk) is State.DECLINED


def test_an_assessment_made_meanwhile_stands_beside_what_was_written_and_is_kept_over_on_purpose(desk: Room) -> None:
    triage_actions.assess_report(
        desk.desk.colleague, report=desk.desk.receipt.report, rsit="availability", reason="De pompen staan stil."
    )
    said = {"rsit": "availability/dos", "reason": WHY, "seen": "0"}
    answer = desk.browser.post(f"{desk.report}/assess", said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("De pompen staan stil." in page, page.count(WHY) >= 2, "Keep mine over it" in page) == (True, True, True)
    desk.browser.post(f"{desk.report}/assess", said | {"seen": "1"})
    now = triage_queries.find_assessment(desk.browser.actor, report=desk.desk.receipt.report)
    assert now is not None
    assert (now.version, now.reason) == (2, WHY)


OF_SOCIETY = {
    "consequence": {"process_0": "D1", "share_0": "0.5"},
    "judgement": {"disruption": "possibly", "reason": WHY},
}
"""What is sent with the forms of what it may do to society."""


@pytest.mark.parametrize("form", OF_SOCIETY)
def test_what_a_colleague_said_of_society_meanwhile_is_not_written_over_unseen(desk: Room, form: str) -> None:
    page = page_of(desk.browser, desk.report)
    seen = re.search(rf'/{form}".*?name="seen" value="(\d+)"', page, re.DOTALL)
    assert seen
    triage_actions.override_disruption(
        desk.desk.colleague, report=desk.desk.receipt.report, disruption=Disruption.LIKELY, reason="Het peil daalt."
    )
    answer = desk.browser.post(f"{desk.report}/{form}", OF_SOCIETY[form] | {"seen": seen[1]})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("Het peil daalt." in page, "Keep mine over it" in page) == (True, True)
    now = triage_queries.find_assessment(desk.browser.actor, report=desk.desk.receipt.report)
    assert now is not None
    assert (now.version, now.estimate, now.override) == (1, None, Disruption.LIKELY)
    desk.browser.post(f"{desk.report}/{form}", OF_SOCIETY[form] | {"seen": "1"})
    now = triage_queries.find_assessment(desk.browser.actor, report=desk.desk.receipt.report)
    assert now is not None
    assert now.version == 2


def test_an_estimate_that_was_not_sent_stands_in_the_form_again_with_all_its_rows(desk: Room) -> None:
    rows = {f"process_{row}": node for row, node in enumerate(("D1", "E1", "F1", "T1", "E2"))}
    typed = rows | {f"share_{row}": "0.25" for row in range(5)} | {"form": "estimate", "until_hour": "6"}
    desk.browser.post(f"{desk.report}/draft", typed)
    page = page_of(desk.browser, desk.report)
    for row, node in rows.items():
        assert re.search(rf'name="{row}".*?<option value="{node}" selected>', page, re.DOTALL), row
    assert 'name="until_hour" value="6"' in page
    desk.browser.post(f"{desk.report}/consequence", typed)
    assert triage_queries.list_drafts(desk.browser.actor, report=desk.desk.receipt.report) == {}


def test_a_report_a_colleague_took_meanwhile_says_so_on_its_page(desk: Room) -> None:
    triage_actions.take_report(desk.desk.colleague, report=desk.desk.receipt.report)
    page = desk.browser.post(f"{desk.report}/take", follow=True).content.decode()
    assert ("somebody has taken this report." in page, "Take over" in page) == (True, True)


def test_colleagues_at_the_same_report_are_named_and_the_desk_alone(desk: Room) -> None:
    other = colleague(Role.ANALYST, name="Ruben Vos")
    assert other.post(f"{desk.report}/presence").content.decode().strip() == ""
    assert "Ruben Vos has this open too" in page_of(desk.browser, desk.report)
    other.post(f"{desk.report}/presence", {"deciding": "1"})
    said = desk.browser.post(f"{desk.report}/presence").content.decode()
    assert "Ruben Vos is typing a decision" in said
    other.post(f"{desk.report}/presence", {"leave": "1"})
    assert "Ruben Vos" not in desk.browser.post(f"{desk.report}/presence").content.decode()
    assert colleague(Role.STATISTICIAN).post(f"{desk.report}/presence").status_code == 404


def test_what_was_typed_stands_in_the_form_again_for_who_typed_it_until_it_is_sent(desk: Room) -> None:
    typed = {"form": "close", "reason": WHY, "seen": "0"}
    assert "Saved for you alone" in desk.browser.post(f"{desk.report}/draft", typed).content.decode()
    page = page_of(desk.browser, desk.report)
    assert (WHY in page, "You typed this before and did not send it" in page) == (True, True)
    assert WHY not in page_of(colleague(Role.ANALYST), desk.report)
    desk.browser.post(f"{desk.report}/decline", {"reason": WHY, "seen": "0"})
    assert triage_queries.list_drafts(desk.browser.actor, report=desk.desk.receipt.report) == {}


def test_what_was_ticked_and_chosen_stands_in_the_form_again_and_what_was_unticked_does_not(desk: Room) -> None:
    typed = {
        "form": "consult",
        "parties": [str(desk.desk.service.organisation), str(desk.desk.police.organisation)],
        "conditions": ["recipient-task"],
        "shares_views": "on",
        "boxes": "parties kinds conditions shares_views",
    }
    desk.browser.post(f"{desk.report}/draft", typed)
    assert ticked(desk) == {
        ("parties", str(desk.desk.service.organisation)),
        ("parties", str(desk.desk.police.organisation)),
        ("conditions", "recipient-task"),
        ("shares_views", ""),
    }
    desk.browser.post(f"{desk.report}/draft", {"form": "consult", "boxes": "parties kinds conditions shares_views"})
    assert ticked(desk) == set()


def test_without_a_draft_the_form_begins_as_it_does_for_everybody(desk: Room) -> None:
    assert ticked(desk) == {("kinds", "incident-nature")}


def ticked(desk: Room) -> set[tuple[str, str]]:
    """What is ticked in the form with which parties are asked."""
    page = page_of(desk.browser, desk.report)
    (form,) = re.findall(r'<form method="post" action="[^"]*/consult.*?</form>', page, re.DOTALL)
    boxes = re.findall(r'<input type="checkbox" name="(\w+)"(?: value="([^"]*)")?[^>]* checked', form)
    return set(boxes)


def test_what_a_decision_does_with_a_view_is_saved_with_what_was_typed_of_it(desk: Room) -> None:
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    form = ViewForm(nature="Bekend.", objection=Objection.HOLD, text="Wacht tot morgen.")
    triage_actions.give_view(desk.desk.service, consultation=asked.id, form=form)
    heed, why = f"heed_{asked.id.hex}", f"why_{asked.id.hex}"
    typed = {
        "form": "close",
        heed: "passed-over",
        why: "Het peil stijgt.",
        "is_over_hold": "on",
        "boxes": "is_over_hold",
    }
    desk.browser.post(f"{desk.report}/draft", typed)
    page = page_of(desk.browser, desk.report)
    assert re.search(rf'id="close_{heed}">.*?<option value="passed-over" selected>', page, re.DOTALL)
    assert "Het peil stijgt." in page
    assert re.search(r'name="is_over_hold" id="close_is_over_hold" checked', page)
    assert not re.search(r'id="accept_is_over_hold" checked', page)


def test_what_was_typed_is_thrown_away_on_request_and_another_form_is_refused(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/draft", {"form": "assess", "reason": WHY})
    desk.browser.post(f"{desk.report}/draft", {"form": "assess", "reason": WHY, "discard": "1"})
    assert WHY not in page_of(desk.browser, desk.report)
    assert desk.browser.post(f"{desk.report}/draft", {"form": "letter", "reason": WHY}).status_code == 422


def test_a_reason_given_before_is_chosen_without_typing(desk: Room) -> None:
    desk.browser.post(f"{desk.report}/decline", {"reason": WHY})
    other = another_report(desk.desk)
    page = page_of(desk.browser, f"/desk/reports/{other}")
    assert f'<option value="{WHY}">' in page
    assert '<option value="Spam.">' in page
    assert desk.browser.post(f"/desk/reports/{other}/decline", {"reason": " "}).status_code == 422
    desk.browser.post(f"/desk/reports/{other}/decline", {"reason": " ", "earlier": WHY})
    (*_, last) = triage_queries.get_triage(desk.browser.actor, report=other).decisions
    assert last.reason == WHY


def test_the_next_opens_by_itself_outside_a_review_for_who_wants_that(desk: Room) -> None:
    other = another_report(desk.desk)
    desk.browser.post("/desk/habit", {"has_keys": "1", "opens_next": "1"})
    assert triage_queries.get_habit(desk.browser.actor) == Habit(has_keys=True, opens_next=True)
    answer = desk.browser.post(f"{desk.report}/decline", {"reason": WHY, "queue": "?order=oldest"})
    assert answer["Location"] == f"/desk/reports/{other}"
    answer = desk.browser.post(f"/desk/reports/{other}/decline", {"reason": WHY, "queue": "?order=oldest"})
    assert answer["Location"] == "/desk/"


def test_single_keys_are_switched_off_for_who_does_not_want_them(desk: Room) -> None:
    assert 'data-keys="on"' in page_of(desk.browser, desk.report)
    desk.browser.post("/desk/habit", {})
    assert 'data-keys="off"' in page_of(desk.browser, desk.report)
    assert 'data-keys="on"' in page_of(colleague(Role.ANALYST), desk.report)


def test_next_and_previous_follow_the_queue_as_it_was_narrowed(desk: Room) -> None:
    first, second = (another_report(desk.desk, title="Betalen hapert") for _ in range(2))
    narrowed = "?way={}&queue=%3Ftext%3Dhapert%26order%3Doldest"

    def beside(report: ReportId, way: str) -> str:
        return str(desk.browser.get(f"/desk/reports/{report}/beside{narrowed.format(way)}")["Location"])

    assert beside(first, "next") == f"/desk/reports/{second}"
    assert beside(second, "previous") == f"/desk/reports/{first}"
    assert beside(second, "next") == f"/desk/reports/{second}"
    assert beside(desk.desk.receipt.report, "next") == f"/desk/reports/{first}"


def test_accepting_meanwhile_shows_the_case_and_keeps_the_title(desk: Room) -> None:
    case_of = desk.desk.receipt.report
    desk.browser.post(f"{desk.report}/accept", {"case": "", "title": "Sabotage", "reason": WHY, "seen": "0"})
    other = colleague(Role.ANALYST)
    answer = other.post(f"{desk.report}/accept", {"case": "", "title": "Pompen", "reason": "Stil.", "seen": "0"})
    page = answer.content.decode()
    assert (answer.status_code, "Pompen" in page, "Sabotage" in page) == (409, True, True)
    found = case_queries.find_case_of(other.actor, report=case_of)
    assert found is not None
    assert found.title == "Sabotage"


def asking(desk: Room) -> dict[str, object]:
    """The form with which the service is asked to look along."""
    return {
        "parties": [str(desk.desk.service.organisation)],
        "questions": "Herkent u dit?",
        "kinds": ["incident-nature"],
        "conditions": ["recipient-task"],
        "due_at": (timezone.localtime() + timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M"),
    }


def test_who_asks_a_party_within_a_review_comes_back_to_the_same_report_of_it(desk: Room) -> None:
    another_report(desk.desk)
    here = str(desk.browser.get(begin(desk.browser))["Location"])
    address = here.replace("?", "/consult?")
    preview = desk.browser.post(address, asking(desk)).content.decode()
    assert f'action="{address}"' in preview
    assert f'href="{here}"' in preview
    sent = confirming(desk.browser, address, asking(desk))
    assert desk.browser.post(address, sent)["Location"] == here


def test_or_goes_on_with_the_next_where_the_button_said_so(desk: Room) -> None:
    another_report(desk.desk)
    on = begin(desk.browser)
    here = str(desk.browser.get(on)["Location"])
    address = here.replace("?", "/consult?")
    sent = confirming(desk.browser, address, asking(desk)) | {"confirm": "onward"}
    assert desk.browser.post(address, sent)["Location"] == on
    report, review = here.split("?")
    following, same = str(desk.browser.get(on)["Location"]).split("?")
    assert (following != report, same) == (True, review)


def test_outside_a_review_there_is_no_next_to_go_on_with(desk: Room) -> None:
    address = f"{desk.report}/consult"
    assert 'value="onward"' not in desk.browser.post(address, asking(desk)).content.decode()
    sent = confirming(desk.browser, address, asking(desk)) | {"confirm": "onward"}
    assert desk.browser.post(address, sent)["Location"] == desk.report


def test_a_reply_and_an_answer_to_a_party_come_back_into_the_review_too(desk: Room) -> None:
    asked = consult(desk.desk, desk.desk.service, Condition.RECIPIENT_TASK)
    triage_actions.ask_desk(desk.desk.service, consultation=asked.id, text="Waar speelt dit?")
    (back,) = triage_queries.get_consultation(desk.browser.actor, consultation=asked.id).unanswered
    here = str(desk.browser.get(begin(desk.browser))["Location"])
    review = here.split("?")[1]
    page = page_of(desk.browser, here)
    for link in (f"/desk/consultations/{asked.id}?{review}", f"{desk.report}/reply?{review}"):
        assert f'href="{link}"' in page
    further = f"/desk/consultations/{asked.id}/tell?{review}"
    answer: dict[str, object] = {"text": "In een gemaal.", "answers": str(back.id)}
    assert desk.browser.post(further, confirming(desk.browser, further, answer))["Location"] == here
    reply = f"{desk.report}/reply?{review}"
    said: dict[str, object] = {
        "title": "Een vraag",
        "text": "Wie is uw beheerder?",
        "purpose": "ask",
        "kind": "incident-nature",
        "tlp": "TLP:AMBER+STRICT",
    }
    assert desk.browser.post(reply, confirming(desk.browser, reply, said))["Location"] == here
