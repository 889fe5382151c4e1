"""Anybody asks for information, follows the request, and reads what was released."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.openness import cast
from tests.public_site.cast import code_of

from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Unshown
from meldpunt.openness import actions as openness_actions

pytestmark = pytest.mark.django_db

ASKED = {"subject": "Alles over de storing bij de pompen"}


def test_a_request_gets_a_receipt_with_the_term(client: Client) -> None:
    page = client.post("/request-information", ASKED, follow=True).content.decode()
    assert code_of(client) in page
    assert "Woo art. 4.4" in page
    assert "OB-" in client.get("/follow").content.decode()


def test_the_code_of_a_request_opens_it_in_another_browser(client: Client) -> None:
    client.post("/request-information", ASKED)
    other = Client()
    assert "OB-" in other.post("/follow", {"code": code_of(client)}, follow=True).content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"subject": ""},
        {"subject": "\x00"},
        {"subject": "x" * 5_001},
        {"period_until": "9999-12-31"},
        {"period_until": "2020-01-01", "period_from": "2021-01-01"},
        {"email": "geen adres"},
    ],
)
def test_a_wrong_answer_is_marked_and_nothing_is_sent(client: Client, given: dict[str, str]) -> None:
    answer = client.post("/request-information", ASKED | given)
    assert answer.status_code == 422
    assert f'id="id_{next(iter(given))}_error"' in answer.content.decode()


def test_the_requester_reads_the_decision_and_saves_the_document(client: Client) -> None:
    country, receipt = cast.found_country(), cast.ask()
    cast.release(country, receipt)
    client.post("/follow", {"code": receipt.code})
    page = client.get("/follow").content.decode()
    decision = re.search(r"/follow/messages/[0-9a-f-]{36}", page)
    document = re.search(r"/decisions/files/[0-9a-f-]{36}", page)
    assert decision
    assert document
    assert cast.ANSWER in client.get(decision[0]).content.decode()
    assert client.get(document[0]).content == cast.pdf_for(receipt)
    assert Client().get(document[0]).status_code == 404


def test_a_published_decision_is_there_for_everybody_and_tells_no_secret(client: Client) -> None:
    country, receipt = cast.found_country(), cast.ask()
    cast.release(country, receipt)
    told = openness_actions.publish_decision(
        cast.officer(), request=receipt.request, reason="Voor iedereen.", seen=Unshown.IN_A_PROGRAM
    )
    disclosure_actions.approve_disclosure(cast.officer(), disclosure=told.id, reason="gezien", seen=told.sight)
    page = client.get("/decisions").content.decode()
    link = re.search(r"/publications/[0-9a-f-]{36}", page)
    assert link
    shown = client.get(link[0]).content.decode()
    document = re.search(r"/decisions/files/[0-9a-f-]{36}", shown)
    assert document
    answer = client.get(document[0])
    assert answer["Content-Disposition"].startswith("attachment")
    assert not any(secret in shown for secret in (cast.NAME, cast.PERSON, cast.ADDRESS))
