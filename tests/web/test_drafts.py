"""What somebody writes at a door survives a lost browser, without JavaScript and without an account."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.constituency.cast import WATER, register
from tests.portal.cast import browser_of
from tests.public_site.cast import code_of, fields

from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import new_code, reporter_with

pytestmark = pytest.mark.django_db

CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}")


def shown_code(page: str) -> str:
    found = re.search(rf"<code>({CODE.pattern})</code>", page)
    assert found
    return found[1]


def test_what_was_saved_stands_in_the_form_again_with_its_code(client: Client) -> None:
    page = client.post("/report", fields(save="later", text="Half af <b>"), follow=True).content.decode()
    assert "Half af &lt;b&gt;" in page
    assert shown_code(page) == shown_code(client.get("/report").content.decode())


def test_another_device_goes_on_with_the_code(client: Client) -> None:
    page = client.post("/report", fields(save="later", text="Half af"), follow=True).content.decode()
    typed = shown_code(page).lower().replace("-", " ")
    other = Client()
    assert "Half af" not in other.get("/report").content.decode()
    assert "Half af" in other.post("/report/draft/continue", {"code": typed}, follow=True).content.decode()


def test_a_code_under_which_nothing_is_kept_says_so(client: Client) -> None:
    assert client.post("/report/draft/continue", {"code": new_code()}).status_code == 422
    assert client.post("/report/draft/continue", {"code": "onzin"}).status_code == 422


def test_the_script_saves_and_says_when(client: Client) -> None:
    answer = client.post("/report/draft", fields(title="Nog een halve zin"))
    assert answer.status_code == 200
    assert CODE.search(answer.content.decode())
    assert "Nog een halve zin" in client.get("/report").content.decode()


def test_sending_the_same_form_twice_gives_the_same_receipt() -> None:
    code, receipts = new_code(), []
    for browser in (Client(), Client()):
        attached = SimpleUploadedFile("a.log", b"een")
        browser.post("/report", fields(draft=code, attachments=attached))
        receipts.append(code_of(browser))
    assert receipts[0] == receipts[1]


def test_other_words_sent_under_the_same_form_come_back_to_who_wrote_them(client: Client) -> None:
    code = new_code()
    client.post("/report", fields(draft=code))
    sent = intake_queries.follow_report(reporter_with(code_of(client)))
    answer = client.post("/report", fields(draft=code, text="Toch nog iets anders bedacht"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert sent.reference in page
    assert "Toch nog iets anders bedacht" in page


def test_what_was_sent_is_no_draft_any_more(client: Client) -> None:
    page = client.post("/report", fields(save="later", text="Half af"), follow=True).content.decode()
    client.post("/report", fields(text="Half af", draft=shown_code(page)))
    assert "Half af" not in client.get("/report").content.decode()


def test_a_draft_is_thrown_away(client: Client) -> None:
    client.post("/report", fields(save="later", text="Half af"))
    client.post("/report/draft/discard")
    assert "Half af" not in client.get("/report").content.decode()


def test_each_form_that_is_opened_has_a_code_of_its_own(client: Client) -> None:
    codes = {CODE.findall(client.get("/report").content.decode())[0] for _ in range(2)}
    assert len(codes) == 2


def test_a_draft_of_the_portal_outlives_its_session() -> None:
    water = register(WATER)
    browser = browser_of(water)
    said = {"what": "incident", "title": "De pompen", "severe_disruption": "yes", "save": "later"}
    page = browser.post("/portal/report", said, follow=True).content.decode()
    code = shown_code(page)
    browser.post("/portal/account/logout/")
    other = browser_of(water)
    page = other.post("/portal/report/draft/continue", {"code": code}, follow=True).content.decode()
    assert 'value="De pompen"' in page
    assert re.search(r'name="severe_disruption" value="yes"[^>]* checked', page)


def test_the_public_door_opens_no_draft_of_the_portal(client: Client) -> None:
    browser = browser_of(register(WATER))
    said = {"what": "incident", "title": "De pompen", "save": "later"}
    code = shown_code(browser.post("/portal/report", said, follow=True).content.decode())
    assert client.post("/report/draft/continue", {"code": code}).status_code == 422
