"""Every page that somebody of the cast can walk to after the week, in Dutch, under the eyes of axe."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

import pytest
from playwright.sync_api import Browser
from tests.stories.conftest import Played
from tests.stories.looking import Looked, language_of, shape_of
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

DOORS = {
    "stranger": "/",
    "water-security": "/portal/",
    "police-officer": "/portal/",
    "analyst": "/desk/",
    "duty-officer": "/desk/",
    "woo-officer": "/desk/",
    "statistician": "/desk/",
    "administrator": "/desk/",
}
FEWEST = 45
"""Shapes of pages that there are at the least; fewer means that somebody stopped walking."""
_FILES = (
    *("/proofs", "/files/", "/export", "/releases/", "/packages/", ".svg", "/chart/", ".well-known", "/proof"),
    *("/ledger/checkpoint", "/ledger/consistency"),
)
_LINKS = """ones => ones
    .filter(one => one.origin === location.origin && !one.hasAttribute("download"))
    .map(one => one.pathname + one.search)"""


@pytest.fixture(scope="module")
def after(played: Played) -> Iterator[RunningHouse]:
    """The house of the week, with its doors open."""
    played.house.start()
    yield played.house
    played.house.stop()


def walk_everywhere(walker: Walker, start: str) -> Iterator[str]:
    """Follow every link to a page of a shape they did not see yet; what leads nowhere comes back."""
    known, waiting = {shape_of(start)}, [(start, "")]
    while waiting:
        path, from_page = waiting.pop(0)
        if (status := walker.try_to_go(path)) != HTTPStatus.OK:
            yield f"{from_page} links to {path}, which answers {status}"
            continue
        assert language_of(walker.page) == "nl", walker.page.url
        for link in walker.page.locator("a[href]").evaluate_all(_LINKS):
            if shape_of(link) not in known and not any(file in link for file in _FILES):
                known.add(shape_of(link))
                waiting.append((link, path))


def test_every_page_is_accessible_in_dutch_to_whom_it_is_for(after: RunningHouse, browser: Browser) -> None:
    looked, entered = Looked(is_patient=True), set[str]()
    for who, start in DOORS.items():
        walker = enter(after, browser, looked, language="nl-NL")
        if start in entered:
            walker.come_in(who)
        elif who != "stranger":
            walker.log_in(who)
        entered.add(start)
        looked.faults += [f"{who}: {dead}" for dead in walk_everywhere(walker, start)]
        walker.leave()
    assert not looked.faults, "\n\n".join(looked.faults)
    shapes = sorted({shape for shape, _, _ in looked.seen})
    assert len(shapes) >= FEWEST, shapes
