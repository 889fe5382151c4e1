"""The Big List of Naughty Strings in every field of every form that a door shows without being asked about one thing.

The forms are found by walking the addresses of each door, so that a new one is walked too. A string is read back as it
was sent, or refused in words; on no page does one of them become markup.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils.html import escape
from tests.constituency.cast import WATER, register
from tests.desk.cast import room
from tests.desk_outward.cast import colleague
from tests.house.who_may_see_what import leaves
from tests.portal.cast import browser_of
from tests.public_site.cast import code_of

from meldpunt.access.values import Door, Role
from meldpunt.entrypoints.public_site.forms.reports import IncidentForm
from meldpunt.entrypoints.web.doors import ENTRANCES
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import ReportId

pytestmark = pytest.mark.django_db

_TYPED = {"text", "search", "tel", "email", "url", "textarea", ""}
SAID = {200, 400, 409, 422}
"""A page, or words about what is wrong."""
_OF_THE_SESSION = ("account/", "language/")
SPREAD = 5
"""In a field of one line each form gets every so-manieth string, another series in each field."""


@dataclass
class Found:
    """One form of a page: where it goes, what is typed in it, and what it sends besides."""

    action: str
    typed: list[str] = field(default_factory=list)
    besides: dict[str, str] = field(default_factory=dict)


class Forms(HTMLParser):
    """The forms of a page that send something."""

    def __init__(self, page: str, address: str) -> None:
        super().__init__()
        self.found: list[Found] = []
        self._address = address
        self._open = False
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = told.get("method", "").lower() == "post"
            if self._open:
                self.found.append(Found(told.get("action") or self._address))
        name = told.get("name", "")
        if not self._open or not (name or tag == "option"):
            return
        if tag == "textarea" or (tag == "input" and told.get("type", "") in _TYPED):
            self.found[-1].typed.append(name)
        elif tag == "input" and (told.get("type") == "hidden" or "checked" in told):
            self.found[-1].besides[name] = told.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and told.get("value"):
            self.found[-1].besides.setdefault(self._select, told["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        if tag == "select":
            self._select = ""


@pytest.fixture(scope="module")
def naughty(shared_data: Path) -> list[str]:
    strings: list[str] = json.loads((shared_data / "security" / "blns.json").read_text(encoding="utf-8"))
    return strings


def addresses(door: Door) -> Iterator[str]:
    """Every address of a door that names no thing."""
    entrance = ENTRANCES[door]
    for path, _ in leaves("", get_resolver(entrance.urls).url_patterns):
        if "<" not in path and not path.startswith(_OF_THE_SESSION):
            yield f"{entrance.mount}/{path}"


def forms_of(browser: Client, door: Door) -> list[Found]:
    found = []
    for address in addresses(door):
        page = browser.get(address)
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            found += [one for one in Forms(page.content.decode(), address).found if one.typed]
    unique = {(one.action, *one.typed): one for one in found}
    return [one for key, one in unique.items() if not any(part in key[0] for part in _OF_THE_SESSION)]


def browser_at(door: Door) -> Client:
    if door is Door.PUBLIC:
        return Client()
    return browser_of(register(WATER)) if door is Door.PORTAL else room().browser


def is_harmless(page: str, sent: Sequence[str]) -> bool:
    """Whether nothing that was sent stands on the page as markup."""
    return not any("<" in one and ">" in one and one in page for one in sent)


@pytest.mark.parametrize("door", [Door.PUBLIC, Door.PORTAL, Door.DESK])
def test_every_form_answers_whatever_is_typed_and_makes_no_markup_of_it(door: Door, naughty: list[str]) -> None:
    browser = browser_at(door)
    forms = forms_of(browser, door)
    assert len(forms) >= 3
    for form in forms:
        series = [itertools.islice(naughty, number % SPREAD, None, SPREAD) for number in range(len(form.typed))]
        for strings in zip(*series, strict=False):
            told = dict(zip(form.typed, strings, strict=True))
            answer = browser.post(form.action, {**form.besides, **told}, follow=True)
            assert answer.status_code in SAID, (form.action, told)
            assert is_harmless(answer.content.decode(errors="replace"), strings), (form.action, told)


def test_in_the_words_of_a_report_every_string_is_read_back_as_it_was_sent(naughty: list[str]) -> None:
    words = [one for one in naughty if "\x00" not in one]
    keys = IncidentForm({"kind": "threat"}).asked_in("threat")
    for start in range(0, len(words), 60):
        told = "\n".join(["Woorden:", *words[start : start + 60], "Einde."])
        browser = Client()
        sent = {"title": "Alles", "kind": "threat", "text": told, **{one.name: told for one in keys}}
        browser.post("/report", {**sent, "name": words[start][:200], "organisation_named": told[:290].strip()})
        found = intake_queries.follow_report(reporter_with(code_of(browser)))
        assert found.text == told
        assert {found.answers[one.name] for one in keys} == {told}
        page = browser.get("/follow").content.decode()
        assert escape(told) in page


def test_at_the_portal_and_on_the_telephone_every_string_is_read_back_as_it_was_sent(naughty: list[str]) -> None:
    words = [one for one in naughty if "\x00" not in one]
    portal, desk = browser_of(register(WATER)), colleague(Role.DUTY_OFFICER)
    for start in range(0, len(words), 60):
        told = "\n".join(["Woorden:", *words[start : start + 60], "Einde."])
        sent = portal.post("/portal/report", {"what": "threat", "title": "Alles", "text": told})
        assert sent.status_code == 302
        page = portal.get(sent["Location"].removesuffix("/receipt")).content.decode()
        assert escape(told) in page
        taken = desk.post("/desk/reports/new", {"title": "Alles", "kind": "threat", "text": told})
        assert taken.status_code == 302
        report = ReportId(taken["Location"].split("/")[-2])
        assert intake_queries.get_report(desk.actor, report=report).text == told
        assert escape(told) in desk.get(f"/desk/reports/{report}").content.decode()


def test_every_string_is_a_title_that_is_read_back_or_is_refused_in_words(naughty: list[str]) -> None:
    for one in naughty:
        browser = Client()
        answer = browser.post("/report", {"title": one, "kind": "voluntary"})
        if answer.status_code == 422:
            assert not one.strip() or "\x00" in one or len(one) > 200, one
            continue
        found = intake_queries.follow_report(reporter_with(code_of(browser)))
        assert found.title == " ".join(one.split()), one


def test_every_string_is_a_draft_that_is_read_back_in_its_field(naughty: list[str]) -> None:
    told = "\n".join(naughty)
    browser = Client()
    browser.post("/report", {"title": "Alles", "kind": "voluntary", "text": told, "save": "later"})
    assert escape(told) in browser.get("/report").content.decode()
