"""What goes wrong at an entrance is said in words or kept with its reason; no entrance ever breaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser
from tests.stories.looking import Looked
from tests.stories.pouring import hundred_megabytes, pour
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

from meldpunt.entrypoints.cli.story.cast import machines

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
FORMULA = '=HYPERLINK("https://evil.example","klik")'
FEED = "2026-11-21-scan_rdp-netherlands-geo.csv"
HEADER = '"timestamp","ip","protocol","port","hostname","tag","asn","geo"\n'
SAID = {200, 201, 302, 400, 413, 415, 422}
"""A page or receipt, or words about what is wrong."""

FIELDS = {
    "nothing": "",
    "no title": "title=&text=x",
    "wrong encoding": "title=caf%E9&text=%FF%FE",
    "NUL bytes": "title=a%00b&text=%00",
    "a formula": f"title={quote(FORMULA)}",
    "script in every name": "&".join(
        f"{name}={quote(SCRIPT)}" for name in ("title", "text", "name", "organisation_named", "phone")
    ),
    "the year 9999": "title=x&occurred_on=9999-12-31&aware_at=9999-12-31T23:59",
    "no such choice": "title=x&kind=rumour&sector=moon&stage=never&what=nothing",
    "a thousand fields": "&".join(f"f{number}=x" for number in range(2_000)),
    "half a megabyte of title": "title=" + "x" * 500_000,
    "bytes that are no form": "\x01\x02%zz&&&===",
}
BODIES = {
    "nothing": b"",
    "null": b"null",
    "no JSON": b"{,}",
    "wrong encoding": '{"title": "café"}'.encode("latin-1"),
    "NUL bytes": b'{"title": "a\0b"}',
    "an escaped NUL": b'{"title": "a\\u0000b", "description": "\\u0000"}',
    "half a pair": b'{"title": "\\ud800"}',
    "the year 9999": b'{"title": "x", "occurredOn": "9999-12-31", "awareAt": "9999-12-31T23:59:59Z"}',
    "nested": b'{"title": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    "not a number": b'{"title": "x", "personsAffected": NaN}',
    "script in every name": json.dumps({"title": SCRIPT, "description": SCRIPT, "organisation": SCRIPT}).encode(),
    "a formula": json.dumps({"title": FORMULA, "description": "@SUM(1)", "organisation": "+1"}).encode(),
}
FEEDS = {
    "nothing": b"",
    "a header alone": HEADER.encode(),
    "NUL bytes": HEADER.encode() + b'"2026-11-16 00:00:11","192.0.2.75\0","tcp","3389","a\0b","rdp","64496","NL"\n',
    "wrong encoding": HEADER.encode() + b'"2026-11-16 00:00:11","192.0.2.75","tcp","3389","caf\xe9","rdp","1","NL"\n',
    "another encoding": (HEADER + '"2026-11-16","192.0.2.75"\n').encode("utf-16"),
    "formulas": HEADER.encode() + b'"=1+1","192.0.2.75","@SUM","3389","-2+3","+1","1","NL"\n',
    "script": HEADER.encode() + f'"2026-11-16","192.0.2.75","tcp","3389","{SCRIPT}","rdp","1","NL"\n'.encode(),
    "the year 9999": HEADER.encode() + b'"9999-12-31 23:59:59","192.0.2.75","tcp","3389","x","rdp","1","NL"\n',
    "no text at all": bytes(range(256)) * 40,
    "an open quotation": HEADER.encode() + b'"2026-11-16,' + b"x" * 300_000,
}
MAILS = {
    "nothing": b"",
    "NUL bytes": b"From: a@b.example\0\nSubject: \0\n\n\0\0",
    "wrong encoding": b"From: caf\xe9@b.example\nSubject: \xff\nContent-Type: text/plain; charset=utf-8\n\n\xe9\xff",
    "no such encoding": b"Subject: x\nContent-Type: text/plain; charset=klingon\n\nwords",
    "the year 9999": b"From: a@b.example\nSubject: x\nDate: Fri, 31 Dec 9999 23:59:59 +0000\n\nwords",
    "script in every name": f"From: {SCRIPT} <a@b.example>\nSubject: {SCRIPT}\n\n{SCRIPT}".encode(),
    "deeply nested": b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(1_000)
    ),
    "no mail at all": bytes(range(256)) * 40,
}


@dataclass(frozen=True)
class Form:
    """A form of one of the doors, and who fills it in."""

    walker: Walker
    path: str

    def send(self, fields: str) -> tuple[int, str]:
        """The form with its own token and these fields, as bytes."""
        page = self.walker.context.request.get(self.path).text()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        sent = self.walker.context.request.post(
            self.path,
            data=f"csrfmiddlewaretoken={token[1]}&{fields}".encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Referer": self.walker.house.address},
            max_redirects=0,
        )
        return sent.status, sent.text()


@pytest.fixture(scope="module")
def public_form(house: RunningHouse, browser: Browser) -> Iterator[Form]:
    walker = enter(house, browser, Looked())
    yield Form(walker, "/report")
    walker.leave()


@pytest.fixture(scope="module")
def portal_form(house: RunningHouse, browser: Browser) -> Iterator[Form]:
    walker = enter(house, browser, Looked())
    walker.come_in("water-security")
    yield Form(walker, "/portal/report")
    walker.leave()


def call(house: RunningHouse, path: str, body: bytes, kind: str = "application/json") -> tuple[int, str]:
    """The API with the key of who forwards."""
    key = next(one.key for one in machines() if one.cast == "forwarder")
    headers = {"Authorization": f"Bearer {key}", "Content-Type": kind}
    return pour(house.address, f"/api/v1/{path}", body=body, headers=headers)


def is_said_or_received(status: int, text: str) -> bool:
    """A receipt, or a problem in words (RFC 9457)."""
    answer = json.loads(text)
    return bool(answer.get("reference") or answer.get("items")) if status < 300 else bool(answer["title"])


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_the_public_form_answers_whatever_is_filled_in(public_form: Form, fields: str) -> None:
    status, text = public_form.send(fields)
    assert status in SAID, text
    assert status == 302 or "<h1" in text


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_the_form_of_the_portal_answers_whatever_is_filled_in(portal_form: Form, fields: str) -> None:
    status, text = portal_form.send(fields)
    assert status in SAID, text
    assert status == 302 or "<h1" in text


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_one_report_by_machine_is_received_or_refused_in_words(house: RunningHouse, body: bytes) -> None:
    status, text = call(house, "reports", body)
    assert status in SAID, text
    assert is_said_or_received(status, text)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_batch_by_machine_is_received_or_refused_in_words(house: RunningHouse, body: bytes) -> None:
    status, text = call(house, "report-batches", b'{"items": [' + body + b"]}")
    assert status in SAID, text
    assert is_said_or_received(status, text)


@pytest.mark.parametrize("body", FEEDS.values(), ids=FEEDS)
def test_a_feed_by_machine_is_received_whole(house: RunningHouse, body: bytes) -> None:
    status, text = call(house, f"feeds?name={FEED}", body, "text/csv")
    assert status in SAID, text
    assert is_said_or_received(status, text)


def pour_form(form: Form, path: str) -> tuple[int, str]:
    """A form of a hundred megabytes from who fills in that form."""
    form.walker.context.request.get(path)
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in form.walker.context.cookies())
    body, length = hundred_megabytes(b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n', b"\r\n--x--\r\n")
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": cookies}
    return pour(form.walker.house.address, path, body=body, length=length, headers=headers)


@pytest.mark.parametrize(("path", "refusal"), [("/report", 413), ("/request-information", 400), ("/follow", 400)])
def test_a_form_of_a_hundred_megabytes_is_refused_in_words(public_form: Form, path: str, refusal: int) -> None:
    status, text = pour_form(public_form, path)
    assert status == refusal
    assert "<h1" in text


def test_a_constituent_who_sends_a_hundred_megabytes_reads_how_much_may(portal_form: Form) -> None:
    status, text = pour_form(portal_form, portal_form.path)
    assert status == 413
    assert "25" in text


@pytest.mark.parametrize("path", ["reports", "report-batches", "sightings", f"feeds?name={FEED}"])
def test_a_hundred_megabytes_by_machine_are_refused_in_words(house: RunningHouse, path: str) -> None:
    cast = "sensor" if path == "sightings" else "forwarder"
    key = next(one.key for one in machines() if one.cast == cast)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    body, length = hundred_megabytes(b'{"title": "', b'"}')
    status, text = pour(house.address, f"/api/v1/{path}", body=body, length=length, headers=headers)
    assert status == 413, text
    assert "larger" in text


def report_with_script(walker: Walker, path: str) -> None:
    """Script in every field that takes words, and in the name of the file."""
    walker.go(path)
    for field in walker.page.locator("main input[type=text], main input[type=tel], main textarea").all():
        if field.is_visible():
            field.fill(SCRIPT)
    walker.page.locator("input[type=file]").set_input_files(
        {"name": "<img src=x onerror=alert(3)>.html", "mimeType": "text/html", "buffer": SCRIPT.encode()}
    )
    walker.press("Send the report")
    walker.reads(SCRIPT)


def test_script_in_names_is_read_and_never_run(house: RunningHouse, browser: Browser) -> None:
    looked = Looked()
    stranger, lotte, ruben = (enter(house, browser, looked) for _ in range(3))
    lotte.come_in("bank-security")
    ruben.come_in("second-analyst")
    report_with_script(stranger, "/report")
    report_with_script(lotte, "/portal/report")
    call(house, "reports", BODIES["script in every name"])
    call(house, f"feeds?name={FEED}", FEEDS["script"], "text/csv")
    stranger.go("/follow")
    stranger.reads(SCRIPT)
    lotte.go("/portal/reports")
    lotte.reads(SCRIPT)
    ruben.go("/desk/?state=all")
    ruben.reads(SCRIPT)
    reports = ruben.page.locator("tbody th a").evaluate_all("ones => ones.map(one => one.pathname)")
    assert len(reports) >= 4
    for report in reports[:12]:
        ruben.go(report)
        if ruben.page.get_by_role("link", name="All rows").count():
            ruben.click("All rows")
    for walker in (stranger, lotte, ruben):
        walker.leave()
