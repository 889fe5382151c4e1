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
