"""The queue in a browser: what was ticked stays so, many are decided at once and undone, and a digit opens a view."""

from __future__ import annotations

from playwright.sync_api import Browser, expect
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

_TICKED = "JSON.parse(sessionStorage.getItem('meldpunt-ticked') || '[]').length"


def tell(walker: Walker, title: str) -> None:
    walker.go("/report")
    walker.page.get_by_label("What is going on?").first.fill(title)
    walker.press("Send the report")


def tick(walker: Walker) -> None:
    """The first line of the list, by key."""
    walker.page.keyboard.press("j")
    walker.page.keyboard.press("x")


def test_what_was_ticked_on_several_pages_is_decided_at_once_with_an_exception_and_undone(
    house: RunningHouse, browser: Browser
) -> None:
    looked = Looked()
    stranger, duty = enter(house, browser, looked), enter(house, browser, looked)
    for which in ("een", "twee", "drie"):
        tell(stranger, f"Waterhoos {which}")
    duty.come_in("duty-officer")
    for which in ("een", "twee"):
        duty.go(f"/desk/?text=Waterhoos+{which}")
        tick(duty)
    bar = duty.page.locator("[data-ticked]")
    assert bar.locator("[data-count]").inner_text() == "2"
    assert bar.locator("[data-elsewhere]").inner_text() == "1"
    duty.go("/desk/?text=Waterhoos")
    assert duty.page.locator("input[name=report]:checked").count() == 2
    duty.go("/desk/?text=Waterhoos+drie")
    duty.press("Decide on the ticked reports together")
    duty.reads("Waterhoos een", "Waterhoos twee")
    duty.look()
    left = duty.page.get_by_role("row", name="Waterhoos een")
    left.locator("select").select_option("leave")
    duty.page.locator("[name=becomes]").select_option("decline")
    duty.page.locator("[name=reason]").fill("Een oefening.")
    duty.press("Decide")
    duty.reads("1 report was decided.")
    duty.look()
    assert duty.page.evaluate(_TICKED) == 1
    duty.press("Undo all of it")
    duty.reads("1 decision was undone.")
    duty.go("/desk/?text=Waterhoos")
    assert duty.page.locator("tbody tr").count() == 3
    stranger.leave()
    duty.leave()


def test_a_list_is_kept_as_a_view_that_a_digit_opens_and_its_head_sorts(house: RunningHouse, browser: Browser) -> None:
    ruben = enter(house, browser, Looked())
    ruben.come_in("second-analyst")
    ruben.go("/desk/?channel=mail&order=oldest")
    ruben.page.locator("summary", has_text="Keep or change a view").click()
    ruben.page.get_by_label("Keep this list as").fill("Mail, de oudste eerst")
    ruben.press("Keep", among=ruben.page.locator("form[action$='queue/views']"))
    ruben.look()
    ruben.go("/desk/?state=undecided")
    with ruben.arriving():
        ruben.page.keyboard.press("1")
    assert ruben.path() == "/desk/?channel=mail&order=oldest"
    assert ruben.page.locator("th[aria-sort=descending]").inner_text().startswith("Age")
    ruben.follow(ruben.page.locator("th a", has_text="Sector"))
    assert ruben.page.locator("th[aria-sort=ascending]").inner_text().startswith("Sector")
    with ruben.arriving():
        ruben.page.keyboard.press("0")
    assert ruben.path() == "/desk/?state=undecided"
    ruben.leave()


def test_whose_session_ends_while_they_write_finds_it_again_after_logging_in_and_sends_it(
    house: RunningHouse, browser: Browser
) -> None:
    looked = Looked()
    stranger, marit = enter(house, browser, looked), enter(house, browser, looked)
    tell(stranger, "Sluisdeur klemt")
    marit.come_in("analyst")
    marit.go("/desk/?text=Sluisdeur+klemt")
    marit.follow(marit.page.get_by_role("row", name="Sluisdeur klemt").get_by_role("link").first)
    place = marit.path()
    marit.page.locator("summary", has_text="Decline, send on, or set aside").click()
    reason, status = marit.page.locator("#close_reason"), marit.page.locator("form:has(#close_reason) [data-saved]")
    reason.fill("Een oefening")
    expect(status).to_contain_text("Saved for you alone")
    marit.context.clear_cookies(name="meldpunt_desk")
    reason.press_sequentially(" op de sluis.")
    expect(status).to_have_text(status.get_attribute("data-trouble") or "")
    marit.press("Decline", status=401)
    marit.reads("You are no longer logged in", "Een oefening op de sluis.")
    marit.come_in("analyst")
    beside = marit.context.new_page()
    beside.goto(house.address + place)
    assert beside.locator("#close_reason").input_value().startswith("Een oefening")
    beside.close()
    marit.press("Send it again", status=403)
    marit.press("Send it again")
    marit.go(place)
    marit.reads("declined", "Een oefening op de sluis.")
    stranger.leave()
    marit.leave()
