"""With the keyboard alone, and without scripts: who reports and who decides need neither a mouse nor JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

MOST_TABS = 150
_HAS_FOCUS = "one => one === document.activeElement"
_SHOWS_FOCUS = """one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


def tab_to(walker: Walker, wanted: Locator) -> None:
    """Press Tab until it has the focus, and see that it shows so."""
    for _ in range(MOST_TABS):
        if wanted.evaluate(_HAS_FOCUS):
            assert wanted.evaluate(_SHOWS_FOCUS), f"nothing shows that {wanted} has the focus"
            return
        walker.page.keyboard.press("Tab")
    raise AssertionError(f"Tab never comes to {wanted} on {walker.page.url}")


def type_into(walker: Walker, label: str, words: str) -> None:
    """Tab to a field and type."""
    tab_to(walker, walker.page.get_by_label(label).first)
    walker.page.keyboard.type(words)


def enter_on(walker: Walker, wanted: Locator) -> None:
    """Tab to a link or button that leads to a page, and press Enter."""
    tab_to(walker, wanted)
    with walker.arriving():
        walker.page.keyboard.press("Enter")


def link(walker: Walker, name: str) -> Locator:
    return walker.page.get_by_role("link", name=name, exact=True).first


def button(walker: Walker, name: str) -> Locator:
    return walker.page.get_by_role("button", name=name, exact=True).first


def test_a_report_is_sent_taken_and_decided_with_the_keyboard_alone(house: RunningHouse, browser: Browser) -> None:
    looked = Looked()
    lotte, marit = enter(house, browser, looked), enter(house, browser, looked)
    lotte.come_in("water-security")
    lotte.go("/portal/")
    enter_on(lotte, link(lotte, "Report an incident"))
    type_into(lotte, "What is going on?", "De pompen staan stil")
    enter_on(lotte, button(lotte, "Send the report"))
    reference = lotte.page.locator("dd").first.inner_text()
    marit.come_in("analyst")
    marit.go("/desk/")
    enter_on(marit, link(marit, reference))
    enter_on(marit, button(marit, "Take"))
    tab_to(marit, marit.page.locator("summary", has_text="Decline, send on, or set aside"))
    marit.page.keyboard.press("Enter")
    tab_to(marit, marit.part("Decision").get_by_label("Reason").last)
    marit.page.keyboard.type("Geen incident: een oefening.")
    enter_on(marit, button(marit, "Decline"))
    marit.reads("declined", "Geen incident: een oefening.")
    lotte.leave()
    marit.leave()


def test_keys_lead_from_the_queue_to_the_decision_and_back_to_it_as_it_was_narrowed(
    house: RunningHouse, browser: Browser
) -> None:
    looked = Looked()
    stranger, ruben = enter(house, browser, looked), enter(house, browser, looked)
    stranger.go("/report")
    type_into(stranger, "What is going on?", "Betalen hapert in Elzenvoort")
    enter_on(stranger, button(stranger, "Send the report"))
    ruben.come_in("second-analyst")
    ruben.go("/desk/?text=hapert+in+Elzenvoort")
    narrowed, keys = ruben.path(), ruben.page.keyboard
    keys.press("j")
    with ruben.arriving():
        keys.press("Enter")
    with ruben.arriving():
        keys.press("t")
    keys.press("a")
    keys.type("Een storing die de bank zelf meldt.")
    enter_on(ruben, button(ruben, "Accept"))
    ruben.reads("Betalen hapert", "Een storing die de bank zelf meldt.")
    with ruben.arriving():
        keys.press("Escape")
        ruben.page.locator("body").press("u")
    assert ruben.path() == narrowed
    stranger.leave()
    ruben.leave()


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_a_stranger_reports_and_follows_without_scripts(house: RunningHouse, browser: Browser, language: str) -> None:
    stranger = enter(house, browser, Looked(), language=language, script=False)
    stranger.go("/report")
    stranger.page.locator("[name=title]").fill("Onze website is veranderd")
    stranger.page.locator("[name=occurred_on]").fill("9999-12-31")
    send = stranger.page.locator("main form button.house-big-button")
    stranger.follow(send, status=422)
    stranger.page.locator("[name=occurred_on]").fill("")
    stranger.follow(send)
    code = stranger.page.locator("dd code").inner_text()
    stranger.follow(stranger.page.locator("main a[href='/follow']").first)
    stranger.reads("Onze website is veranderd")
    again = enter(house, browser, Looked(), language=language, script=False)
    again.go("/follow")
    again.page.locator("[name=code]").fill(code.lower().replace("-", " "))
    again.follow(again.page.locator("main form button").last)
    again.reads("Onze website is veranderd")
    stranger.leave()
    again.leave()


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_a_stranger_reports_one_question_a_screen_without_scripts(
    house: RunningHouse, browser: Browser, language: str
) -> None:
    stranger = enter(house, browser, Looked(), language=language, script=False)
    stranger.go("/report/step/title")
    stranger.page.locator("[name=title]").fill("Onze kassa's weigeren kaarten")
    while "/step/" in stranger.page.url:
        stranger.follow(stranger.page.locator("main form button").first)
    stranger.reads("Onze kassa's weigeren kaarten")
    stranger.follow(stranger.page.locator("main form button").last)
    stranger.reads("Onze kassa's weigeren kaarten", stranger.page.locator("dd code").inner_text())
    stranger.leave()


def test_what_somebody_writes_is_saved_while_they_write_and_found_on_another_device(
    house: RunningHouse, browser: Browser
) -> None:
    stranger, elsewhere = (enter(house, browser, Looked(), language="en-GB") for _ in range(2))
    stranger.go("/report")
    stranger.page.locator("[name=title]").fill("De lift gaat vanzelf open")
    stranger.page.locator("[data-draft] code").wait_for()
    code = stranger.page.locator("[data-draft] code").inner_text()
    stranger.leave()
    elsewhere.go("/report/draft/continue")
    elsewhere.page.locator("[name=code]").fill(code)
    elsewhere.follow(elsewhere.page.locator("main form button").last)
    assert elsewhere.page.locator("[name=title]").input_value() == "De lift gaat vanzelf open"
    elsewhere.leave()


def test_a_call_is_taken_with_keys_for_the_left_hand(house: RunningHouse, browser: Browser) -> None:
    milan = enter(house, browser, Looked())
    milan.come_in("second-analyst")
    milan.go("/desk/reports/new")
    milan.page.keyboard.type("06 55566677")
    milan.page.keyboard.press("Alt+a")
    milan.page.keyboard.type("Er komt rook uit de serverruimte")
    milan.page.locator("[data-draft] code").wait_for()
    assert milan.page.locator("[name=phone]").input_value() == "06 55566677"
    assert milan.page.get_by_role("timer").inner_text() != ""
    milan.page.keyboard.press("Alt+g")
    with milan.arriving():
        milan.page.keyboard.press("Space")
    milan.reads("Read these to the caller")
    assert milan.page.locator("ol.desk-spelled li").count() == 8
    milan.leave()


def test_a_constituent_reports_without_scripts(house: RunningHouse, browser: Browser) -> None:
    nadira = enter(house, browser, Looked(), script=False)
    nadira.log_in("bank-security")
    nadira.click("Report an incident", among=nadira.page.get_by_role("navigation"))
    nadira.press("Send the report", status=422)
    nadira.page.get_by_label("What is going on?").fill("Betalingen komen dubbel aan")
    nadira.press("Send the report")
    nadira.click("To the report")
    nadira.reads("Betalingen komen dubbel aan", "Whom we told what")
    nadira.leave()
