"""The Big List of Naughty Strings in every field of every form on the pages about one thing, at each door.

The pages are every address that a door declares with an id in it, filled with what the story made. A view that takes a
form and that no page of the story leads to is sent every field that any form of its door has.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import Resolver404, get_resolver
from tests.cast.members import MOUNTS, Member, come_in
from tests.cast.paths import addresses, known_of, paths_of
from tests.cast.played import Played
from tests.web.test_naughty_strings import SAID, Forms, Found, is_harmless

from meldpunt.access.values import Door
from meldpunt.entrypoints.web.doors import ENTRANCES

WHO: Final = {
    Door.PUBLIC: ("receipt-of-water",),
    Door.PORTAL: ("water-security", "bank-security", "police-officer", "supervisor-officer"),
    Door.DESK: ("duty-officer", "second-duty-officer", "woo-officer", "statistician", "administrator"),
}
OF_EACH: Final = {Door.PUBLIC: 12, Door.PORTAL: 3, Door.DESK: 2}
"""Of how many things of a kind the page is asked."""
SERIES: Final = 6
"""How many strings each field of a form gets one by one; from form to form they go round the list."""
ANSWERS: Final = SAID | {201}
NOTHING_THERE: Final = frozenset({404, 405, 412})
"""What a view says to who may not, or to a form that nobody was shown; the protocol of files says 412."""


@dataclass
class Walk:
    """A walk along the pages of one door: what is typed next, what was typed in, and which views show no page."""

    door: Door
    naughty: list[str]
    turn: Iterator[str]
    posted: set[str] = field(default_factory=set)
    shows_nothing: dict[str, tuple[Member, str]] = field(default_factory=dict)
    seen: set[tuple[str, ...]] = field(default_factory=set)


@pytest.fixture(scope="module")
def naughty(shared_data: Path) -> list[str]:
    found: list[str] = json.loads((shared_data / "security" / "blns.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("door", WHO)
def test_no_form_about_one_thing_breaks_or_makes_markup_of_what_is_typed(
    door: Door, played: Played, naughty: list[str]
) -> None:
    walk, known = Walk(door, naughty, itertools.cycle(naughty)), known_of(played, door)
    for member in (come_in(name, played) for name in WHO[door]):
        for path in (one for one in paths_of(door) if one.parameters):
            for address in itertools.islice(addresses(path, known), OF_EACH[door]):
                with transaction.atomic():
                    _try(walk, member, address, path.name)
                    transaction.set_rollback(True)
    fields = {name for _, *names in walk.seen for name in names}
    for view in walk.shows_nothing.keys() - walk.posted:
        member, address = walk.shows_nothing[view]
        for _ in range(SERIES):
            with transaction.atomic():
                _send(member, Found(address), {name: next(walk.turn) for name in fields}, besides=NOTHING_THERE)
                transaction.set_rollback(True)
    assert len(walk.seen) >= 3


def _try(walk: Walk, member: Member, address: str, view: str) -> None:
    page = member.browser.get(address)
    if page.status_code == 405:
        walk.shows_nothing.setdefault(view, (member, address))
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return
    for form in Pressed(page.content.decode(), address).found:
        sort = (view_of(walk.door, form.action), *form.typed)
        walk.posted.add(sort[0])
        if form.typed and sort not in walk.seen:
            walk.seen.add(sort)
            for told in _told(walk, form):
                _send(member, form, told)


class Pressed(Forms):
    """The same forms, each sent by the first of its buttons: where all of them say something, one of them has to."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, attrs)
        told = {name: value or "" for name, value in attrs}
        if tag == "button" and self.found:
            self._buttons.setdefault(len(self.found), []).append((told.get("name", ""), told.get("value", "")))

    def __init__(self, page: str, address: str) -> None:
        self._buttons: dict[int, list[tuple[str, str]]] = {}
        super().__init__(page, address)
        for number, buttons in self._buttons.items():
            if all(name for name, _ in buttons):
                self.found[number - 1].besides.update(buttons[:1])


def _told(walk: Walk, form: Found) -> Iterator[dict[str, str]]:
    """As many of them together as there is mostly room for, and then one by one."""
    yield dict.fromkeys(form.typed, "\n".join(one for one in walk.naughty if "\x00" not in one)[:1_900])
    for _ in range(SERIES):
        yield {name: next(walk.turn) for name in form.typed}


def _send(member: Member, form: Found, told: dict[str, str], *, besides: frozenset[int] = frozenset()) -> None:
    kept = transaction.savepoint()
    answer = member.browser.post(form.action, {**form.besides, **told}, follow=True)
    page = _words(answer)
    again = _words(member.browser.get(urlsplit(form.action).path, follow=True))
    transaction.savepoint_rollback(kept)
    assert answer.status_code in ANSWERS | besides, (form.action, told)
    assert is_harmless(page, tuple(told.values())), (form.action, told)
    assert is_harmless(again, tuple(told.values())), (form.action, told)


def _words(answer: HttpResponseBase) -> str:
    return getattr(answer, "content", b"").decode(errors="replace")


def view_of(door: Door, address: str) -> str:
    """The name of the view that answers at an address."""
    path = urlsplit(address).path.removeprefix(MOUNTS[door]) or "/"
    try:
        return get_resolver(ENTRANCES[door].urls).resolve(path).url_name or ""
    except Resolver404:
        return ""
