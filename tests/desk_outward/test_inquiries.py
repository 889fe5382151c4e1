"""Inquiries at the desk: the law's answer before anything is asked or told, what we wait for, and what came back."""

from __future__ import annotations

from uuid import UUID

import pytest
from tests.desk.cast import page_of
from tests.desk_outward.cast import Colleague, colleague
from tests.inquiries import cast
from tests.web.shown import confirming, seen_in
from tests.web.statements import assert_asks_no_more

from meldpunt.access.values import Role
from meldpunt.cases import queries as case_queries
from meldpunt.disclosure.values import Unshown
from meldpunt.inquiries import actions, queries
from meldpunt.inquiries.values import AnswerForm, InquiryId, Outcome
from meldpunt.intake.values import Attached
from meldpunt.law import DataKind

pytestmark = pytest.mark.django_db
MORE = 3


@pytest.fixture
def house() -> cast.House:
    return cast.house()


def asked(house: cast.House, **more: object) -> dict[str, object]:
    return {
        "body": str(house.supervisor.organisation),
        "subject": "Eerdere storingen",
        "kind1": "measures",
        "question1": "Welke maatregelen legde u op?",
        "kind2": "reporter-identity",
        "kind3": "impact",
        "kind4": "impact",
        "necessity": "Voor ons advies.",
        "due_at": f"{cast.in_days(14):%Y-%m-%dT%H:%M}",
        "tlp": "TLP:AMBER+STRICT",
        "case": str(house.case),
        **more,
    }


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_law_answers_before_anything_is_asked(house: cast.House, language: str) -> None:
    browser = colleague(Role.ANALYST, language=language)
    seen = browser.post("/desk/inquiries/new", asked(house, kind2="impact"))
    assert seen.status_code == 200
    assert "NIS2 art." in seen.content.decode()
    assert queries.list_inquiries(house.analyst) == ()
    said = confirming(browser, "/desk/inquiries/new", asked(house, kind2="impact"))
    done = browser.post("/desk/inquiries/new", said, follow=True)
    (line,) = queries.list_inquiries(house.analyst)
    assert line.reference in done.content.decode()
    assert line.reference in page_of(browser, "/desk/inquiries")


def test_a_kind_of_data_that_nobody_may_ask_cannot_be_chosen(house: cast.House) -> None:
    assert colleague(Role.ANALYST).post("/desk/inquiries/new", asked(house)).status_code == 422


def test_the_usual_term_and_the_case_are_filled_in(house: cast.House) -> None:
    page = page_of(colleague(Role.ANALYST), f"/desk/inquiries/new?case={house.case}")
    assert f'value="{house.case}" selected' in page
    assert 'type="datetime-local" name="due_at" value="20' in page


def answer_with_file(house: cast.House) -> tuple[InquiryId, UUID]:
    inquiry = cast.ask(house, house.supervisor, case=house.case)
    form = AnswerForm(Outcome.WHOLE, (f"{cast.NAME} twee keer.",), frozenset({DataKind.MEASURES}), "Onze taak.")
    file = Attached("dossier.txt", "text/plain", b"vier keer")
    actions.answer_inquiry(house.supervisor, inquiry=inquiry.id, form=form, files=(file,))
    (given,) = queries.get_inquiry(house.analyst, inquiry=inquiry.id).answers
    return inquiry.id, given.id


def test_an_answer_about_somebody_sealed_shows_masked_and_its_file_does_not_open(house: cast.House) -> None:
    browser = colleague(Role.ANALYST)
    inquiry, _ = answer_with_file(house)
    page = page_of(browser, f"/desk/inquiries/{inquiry}")
    assert "twee keer" in page
    assert cast.NAME not in page
    (answer,) = queries.get_inquiry(browser.actor, inquiry=inquiry).answers
    assert browser.post(f"/desk/inquiries/files/{answer.files[0].id}").status_code == 409


def test_a_file_opens_as_a_download_of_no_type(house: cast.House) -> None:
    browser, inquiry = colleague(Role.ANALYST), cast.ask(house, house.supervisor)
    form = AnswerForm(Outcome.WHOLE, ("Ja.",), frozenset({DataKind.MEASURES}), "Onze taak.")
    file = Attached("dossier.html", "text/html", b"<b>vier keer</b>")
    actions.answer_inquiry(house.supervisor, inquiry=inquiry.id, form=form, files=(file,))
    (answer,) = queries.get_inquiry(browser.actor, inquiry=inquiry.id).answers
    opened = browser.post(f"/desk/inquiries/files/{answer.files[0].id}")
    assert opened.content == b"<b>vier keer</b>"
    assert opened["Content-Type"] == "application/octet-stream"


def test_an_answer_is_kept_as_a_document_of_a_case(house: cast.House) -> None:
    browser = colleague(Role.ANALYST)
    _, answer = answer_with_file(house)
    kept = browser.post(f"/desk/inquiries/answers/{answer}/keep", {"case": str(house.case)})
    assert kept.status_code == 302
    titles = [one.title for one in case_queries.get_case(browser.actor, case=house.case).documents]
    assert any(title.startswith("Antwoord van") for title in titles)


def test_an_inquiry_is_closed_or_withdrawn_with_a_reason(house: cast.House) -> None:
    browser = colleague(Role.ANALYST)
    closed, gone = (f"/desk/inquiries/{cast.ask(house, house.supervisor).id}" for _ in range(2))
    assert browser.post(f"{closed}/close", {"reason": " "}).status_code == 422
    assert "Klaar." in browser.post(f"{closed}/close", {"reason": "Klaar."}, follow=True).content.decode()
    assert browser.post(f"{gone}/withdraw", {"reason": "Vergissing."}).status_code == 302
    assert browser.post(f"{gone}/close", {"reason": "Nogmaals."}).status_code == 409
    assert "We wait for nothing." in page_of(browser, "/desk/inquiries")


def reply(house: cast.House, **more: object) -> dict[str, object]:
    given = {"incident-nature": "Een besturing viel uit.", "case": str(house.case), "tlp": "TLP:AMBER+STRICT"}
    return {**given, "conditions": ["recipient-task"], "reason": "Binnen hun taak.", **more}


def test_a_reply_shows_what_is_left_out_and_is_told_when_confirmed(house: cast.House) -> None:
    browser, put = colleague(Role.ANALYST), cast.put(house.supervisor)
    link = f"/desk/inquiries/incoming/{put.incoming.id}"
    seen = browser.post(f"{link}/reply", reply(house, indicators="203.0.113.66")).content.decode()
    assert "Left out" in seen
    assert queries.get_own_incoming(house.supervisor, incoming=put.incoming.id).told == ()
    said = confirming(browser, f"{link}/reply", reply(house, indicators="203.0.113.66"), which=0)
    browser.post(f"{link}/reply", said)
    (told,) = queries.get_own_incoming(house.supervisor, incoming=put.incoming.id).told
    assert "203.0.113.66" not in str(told.parts)


def test_another_question_than_stood_on_the_page_is_not_asked(house: cast.House) -> None:
    browser = colleague(Role.ANALYST)
    said = confirming(browser, "/desk/inquiries/new", asked(house, kind2="impact"))
    stale = browser.post("/desk/inquiries/new", said | {"question1": "Iets heel anders?"})
    assert stale.status_code == 409
    assert "look again" in stale.content.decode()
    assert queries.list_inquiries(house.analyst) == ()
    again = said | {"question1": "Iets heel anders?", "seen": seen_in(stale)}
    assert browser.post("/desk/inquiries/new", again).status_code == 302


def test_a_body_is_told_nothing_else_than_stood_on_the_page(house: cast.House) -> None:
    browser, put = colleague(Role.ANALYST), cast.put(house.supervisor)
    link = f"/desk/inquiries/incoming/{put.incoming.id}"
    said = confirming(browser, f"{link}/reply", reply(house), which=0)
    assert browser.post(f"{link}/reply", said | {"incident-nature": "Iets anders."}).status_code == 409
    assert browser.post(f"{link}/nothing", {"reason": "Gezocht."}).status_code == 409
    assert queries.get_own_incoming(house.supervisor, incoming=put.incoming.id).told == ()


def test_a_reply_of_nothing_and_one_without_a_reason_are_marked(house: cast.House) -> None:
    browser, put = colleague(Role.ANALYST), cast.put(house.supervisor)
    link = f"/desk/inquiries/incoming/{put.incoming.id}"
    wrong: dict[str, object] = {"incident-nature": ""}
    assert browser.post(f"{link}/reply", reply(house, **wrong)).status_code == 422
    assert browser.post(f"{link}/reply", reply(house, reason="")).status_code == 422
    assert browser.post(f"{link}/nothing", {"reason": ""}).status_code == 422
    seen = seen_in(browser.get(link))
    assert browser.post(f"{link}/nothing", {"reason": "Gezocht.", "seen": seen}).status_code == 302


@pytest.mark.parametrize("role", [Role.WOO_OFFICER, Role.STATISTICIAN, Role.ADMINISTRATOR])
def test_who_does_no_casework_does_not_come_in(house: cast.House, role: Role) -> None:
    assert colleague(role).get("/desk/inquiries").status_code in {403, 404}


def more_of(house: cast.House) -> None:
    for _ in range(MORE):
        cast.answered(house.supervisor, cast.ask(house, house.supervisor), outcome=Outcome.PART)
        put = cast.put(house.supervisor)
        actions.tell_nothing(house.analyst, incoming=put.incoming.id, reason="Niets.", seen=Unshown.IN_A_PROGRAM)
        cast.put(house.police)


@pytest.mark.parametrize("page", ["/desk/inquiries", "/desk/inquiries?all=1"])
def test_the_list_asks_no_more_of_the_database_because_it_is_longer(house: cast.House, page: str) -> None:
    browser: Colleague = colleague(Role.ANALYST)
    more_of(house)
    assert_asks_no_more(browser, page, lambda: more_of(house))


def test_the_pages_of_one_ask_no_more_because_more_was_answered(house: cast.House) -> None:
    browser = colleague(Role.ANALYST)
    inquiry, put = cast.ask(house, house.supervisor), cast.put(house.supervisor)

    def more() -> None:
        for _ in range(MORE):
            cast.answered(house.supervisor, inquiry, outcome=Outcome.PART)
            actions.tell_nothing(house.analyst, incoming=put.incoming.id, reason="Niets.", seen=Unshown.IN_A_PROGRAM)

    more()
    assert_asks_no_more(browser, f"/desk/inquiries/{inquiry.id}", more)
    assert_asks_no_more(browser, f"/desk/inquiries/incoming/{put.incoming.id}", more)
