"""Two analysts at one report, each in a browser: what one typed is saved, and writes over nothing of the other."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.test_queue import tell
from tests.stories.walking import Walker, enter

JUDGE = "Judge otherwise"


def test_a_judgement_typed_beside_that_of_a_colleague_is_kept_over_it_on_purpose(
    house: RunningHouse, browser: Browser
) -> None:
    looked = Looked()
    stranger, one, other = (enter(house, browser, looked) for _ in range(3))
    tell(stranger, "Gemaal draait niet")
    one.come_in("analyst")
    other.come_in("second-analyst")
    for walker in (one, other):
        walker.go("/desk/?text=Gemaal+draait+niet")
        walker.follow(walker.page.get_by_role("row", name="Gemaal draait niet").get_by_role("link").first)
    _type(one, "Het peil stijgt al.")
    expect(one.page.locator("form:has(#override_reason) [data-saved]")).to_contain_text("Saved for you alone")
    _type(other, "De pompen staan alleen in de winter aan.")
    other.press("Keep this judgement")
    one.press("Keep this judgement", status=409)
    one.reads("Not kept yet: look at this first", "De pompen staan alleen in de winter aan.", "Het peil stijgt al.")
    one.press("Keep mine over it")
    one.reads("Het peil stijgt al.")
    _estimate(one)
    expect(one.page.locator("form:has([name=process_0]) [data-saved]")).to_contain_text("Saved for you alone")
    one.go(one.path())
    assert one.page.locator("[name=until_hour]").input_value() == "6"
    stranger.leave()
    one.leave()
    other.leave()


def _type(walker: Walker, reason: str) -> None:
    walker.page.locator("summary", has_text=JUDGE).click()
    walker.page.locator("#override_reason").fill(reason)


def _estimate(walker: Walker) -> None:
    opened = walker.page.locator("details:has([name=process_0])")
    if opened.get_attribute("open") is None:
        opened.locator("summary").click()
    walker.page.locator("[name=until_hour]").fill("6")
