"""Files come in by the tus protocol 1.0.0, as its text says; to who does not hold the code there is nothing here."""

from __future__ import annotations

import base64
import hashlib
import random
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from tests.constituency.cast import WATER, register, somebody
from tests.portal.cast import browser_of
from tests.public_site.cast import code_of, fields

from meldpunt.access.values import Door, Role
from meldpunt.entrypoints.web.tus import MOST_AT_ONCE
from meldpunt.evidence import actions as evidence_actions
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import new_code, reporter_with

pytestmark = pytest.mark.django_db
BYTES = random.Random(3).randbytes(2_500_000)
PART = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}


class Sender:
    """A client of the protocol at one door, under one code."""

    def __init__(self, browser: Client, mount: str = "", code: str = "") -> None:
        self.browser, self.files, self.code = browser, f"{mount}/report/files", code or new_code()

    def ask(self, verb: str, address: str = "", body: bytes = b"", **headers: str) -> HttpResponse:
        said = {**TUS, "Meldpunt-Draft": self.code} | {name.replace("_", "-"): told for name, told in headers.items()}
        kind = said.pop("Content-Type", PART)
        answer = self.browser.generic(verb, address or self.files, body, content_type=kind, headers=said)
        assert isinstance(answer, HttpResponse)
        return answer

    def begin(self, length: int, name: str = "dump.bin", **headers: str) -> str:
        told = base64.b64encode(name.encode()).decode()
        given = {"Upload-Length": str(length), "Upload-Metadata": f"filename {told}", **headers}
        answer = self.ask("POST", **given)
        assert answer.status_code == 201, answer.content
        return answer["Location"]

    def append(self, address: str, offset: int, body: bytes, **headers: str) -> HttpResponse:
        return self.ask("PATCH", address, body, **{"Upload-Offset": str(offset), **headers})


@pytest.fixture(params=[Door.PUBLIC, Door.PORTAL])
def sender(request: pytest.FixtureRequest) -> Sender:
    if request.param is Door.PUBLIC:
        return Sender(Client())
    return Sender(browser_of(register(WATER)), "/portal")


def kept_with(report: Any) -> list[tuple[str, bytes]]:
    desk = somebody(Door.DESK, Role.ANALYST)
    items = evidence_queries.list_evidence(desk, about=report)
    return [(one.name, evidence_actions.open_evidence(desk, item=one.id).data) for one in items]


def test_the_door_says_what_it_takes_before_anybody_is_known(sender: Sender) -> None:
    answer = sender.browser.options(sender.files)
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert set(answer["Tus-Extension"].split(",")) >= {"creation", "expiration", "checksum", "termination"}
    assert answer["Tus-Max-Size"] == str(settings.UPLOAD_LIMIT) == str(1024**3)
    assert set(answer["Tus-Checksum-Algorithm"].split(",")) == {"sha1", "sha256"}


def test_a_file_comes_in_part_by_part_and_goes_with_the_report(sender: Sender) -> None:
    at = sender.begin(len(BYTES))
    for offset in range(0, len(BYTES), 1_000_000):
        assert sender.ask("HEAD", at)["Upload-Offset"] == str(offset)
        answer = sender.append(at, offset, BYTES[offset : offset + 1_000_000])
        assert answer.status_code == 204
        assert answer["Upload-Expires"].endswith("GMT")
    found = sender.ask("HEAD", at)
    assert (found["Upload-Offset"], found["Upload-Length"]) == (str(len(BYTES)),) * 2
    assert found["Upload-Metadata"] == f"filename {base64.b64encode(b'dump.bin').decode()}"
    assert "no-store" in found["Cache-Control"]


@pytest.mark.parametrize("way", ["/report", "/report/check"])
def test_what_was_sent_for_a_report_is_with_it_when_it_is_sent(way: str) -> None:
    browser = Client()
    browser.post("/report", {**fields(), "save": "later", "draft": (code := new_code())})
    sender = Sender(browser, code=code)
    sender.append(sender.begin(len(BYTES)), 0, BYTES)
    page = browser.get(way).content.decode()
    assert "dump.bin" in page
    browser.post(way, {**fields(), "draft": code})
    report = intake_queries.follow_report(reporter_with(code_of(browser))).id
    assert kept_with(report) == [("dump.bin", BYTES)]


def test_whoever_comes_back_with_a_receipt_adds_a_file_and_finds_it_again_on_another_device() -> None:
    browser = Client()
    browser.post("/report", fields())
    receipt = code_of(browser)
    page = browser.get("/follow").content.decode()
    code = page.partition('name="draft" value="')[2].partition('"')[0]
    sender = Sender(browser, code=code)
    at = sender.begin(len(BYTES))
    sender.append(at, 0, BYTES[:1000])
    elsewhere = Client()
    elsewhere.post("/follow", {"code": receipt})
    again = elsewhere.get("/follow").content.decode()
    assert "dump.bin" in again
    assert f'data-at="{at}"' in again
    other = Sender(elsewhere, code=again.partition('name="draft" value="')[2].partition('"')[0])
    assert other.append(at, 1000, BYTES[1000:]).status_code == 204
    answer = elsewhere.post("/follow/stage", {"text": "Hier is het bestand.", "draft": other.code})
    assert answer.status_code == 302
    assert kept_with(intake_queries.follow_report(reporter_with(receipt)).id) == [("dump.bin", BYTES)]


def test_at_the_portal_a_file_is_added_to_a_report_that_was_sent() -> None:
    browser = browser_of(register(WATER))
    address = browser.post("/portal/report", {"what": "incident", "title": "De sluis"})["Location"]
    shown = address.removesuffix("/receipt")
    code = browser.get(shown).content.decode().partition('name="draft" value="')[2].partition('"')[0]
    sender = Sender(browser, "/portal", code)
    sender.append(sender.begin(len(BYTES)), 0, BYTES)
    sent = {"stage": "addition", "text": "Hier is het bestand.", "draft": code}
    for _ in range(2):
        assert browser.post(f"{shown}/stage", sent).status_code == 302
    page = browser.get(shown).content.decode()
    assert page.count("dump.bin") == 1
    assert page.count("Hier is het bestand.") == 1


def test_a_file_of_a_saved_form_is_taken_away_without_a_script() -> None:
    browser, code = Client(), new_code()
    sender = Sender(browser, code=code)
    at = sender.begin(10)
    upload = at.rsplit("/", 1)[1]
    page = browser.post("/report", {**fields(text="Alles staat stil."), "draft": code, "drop": upload}).content.decode()
    assert "Alles staat stil." in page
    assert sender.ask("HEAD", at).status_code == 404


def test_files_of_the_plain_field_are_saved_with_the_words() -> None:
    browser, code = Client(), new_code()
    chosen = SimpleUploadedFile("scherm.png", b"\x89PNG\r\n\x1a\n", "image/png")
    browser.post("/report", {**fields(), "draft": code, "save": "later", "attachments": [chosen]})
    assert "scherm.png" in browser.get("/report").content.decode()
    browser.post("/report", {**fields(), "draft": code})
    report = intake_queries.follow_report(reporter_with(code_of(browser))).id
    assert [name for name, _ in kept_with(report)] == ["scherm.png"]


def test_an_offset_that_does_not_follow_is_a_conflict_and_changes_nothing(sender: Sender) -> None:
    at = sender.begin(10)
    sender.append(at, 0, b"12345")
    for offset in (0, 4, 6):
        assert sender.append(at, offset, b"x").status_code == 409
    assert sender.ask("HEAD", at)["Upload-Offset"] == "5"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_bytes_that_are_not_what_they_say_are_not_kept(sender: Sender, algorithm: str) -> None:
    at = sender.begin(5)
    right = base64.b64encode(hashlib.new(algorithm, b"12345").digest()).decode()
    assert sender.append(at, 0, b"12346", **{"Upload-Checksum": f"{algorithm} {right}"}).status_code == 460
    assert sender.append(at, 0, b"12345", **{"Upload-Checksum": "crc32 AAAA"}).status_code == 400
    assert sender.ask("HEAD", at)["Upload-Offset"] == "0"
    assert sender.append(at, 0, b"12345", **{"Upload-Checksum": f"{algorithm} {right}"}).status_code == 204


def test_ended_it_is_gone(sender: Sender) -> None:
    at = sender.begin(10)
    assert sender.ask("DELETE", at).status_code == 204
    for verb in ("HEAD", "DELETE"):
        assert sender.ask(verb, at).status_code == 404
    assert sender.append(at, 0, b"x").status_code == 404


def test_the_first_bytes_may_come_with_the_announcement(sender: Sender) -> None:
    answer = sender.ask("POST", body=b"12345", **{"Upload-Length": "10"})
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "5")


def test_a_verb_that_is_let_through_stands_for_one_that_is_not(sender: Sender) -> None:
    at = sender.begin(5)
    given = {"X-HTTP-Method-Override": "PATCH", "Upload-Offset": "0"}
    assert sender.ask("POST", at, b"12345", **given).status_code == 204
    assert sender.ask("HEAD", at)["Upload-Offset"] == "5"


@pytest.mark.parametrize(
    ("verb", "headers", "status"),
    [
        ("POST", {"Upload-Length": "1", "Tus-Resumable": "0.2.2"}, 412),
        ("POST", {}, 400),
        ("POST", {"Upload-Defer-Length": "1"}, 400),
        ("POST", {"Upload-Length": "-1"}, 400),
        ("POST", {"Upload-Length": "1_0"}, 400),
        ("POST", {"Upload-Length": "9" * 30}, 400),
        ("POST", {"Upload-Length": str(1024**3 + 1)}, 413),
        ("POST", {"Upload-Length": "1", "Upload-Metadata": "filename niet-base64!"}, 400),
    ],
)
def test_what_is_not_the_protocol_is_refused(sender: Sender, verb: str, headers: dict[str, str], status: int) -> None:
    answer = sender.ask(verb, **headers)
    assert answer.status_code == status
    assert answer["Tus-Resumable"] == "1.0.0"


def test_what_comes_in_is_not_to_be_fetched_again(sender: Sender) -> None:
    at = sender.begin(0)
    assert sender.ask("GET", at).status_code == sender.ask("GET").status_code == 405


def test_a_part_of_another_type_or_too_large_for_one_request_is_refused(sender: Sender) -> None:
    at = sender.begin(MOST_AT_ONCE + 1)
    assert sender.append(at, 0, b"x", **{"Content-Type": "text/plain"}).status_code == 415
    assert sender.append(at, 0, bytes(MOST_AT_ONCE + 1)).status_code == 413
    assert sender.ask("HEAD", at)["Upload-Offset"] == "0"


def test_to_who_has_another_code_or_none_there_is_nothing_whatever_there_is(sender: Sender) -> None:
    at = sender.begin(10)
    nowhere = f"{at.rsplit('/', 1)[0]}/{uuid4()}"
    for code in (new_code(), "", "geen code"):
        thief = Sender(sender.browser, code=code)
        thief.files = sender.files
        for verb, body in (("HEAD", b""), ("PATCH", b"x"), ("PATCH", b"x" * 11), ("DELETE", b"")):
            asked = [thief.ask(verb, where, body, **{"Upload-Offset": "0"}) for where in (at, nowhere)]
            assert {one.status_code for one in asked} == {404}
            assert asked[0].content == asked[1].content
            assert asked[0].headers == asked[1].headers
    assert sender.ask("HEAD", at)["Upload-Offset"] == "0"


def test_the_code_of_one_door_opens_nothing_at_the_other() -> None:
    here, there = Sender(Client()), Sender(browser_of(register(WATER)), "/portal")
    there.code = here.code
    upload = here.begin(10).rsplit("/", 1)[1]
    assert there.ask("HEAD", f"{there.files}/{upload}").status_code == 404


def test_at_the_portal_nothing_is_taken_from_who_did_not_come_in() -> None:
    thief = Sender(Client(), "/portal")
    assert thief.ask("POST", **{"Upload-Length": "1"}).status_code == 302


def test_after_it_was_sent_nothing_more_comes_in_under_its_code() -> None:
    browser, code = Client(), new_code()
    browser.post("/report", {**fields(), "draft": code})
    answer = Sender(browser, code=code).ask("POST", **{"Upload-Length": "1"})
    assert answer.status_code == 410
    assert answer["Content-Type"].startswith("text/plain")
