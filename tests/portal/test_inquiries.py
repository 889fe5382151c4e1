"""A body answers what the desk asks in the portal, and asks the desk; it sees its own and nothing else."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.inquiries import cast
from tests.portal.cast import browser_of
from tests.web.statements import assert_asks_no_more

from meldpunt.access.values import Actor, Role
from meldpunt.disclosure.values import Unshown
from meldpunt.inquiries import actions, queries
from meldpunt.inquiries.values import Outcome, State

pytestmark = pytest.mark.django_db
MORE = 3
_MADE_ANEW = re.compile(r'value="\w{64}"|<time.*?</time>')


@pytest.fixture
def house() -> cast.House:
    return cast.house()


def browser(whom: Actor, language: str = "en") -> Client:
    return browser_of(whom.organisation, role=Role.PARTY, language=language)


def said(**more: object) -> dict[str, object]:
    return {"outcome": "whole", "text0": "Twee keer.", "ground": "Onze taak.", "kinds": ["measures"], **more}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_first_page_leads_to_what_is_asked(house: cast.House, language: str) -> None:
    inquiry = cast.ask(house, house.supervisor)
    mine, link = browser(house.supervisor, language), f"/portal/inquiries/{inquiry.id}"
    for page in ("/portal/", "/portal/inquiries", "/portal/messages"):
        assert link in mine.get(page).content.decode()
    assert "Welke maatregelen" in mine.get(link).content.decode()


def test_an_answer_with_a_file_is_given_in_part_and_added_to(house: cast.House) -> None:
    inquiry, mine = cast.ask(house, house.supervisor), browser(house.supervisor)
    link = f"/portal/inquiries/{inquiry.id}/answer"
    file = SimpleUploadedFile("dossier.txt", b"vier keer", "text/plain")
    part = said(outcome="part", explanation="De rest volgt.", attachments=file)
    assert mine.post(link, part).status_code == 302
    assert "dossier.txt" in mine.get(f"/portal/inquiries/{inquiry.id}").content.decode()
    assert mine.post(link, said()).status_code == 302
    found = queries.get_inquiry(house.analyst, inquiry=inquiry.id)
    assert (found.state, len(found.answers)) == (State.ANSWERED, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"outcome": "part"},
        {"outcome": "refusal"},
        {"outcome": ""},
        {"text0": " "},
        {"ground": " "},
        {"kinds": []},
        {"outcome": "refusal", "explanation": "Nee.", "attachments": SimpleUploadedFile("x.txt", b"x", "text/plain")},
    ],
)
def test_what_is_missing_is_marked(house: cast.House, wrong: dict[str, object]) -> None:
    inquiry = cast.ask(house, house.supervisor)
    answer = browser(house.supervisor).post(f"/portal/inquiries/{inquiry.id}/answer", said(**wrong))
    assert answer.status_code == 422
    assert queries.get_inquiry(house.analyst, inquiry=inquiry.id).answers == ()


def test_what_was_withdrawn_says_so_and_takes_no_answer(house: cast.House) -> None:
    inquiry, mine = cast.ask(house, house.supervisor), browser(house.supervisor)
    actions.withdraw_inquiry(house.analyst, inquiry=inquiry.id, reason="Het is al opgelost.")
    page = mine.get(f"/portal/inquiries/{inquiry.id}").content.decode()
    assert "Het is al opgelost." in page
    assert "<textarea" not in page
    assert mine.post(f"/portal/inquiries/{inquiry.id}/answer", said()).status_code == 422


def test_what_another_was_asked_is_not_there(house: cast.House) -> None:
    inquiry, other = cast.ask(house, house.supervisor), browser(house.police)
    assert other.get(f"/portal/inquiries/{inquiry.id}").status_code == 404
    assert other.post(f"/portal/inquiries/{inquiry.id}/answer", said()).status_code == 404


def asked(**more: object) -> dict[str, object]:
    given = {"subject": "Storingen", "question": "Wat weet u?", "necessity": "Onderzoek.", "ground": "Onze taak."}
    return {**given, "kinds": ["impact"], "wanted_at": f"{cast.in_days(9):%Y-%m-%dT%H:%M}", **more}


def test_a_body_asks_and_reads_the_answer_in_the_same_place(house: cast.House) -> None:
    mine = browser(house.police)
    sent = mine.post("/portal/inquiries/new", asked(), follow=True)
    (put,) = queries.list_own_incoming(house.police)
    assert put.incoming.reference in sent.content.decode()
    actions.tell_nothing(house.analyst, incoming=put.incoming.id, reason="Niets.", seen=Unshown.IN_A_PROGRAM)
    page = mine.get(f"/portal/inquiries/own/{put.incoming.id}").content.decode()
    assert "hetzelfde als er niets is" in page
    (read,) = queries.get_own_incoming(house.police, incoming=put.incoming.id).told
    assert read.read_at is not None
    assert browser(house.supervisor).get(f"/portal/inquiries/own/{put.incoming.id}").status_code == 404


def test_the_form_answers_the_same_whatever_is_asked(house: cast.House) -> None:
    """A name that is there and one that nobody has: neither the page nor its status tells which is which."""
    mine, pages = browser(house.police), []
    mine.get("/portal/")  # which says once that they logged in
    for name in (cast.NAME, "Waterbedrijf Nergenshuizen"):
        sent = mine.post("/portal/inquiries/new", asked(question=f"Wat weet u van {name}?"), follow=True)
        (put, *_) = queries.list_own_incoming(house.police)
        text = sent.content.decode()
        for own in (str(put.incoming.id), put.incoming.reference, name):
            text = text.replace(own, "-")
        pages.append((sent.status_code, _MADE_ANEW.sub("", text)))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("missing", ["subject", "question", "necessity", "ground", "kinds", "wanted_at"])
def test_a_question_that_is_not_whole_is_marked(house: cast.House, missing: str) -> None:
    assert browser(house.police).post("/portal/inquiries/new", asked(**{missing: ""})).status_code == 422


def test_a_constituent_answers_and_asks_nothing(house: cast.House) -> None:
    inquiry = cast.ask(house, house.people.reporter)
    mine = browser_of(house.people.water)
    assert "Ask us for data" not in mine.get("/portal/inquiries").content.decode()
    assert mine.post(f"/portal/inquiries/{inquiry.id}/answer", said()).status_code == 302
    assert mine.get("/portal/inquiries/new").status_code in {403, 404}


def test_the_lists_ask_no_more_of_the_database_because_they_are_longer(house: cast.House) -> None:
    mine = browser(house.supervisor)

    def more() -> None:
        for _ in range(MORE):
            cast.answered(house.supervisor, cast.ask(house, house.supervisor), outcome=Outcome.PART)
            put = cast.put(house.supervisor)
            actions.tell_nothing(house.analyst, incoming=put.incoming.id, reason="Niets.", seen=Unshown.IN_A_PROGRAM)

    more()
    for page in ("/portal/inquiries", "/portal/"):
        assert_asks_no_more(mine, page, more)


def test_the_page_of_an_inquiry_asks_no_more_because_more_was_answered(house: cast.House) -> None:
    mine, inquiry = browser(house.supervisor), cast.ask(house, house.supervisor)

    def more() -> None:
        for _ in range(MORE):
            cast.answered(house.supervisor, inquiry, outcome=Outcome.PART)

    more()
    assert_asks_no_more(mine, f"/portal/inquiries/{inquiry.id}", more)
