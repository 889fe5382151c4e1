"""The front page, as somebody in a hurry sees it."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.stories.running import RunningHouse


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_the_front_page_is_accessible(house: RunningHouse, browser: Browser, language: str) -> None:
    page = browser.new_page(locale=language)
    page.goto(house.address + "/")
    assert page.locator("h1").count() == 1
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.close()
