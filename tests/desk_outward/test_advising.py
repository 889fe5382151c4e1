"""Advice from the page of a report: to whom it is about, and to others by product or sector."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.constituency.cast import member_of, register
from tests.desk.cast import Room, page_of, room
from tests.web.shown import confirming

from meldpunt.access.values import Actor
from meldpunt.advice import queries as advice_queries
from meldpunt.constituency.values import Registration

pytestmark = pytest.mark.django_db

PUMP = "PompBesturing 7"


@pytest.fixture
def desk() -> Room:
    return room()


@pytest.fixture
def near() -> Actor:
    form = Registration(kind="constituent", sector="drinking-water", name="Waterschap De Meent", products=(PUMP,))
    return member_of(register(form))


def advice(*actors: Actor) -> dict[str, object]:
    return {
        "organisations": [str(one.organisation) for one in actors],
        "title": "Sluit het onderhoudsaccount",
        "introduction": "Bij Waterbedrijf Zuiderwiel kwam iemand binnen.",
        "measure_1": "Zet het uit.",
        "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "reason": "Dezelfde leverancier.",
    }


def test_the_page_asks_whom_and_lists_who_registered_the_product(desk: Room, near: Actor) -> None:
    assert "Who are they?" in page_of(desk.browser, f"{desk.report}/advise")
    page = page_of(desk.browser, f"{desk.report}/advise?product={PUMP}")
    assert f'value="{near.organisation}"' in page
    assert "Nobody:" in page_of(desk.browser, f"{desk.report}/advise?product=Niets")


def test_the_preview_says_on_which_ground_and_saves_nothing(desk: Room, near: Actor) -> None:
    page = desk.browser.post(f"{desk.report}/advise?product={PUMP}", advice(near)).content.decode()
    assert "Who will see this, and what they will not see" in page
    assert "Cbw" in page
    assert advice_queries.list_own_advice(near) == ()


def test_confirmed_each_is_advised_and_the_report_lists_it(desk: Room, near: Actor) -> None:
    address = f"{desk.report}/advise?sector=drinking-water"
    sent = confirming(desk.browser, address, advice(near))
    said = desk.browser.post(address, sent, follow=True).content.decode()
    assert "Advised: 1. Waiting for a second person: 0. Refused by the law: 0." in said
    assert "Sluit het onderhoudsaccount" in said
    (told,) = advice_queries.list_own_advice(near)
    assert "Zuiderwiel" not in str(told)


def test_what_was_not_shown_is_not_told(desk: Room, near: Actor) -> None:
    address = f"{desk.report}/advise?product={PUMP}"
    sent = confirming(desk.browser, address, advice(near)) | {"title": "Iets anders"}
    assert desk.browser.post(address, sent).status_code == 409
    assert advice_queries.list_own_advice(near) == ()


def test_who_is_not_on_the_list_is_not_advised(desk: Room, near: Actor) -> None:
    sent = advice(near) | {"organisations": [str(desk.desk.water)]}
    assert desk.browser.post(f"{desk.report}/advise?product={PUMP}", sent).status_code == 422


def test_a_report_without_a_case_leads_to_advice_for_whom_it_is_about(desk: Room) -> None:
    address = f"/desk/advice/new?report={desk.desk.receipt.report}"
    assert f'href="{address}"' in page_of(desk.browser, desk.report)
    form = advice() | {"organisation": str(desk.desk.water), "requested_by": ""}
    answer = desk.browser.post(address, form)
    assert answer.status_code == 302
    (line,) = advice_queries.list_advice(desk.browser.actor, report=desk.desk.receipt.report)
    assert answer["Location"] == f"/desk/advice/{line.id}"
    assert desk.browser.get(f"/desk/advice/{line.id}").status_code == 200
    assert desk.browser.get(f"/desk/advice/{line.id}/escalation").status_code == 200


def test_neither_a_case_nor_a_report_leads_to_the_list(desk: Room) -> None:
    assert desk.browser.get("/desk/advice/new")["Location"] == "/desk/advice"
