"""An organisation tells of its own services at the portal, without a script too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

WORDS = {
    "en-GB": ("Add this service", "Tell this", "the desk looks at it", "Thank you"),
    "nl-NL": ("Deze dienst toevoegen", "Opgeven", "het meldpunt kijkt ernaar", "Dank u"),
}

LEAN = {
    "other": "T1",
    "strength_low": "10",
    "strength_likely": "20",
    "strength_high": "30",
    "buffer_low": "0",
    "buffer_likely": "8",
    "buffer_high": "24",
    "told_by": "de beheerder",
    "reason": "Verteld.",
}


@pytest.mark.parametrize(("language", "script"), [("en-GB", True), ("nl-NL", True), ("en-GB", False)])
def test_a_service_of_ones_own_is_told_with_what_it_leans_on(
    house: RunningHouse, browser: Browser, language: str, script: bool
) -> None:
    add, tell, waits, thanks = WORDS[language]
    walker = enter(house, browser, Looked(), language=language, script=script)
    walker.come_in("certificate-security")
    walker.go("/portal/services")
    walker.page.locator("#add_name").fill(f"meetnet {language} {script}")
    walker.page.locator("#add_people").fill("120000")
    walker.press(add)
    walker.reads(thanks, "meetnet")
    _lean(walker, "E1", tell)
    walker.page.locator("#id_provider").fill("Kabel Noord")
    walker.page.locator("#id_sector").select_option("telecom")
    _lean(walker, "somebody", tell)
    walker.reads(waits, "Kabel Noord")
    walker.go("/portal/services")
    walker.leave()


def _lean(walker: Walker, on: str, tell: str) -> None:
    walker.page.locator("#id_on").select_option(on)
    walker.page.locator("#id_likely").fill("60")
    walker.page.locator("#id_buffer_likely").fill("4")
    walker.press(tell)


def test_what_the_desk_told_and_the_organisation_ends_is_seen_and_put_back(
    house: RunningHouse, browser: Browser
) -> None:
    looked = Looked()
    company = enter(house, browser, looked, language="en-GB")
    company.come_in("water-security")
    company.go("/portal/services")
    company.page.locator("#add_name").fill("pompen")
    company.press("Add this service")
    desk = enter(house, browser, looked, language="en-GB")
    desk.come_in("analyst")
    desk.go("/desk/services?text=pompen")
    desk.follow(desk.page.locator("tbody a").first)
    desk.page.get_by_text("Tell of a dependency").click()
    for field, said in LEAN.items():
        desk.page.locator(f"#id_{field}").fill(said)
    desk.press("Keep this dependency")
    company.page.reload()
    company.follow(company.page.locator("tbody tr", has_text="the desk").get_by_role("button"))
    company.leave()
    desk.go("/desk/services")
    desk.click("An organisation itself ended 1 thing that the desk told of")
    desk.reads("Ended by organisations themselves", "pompen")
    desk.page.locator("main tbody [name=reason]").fill("Zij vergisten zich.")
    desk.press("Put back")
    desk.reads("From now on every estimate takes this dependency into account.")
    desk.leave()
    assert not looked.faults
