"""Somebody sends a large file in the browser: pauses, loses the page and the server, goes on, and sends it once."""

from __future__ import annotations

import hashlib
import json
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from tests.stories.running import RunningHouse

DATA = random.Random(11).randbytes(9 * 1024 * 1024 + 5)


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    path = tmp_path / "schijf.img"
    path.write_bytes(DATA)
    return path


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(locale="en-GB")
    yield page
    page.close()


def slowly(route: Route) -> None:
    """A line on which a part takes a while."""
    time.sleep(0.15)
    route.continue_()


def test_a_paused_file_goes_on_after_the_page_and_the_server_were_lost(
    quiet_house: RunningHouse, page: Page, disk: Path
) -> None:
    house = quiet_house
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    page.route("**/report/files/*", slowly)
    page.goto(f"{house.address}/report")
    page.get_by_label("What is going on?").fill("De schijf is gegijzeld")
    page.get_by_label("Files").set_input_files(disk)
    expect(page.get_by_role("status").filter(has_text="schijf.img")).to_be_visible()
    expect(page.get_by_role("progressbar", name="schijf.img")).to_be_visible()
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"[1-9]\d? percent received"))
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-said]")).to_have_text(re.compile(r"Paused at \d+ percent"))
    found = Axe().run(page, context=".house-uploads")
    assert found.violations_count == 0, found.generate_report()
    page.wait_for_selector("[data-draft] code")
    house.kill()
    house.start()
    page.goto(f"{house.address}/report")
    line = page.locator(".house-uploads li")
    expect(line).to_contain_text("Choose the same file again to go on")
    begun = line.get_attribute("data-at")
    page.get_by_label("Files").set_input_files(disk)
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="We received your report")).to_be_visible(timeout=30_000)
    assert begun
    ((_, title, files),) = json.loads(house.play("tests.stories.opened"))
    assert title == "De schijf is gegijzeld"
    assert files == [["schijf.img", hashlib.sha256(DATA).hexdigest()]]
    assert refused == []


def test_the_line_comes_back_by_itself_and_a_file_is_taken_away_by_keyboard(
    house: RunningHouse, page: Page, disk: Path
) -> None:
    lost: list[Route] = []

    def loses_one(route: Route) -> None:
        if route.request.method == "PATCH" and len(lost) < 2:
            lost.append(route)
            route.abort()
        else:
            route.continue_()

    page.route("**/report/files/*", loses_one)
    page.goto(f"{house.address}/report")
    page.get_by_label("Files").set_input_files(disk)
    expect(page.locator("[data-said]")).to_have_text("Received whole, and kept", timeout=30_000)
    assert len(lost) == 2
    page.get_by_role("button", name="Take away").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".house-uploads li")).to_have_count(0)
    expect(page.get_by_label("Files")).to_be_focused()
    expect(page.locator(".house-uploads [role=status]")).to_have_text("schijf.img was taken away")
