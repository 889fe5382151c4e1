"""At the table of an ISAC in the browser: without scripts, by keyboard, in both languages, under the eyes of axe."""

from __future__ import annotations

from playwright.sync_api import Browser
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.test_without_a_mouse import button, enter_on, link, type_into
from tests.stories.walking import Walker, enter

TITLE, WORDS = "Nachtelijke aanmeldingen", "Steeds tussen twee en drie uur."


def test_a_member_writes_looks_and_sends_by_keyboard_and_without_scripts(house: RunningHouse, browser: Browser) -> None:
    lotte = enter(house, browser, Looked(), script=False)
    lotte.log_in("water-security")
    lotte.go("/portal/isacs")
    enter_on(lotte, link(lotte, "ISAC Drinkwater"))
    enter_on(lotte, link(lotte, "Tell something"))
    type_into(lotte, "Title", TITLE)
    type_into(lotte, "What do you want to tell?", WORDS)
    type_into(lotte, "Indicators", "203.0.113.200")
    enter_on(lotte, button(lotte, "See what the others would read"))
    lotte.reads(
        TITLE, WORDS, "203[.]0[.]113[.]200", "Drinkwater De Heldere Wel", "Members that are not named may read it too."
    )
    assert "Leidingwater Elzenvoort" not in lotte.words()
    enter_on(lotte, button(lotte, "Send it"))
    lotte.reads(TITLE, "waits")
    _look_at_the_table(lotte)
    lotte.leave()


def test_the_pages_of_a_table_are_accessible_in_dutch(house: RunningHouse, browser: Browser) -> None:
    looked = Looked()
    taeke, marit = (enter(house, browser, looked, language="nl-NL") for _ in range(2))
    taeke.come_in("pipe-security")
    taeke.go("/portal/isacs")
    taeke.reads("ISAC Drinkwater", "verborgen")
    taeke.click("ISAC Drinkwater")
    taeke.click("Wie hier zitten")
    taeke.reads("Uw organisatie zit hier verborgen")
    taeke.go("/portal/isacs")
    taeke.click("ISAC Drinkwater")
    taeke.click("Iets vertellen")
    taeke.press("Bekijk wat de anderen zouden lezen", status=422)
    taeke.page.get_by_label("Titel").fill("Pakketjes")
    taeke.page.get_by_label("Wat wilt u vertellen?").fill("Bij Leidingwater Elzenvoort lag een modem.")
    taeke.page.get_by_label("Niemand.", exact=False).check()
    taeke.press("Bekijk wat de anderen zouden lezen")
    taeke.reads("1 passage die naar u wijst is weggelaten.", "in een volgorde door het lot")
    taeke.press("Versturen")
    marit.come_in("duty-officer")
    marit.go("/desk/isacs")
    marit.click("ISAC Drinkwater")
    marit.click("Pakketjes")
    marit.reads("Zonder naam: de leden weten niet van wie het is.", "Eerder laten gaan")
    for walker in (taeke, marit):
        walker.leave()
    assert not looked.faults, "\n\n".join(looked.faults)


def _look_at_the_table(walker: Walker) -> None:
    walker.go("/portal/isacs")
    walker.click("ISAC Drinkwater")
    walker.click("Who sits here")
    # The chair, who admits, knows who sits hidden; the others do not.
    walker.reads("Leidingwater Elzenvoort", "hidden")
