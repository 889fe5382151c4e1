"""Reporters that do what people, systems and mail servers do, over connections of their own, until they are answered.

An address of its own for each report: 127.0.0.0/8 is all loopback, so a thousand networks can report from one machine.
"""

from __future__ import annotations

import http.client
import itertools
import json
import re
import smtplib
import time
import urllib.parse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final, Protocol, TypeVar

T = TypeVar("T")

_CSRF: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_DRAFT: Final = re.compile(r'name="draft" value="([^"]+)"')
_CODE: Final = re.compile(r"<code>((?:[0-9A-Z]{4}-){4}[0-9A-Z]{4})</code>")
REFERENCE: Final = re.compile(r"\bMP-[0-9A-Z]{4}-[0-9A-Z]{4}")
_SECONDS: Final = 60
_PAUSE: Final = 0.05
_networks: Final = itertools.count(1)


class NotAnswered(Exception):
    """What came back was no receipt: to be tried again."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody was told: that what is called `mark` has come in, under this reference. `code`: where one is given.

    `took` is how long the answer to what was sent took (s), `whole` from the first byte of the visit to its last.
    """

    mark: str
    way: str
    reference: str
    code: str
    took: float
    whole: float


class Reporter(Protocol):
    """Tells one thing."""

    way: str

    def tell(self, mark: str) -> Promise: ...


def own_address() -> str:
    """An address of loopback in a network (/24) that nobody had before; there are 65,000 of them."""
    number = next(_networks)
    return f"127.{number // 250 % 250 + 1}.{number % 250}.1"


@dataclass
class Browser:
    """Keeps cookies, follows nothing by itself."""

    host: str
    address: str = field(default_factory=own_address)
    cookies: dict[str, str] = field(default_factory=dict)
    seconds: float = _SECONDS

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, str, http.client.HTTPMessage]:
        """Status, body, headers. Raises OSError or HTTPException."""
        line = http.client.HTTPConnection(self.host, timeout=self.seconds, source_address=(self.address, 0))
        try:
            said = dict(headers or {})
            if self.cookies:
                said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            line.request(method, path, body, said)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, text, answer.headers
        finally:
            line.close()

    def send_form(self, path: str, fields: Mapping[str, str]) -> tuple[int, str, http.client.HTTPMessage]:
        """As a form on a page of ours is sent."""
        body = urllib.parse.urlencode(fields).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"}
        return self.ask("POST", path, body, headers)


class ByForm:
    """Somebody without an account: the form, its sending, the page with the receipt."""

    way = "form"

    def __init__(self, host: str, *, patience: float = 120.0) -> None:
        self.host, self.patience = host, patience

    def tell(self, mark: str) -> Promise:
        """Until the receipt stands on the screen; sent again under the same draft until then."""
        browser, begun = Browser(self.host, seconds=self.patience), time.perf_counter()
        page = again(lambda: _page(browser, "/report"), seconds=self.patience)
        fields = {
            "csrfmiddlewaretoken": _found(_CSRF, page),
            "draft": _found(_DRAFT, page),
            "title": mark,
            "text": "Ik zie alleen een foutmelding.",
            "kind": "voluntary",
        }
        sent = time.perf_counter()
        again(lambda: _sent(browser, fields), seconds=self.patience)
        receipt = again(lambda: _page(browser, "/report/received"), seconds=self.patience)
        now = time.perf_counter()
        reference, code = _found(REFERENCE, receipt, group=0), _found(_CODE, receipt)
        return Promise(mark, self.way, reference, code, now - sent, now - begun)


class ByApi:
    """Another system that forwards: one report, under an Idempotency-Key."""

    way = "API"

    def __init__(self, host: str, key: str) -> None:
        self.host, self.key = host, key

    def tell(self, mark: str) -> Promise:
        """Until 201, or 200 where it was received before."""
        body = json.dumps({"title": mark, "description": "De pomp reageert niet op de bediening."}).encode()
        begun = time.perf_counter()
        given = again(lambda: self._post(mark, body))
        took = time.perf_counter() - begun
        return Promise(mark, self.way, str(given["reference"]), str(given.get("code") or ""), took, took)

    def _post(self, mark: str, body: bytes) -> dict[str, object]:
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": mark,
        }
        status, text, _ = Browser(self.host).ask("POST", "/api/v1/reports", body, headers)
        if status not in (200, 201):
            raise NotAnswered(f"{status} {text[:300]}")
        return dict(json.loads(text))


class ByMail:
    """A mail server that hands a mail over, and keeps it until it hears 250."""

    way = "mail"

    def __init__(self, port: int, recipient: str, *, sender: str = "") -> None:
        self.port, self.recipient, self.sender = port, recipient, sender

    def tell(self, mark: str) -> Promise:
        """Until 250."""
        sender = self.sender or f"{re.sub('[^a-z0-9]', '', mark.lower())}@melder.example"
        raw = mail_of(mark, sender=sender)
        begun = time.perf_counter()
        said = again(lambda: self._hand_over(sender, raw))
        took = time.perf_counter() - begun
        return Promise(mark, self.way, _found(REFERENCE, said, group=0), "", took, took)

    def _hand_over(self, sender: str, raw: bytes) -> str:
        with smtplib.SMTP("127.0.0.1", self.port, timeout=_SECONDS) as line:
            line.ehlo("post.example")
            for status, said in (line.mail(sender), line.rcpt(self.recipient), line.data(raw)):
                if status != 250:
                    raise NotAnswered(f"{status} {said!r}")
            return said.decode()


def mail_of(mark: str, *, sender: str, subject: str = "") -> bytes:
    """A mail that says one thing."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "meld@meldpunt.example", subject or mark
    mail["Message-ID"] = f"<{urllib.parse.quote(mark)}@{sender.rpartition('@')[2]}>"
    mail["Date"] = "Mon, 30 Nov 2026 10:00:00 +0100"
    mail.set_content(f"De pomp reageert niet op de bediening. {mark}\n")
    return mail.as_bytes()


def again(act: Callable[[], T], *, seconds: float = 120.0) -> T:
    """What it gives, tried again until it is answered. Raises what went wrong last once that lasts too long."""
    patience = time.monotonic() + seconds
    while True:
        try:
            return act()
        except (OSError, http.client.HTTPException, smtplib.SMTPException, NotAnswered):
            if time.monotonic() > patience:
                raise
            time.sleep(_PAUSE)


def _page(browser: Browser, path: str) -> str:
    status, text, _ = browser.ask("GET", path)
    if status != 200:
        raise NotAnswered(f"{path}: {status}")
    return text


def _sent(browser: Browser, fields: Mapping[str, str]) -> None:
    status, text, _ = browser.send_form("/report", fields)
    if status != 302:
        raise NotAnswered(f"{status} {text[:300]}")


def _found(pattern: re.Pattern[str], text: str, *, group: int = 1) -> str:
    match = pattern.search(text)
    if match is None:
        raise NotAnswered(f"{pattern.pattern} is not in {text[-500:]}")
    return match.group(group)
