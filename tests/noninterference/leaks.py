"""Deliberate leaks, one in each channel, put before everything by a middleware: what the comparison must catch.

Each tells as little as its channel allows: that the victim is the one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from tests.noninterference.mails import Mail

Change = Callable[[HttpResponse], None]

_leaking: ContextVar[bool] = ContextVar("leaking", default=False)


@dataclass(frozen=True)
class Leak:
    """A `change` in what is answered to `outsider` at an address that fits `pattern`."""

    channel: str
    outsider: str
    pattern: str
    change: Change

    def is_at(self, address: str) -> bool:
        """Whether it is told there, or where a form that was sent there leads."""
        return re.fullmatch(self.pattern, address.rpartition(", then ")[2]) is not None


@dataclass(frozen=True)
class MailLeak:
    """A `change` in the mails that came to `outsider`, seen where the number of a mail fits `pattern`."""

    channel: str
    outsider: str
    pattern: str
    change: Callable[[list[Mail]], None]

    def is_at(self, address: str) -> bool:
        """Whether it is told there."""
        return re.fullmatch(self.pattern, address) is not None


def _another_number(answer: HttpResponse) -> None:
    body, found = answer.content, re.search(rb">\s*(\d+)\b", answer.content)
    assert found is not None
    answer.content = body[: found.start(1)] + b"7" * (len(found[1])) + body[found.end(1) :]


def _another_count(answer: HttpResponse) -> None:
    """Of the posts in a thread, in the list of an ISAC that the outsider may read."""
    answer.content = re.sub(rb"\d+(?= (berichten|bericht)\b)", b"7", answer.content, count=1)


def _another_order(answer: HttpResponse) -> None:
    """Two neighbours change places: not a byte more or less, nor another one."""
    first, second = re.findall(rb"<li>.*?</li>", answer.content, re.DOTALL)[:2]
    swapped = answer.content.replace(first, b"\0", 1).replace(second, first, 1)
    answer.content = swapped.replace(b"\0", second, 1)


def _another_digit(answer: HttpResponse) -> None:
    answer.content = re.sub(rb"\d(\r?\n)", rb"x\1", answer.content, count=1)


def _another_word(answer: HttpResponse) -> None:
    answer.content = answer.content.replace(b"</main>", b"Verzegeld.</main>", 1)


def _another_field(answer: HttpResponse) -> None:
    answer.content = answer.content.replace(b"{", b'{"sector":"drinking-water",', 1)


def _another_status(answer: HttpResponse) -> None:
    answer.status_code = 403


def _another_target(answer: HttpResponse) -> None:
    if "Location" in answer:
        answer["Location"] += "?"


def _a_cookie(answer: HttpResponse) -> None:
    answer.set_cookie("seen", "1")


def _another_subject(mails: list[Mail]) -> None:
    mails[0] = replace(mails[0], raw=mails[0].raw.replace(b"\r\nSubject: ", b"\r\nSubject: Water: ", 1))


def _another_header(mails: list[Mail]) -> None:
    mails[1] = replace(mails[1], raw=b"X-Sector: drinking-water\r\n" + mails[1].raw)


def _another_order_of_mails(mails: list[Mail]) -> None:
    mails[2], mails[3] = mails[3], mails[2]


def _one_mail_more(mails: list[Mail]) -> None:
    mails.append(mails[-1])


def _header(name: str, value: str) -> Change:
    return lambda answer: answer.headers.__setitem__(name, value)


_ID: Final = r"[0-9a-f-]{36}"
LEAKS: Final = (
    Leak("a list count", "peer-security", "/portal/messages", _another_number),
    Leak("an ordering", "stranger", "/", _another_order),
    Leak("an ISAC's count", "peer-security", f"/portal/isacs/{_ID}", _another_count),
    Leak("an error text", "peer-security", f"/portal/advice/{_ID}", _another_word),
    Leak("an error text of a form", "stranger", r"POST /follow( .*)?", _another_word),
    Leak("an error text of the API", "sensor", r"POST /api/v1/sightings( .*)?", _another_field),
    Leak("a status", "peer-security", f"/portal/consultations/{_ID}", _another_status),
    Leak("a redirect", "stranger", "/report/received", _another_target),
    Leak("a file name", "stranger", f"/decisions/files/{_ID}", _header("Content-Disposition", 'inline; filename="1"')),
    Leak("a figure", "stranger", f"/publications/{_ID}/files/{_ID}", _another_digit),
    Leak("a field of the API", "sensor", "/api/v1/indicators", _another_field),
    Leak("a header", "stranger", "/about", _header("X-Rows", "3")),
    Leak("an ETag", "stranger", "/privacy", _header("ETag", '"3"')),
    Leak("a length", "stranger", "/accessibility", _header("Content-Length", "3")),
    Leak("a cookie", "stranger", "/ledger", _a_cookie),
)
MAIL_LEAKS: Final = (
    MailLeak("a mail's subject", "peer-security", "mail 1", _another_subject),
    MailLeak("a header of a mail", "peer-security", "mail 2", _another_header),
    MailLeak("an order of mails", "peer-security", "mail [34]", _another_order_of_mails),
    MailLeak("a count of mails", "peer-security", "mail 8", _one_mail_more),
)
SEARCH: Final = "/desk/organisations"
SEARCH_LEAK: Final = Leak(
    "a search result", "second-analyst", rf"{SEARCH}\?.*=Waterbedrijf\+Grutterswaard", _another_word
)


def as_mailed(outsider: str, mails: list[Mail]) -> list[Mail]:
    """The mails as they came; leaking, not quite."""
    came = list(mails)
    for leak in MAIL_LEAKS if _leaking.get() else ():
        if leak.outsider == outsider:
            leak.change(came)
    return came


class LeakMiddleware:
    """Stands before every other."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = "POST " if request.method == "POST" else ""
        address = f"{sent}{request.get_full_path()}"
        answer = self.get_response(request)
        for leak in (*LEAKS, SEARCH_LEAK) if _leaking.get() else ():
            if leak.is_at(address):
                leak.change(answer)
        return answer


@contextmanager
def leaking() -> Iterator[None]:
    """Within the block every leak leaks."""
    before = _leaking.set(True)
    try:
        with override_settings(MIDDLEWARE=[f"{__name__}.LeakMiddleware", *settings.MIDDLEWARE]):
            yield
    finally:
        _leaking.reset(before)
