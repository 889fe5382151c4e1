"""What the desk reads at night stands whole on a telephone, on a screen of 1440 pixels and on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.stories.conftest import Played
from tests.stories.looking import Looked
from tests.stories.walking import Walker, enter

TELEPHONE, SCREEN, SHEET = 390, 1440, 794
_STICKS_OUT = "() => document.documentElement.scrollWidth - innerWidth"
_SCROLLED = """() => [...document.querySelectorAll(".house-scroll")]
    .map(one => one.scrollWidth - one.clientWidth)
    .filter(more => more > 0)"""


@pytest.fixture(scope="module")
def marit(played: Played, browser: Browser) -> Iterator[Walker]:
    played.house.start()
    walker = enter(played.house, browser, Looked(is_patient=True), language="nl-NL")
    walker.come_in("analyst")
    yield walker
    walker.leave()
    played.house.stop()


@pytest.fixture(scope="module")
def pages(marit: Walker) -> list[str]:
    """The queue, the situation, and the report in it of which most is known, with what hangs on it."""
    marit.go("/desk/situation")
    reports = marit.page.locator('main th a[href*="/reports/"]').evaluate_all("all => all.map(one => one.pathname)")
    report = str(reports[-1])
    return ["/desk/", "/desk/situation", report, f"{report}/then", f"{report}/scenarios/new", "/desk/vulnerabilities"]


@pytest.mark.parametrize(("width", "medium"), [(TELEPHONE, "screen"), (SCREEN, "screen"), (SHEET, "print")])
def test_no_page_is_wider_than_what_it_is_read_on(marit: Walker, pages: list[str], width: int, medium: str) -> None:
    marit.page.set_viewport_size({"width": width, "height": 1000})
    marit.page.emulate_media(media=medium)  # type: ignore[arg-type]
    wide = {}
    for page in pages:
        marit.page.goto(marit.house.address + page)
        wide[page] = marit.page.evaluate(_STICKS_OUT)
    assert {page: more for page, more in wide.items() if more > 0} == {}


@pytest.mark.parametrize("page", ["/desk/", "/desk/situation"])
def test_queue_and_situation_stand_whole_on_a_screen_of_1440_pixels(marit: Walker, page: str) -> None:
    marit.page.set_viewport_size({"width": SCREEN, "height": 1000})
    marit.page.emulate_media(media="screen")
    marit.go(page)
    assert marit.page.evaluate(_SCROLLED) == []


def test_what_happens_in_three_days_is_read_without_scrolling(marit: Walker, pages: list[str]) -> None:
    marit.page.set_viewport_size({"width": SCREEN, "height": 1000})
    marit.page.emulate_media(media="screen")
    marit.go(pages[2])
    table = marit.page.locator(".desk-hours").first
    hours = [said.split()[0] for said in table.locator("thead th").all_inner_texts()]
    assert {"24", "48", "72"} <= set(hours)
    assert table.evaluate("one => one.parentElement.scrollWidth - one.parentElement.clientWidth") <= 0


def test_a_picture_that_would_be_too_small_to_read_leaves_its_place_to_the_table(
    marit: Walker, pages: list[str]
) -> None:
    for page in pages[1:3]:
        shown = []
        for width in (TELEPHONE, SCREEN):
            marit.page.set_viewport_size({"width": width, "height": 1000})
            marit.page.emulate_media(media="screen")
            marit.go(page)
            shown.append(marit.page.locator(".desk-picture").first.is_visible())
        assert (page, shown) == (page, [False, True])
