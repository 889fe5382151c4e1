"""A morning of twenty reports, decided one at a time with the keyboard alone; two of them are undone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

import pytest
from playwright.sync_api import Browser, expect
from tests.stories import twenty
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

MOST_KEYS = 3
"""For a report of the kind that comes most: what becomes of it, why, and send."""


@dataclass
class Keys:
    """Somebody's keyboard, which counts. A chord is one stroke, and so is each letter."""

    walker: Walker
    strokes: int = 0
    of_each: list[int] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.walker.page.keyboard.press(key)
        self.strokes += len(keys)

    def type(self, words: str) -> None:
        self.walker.page.keyboard.type(words)
        self.strokes += len(words)

    def send(self, *keys: str) -> None:
        """Press these, of which the last leads to another page."""
        self.press(*keys[:-1])
        with self.walker.arriving():
            self.press(keys[-1])

    def next_report(self) -> None:
        self.of_each.append(self.strokes)
        self.strokes = 0


def title(walker: Walker) -> str:
    return walker.page.locator("h1").inner_text()


def decide(keys: Keys) -> str:
    """What becomes of the report that is open, by its title; and the title."""
    said = title(keys.walker)
    if twenty.GRAVE[0] in said:
        keys.send("t")
        keys.press("c", "Enter")
        keys.type("Er ligt een losgeldbrief.")
        keys.send("Control+Enter")
        keys.press("a")
        keys.type("Vitaal, en nu.")
        keys.send("Control+Enter")
    elif twenty.FIRST[0] in said:
        keys.send("a", "ArrowDown", "Control+Enter")
    elif twenty.AGAIN[0] in said:
        keys.send("m", "Enter", "ArrowDown", "Control+Enter")
    elif twenty.ADVERTISING[0] in said:
        keys.send("x", "ArrowDown", "Control+Enter")
    elif twenty.EXERCISE[0] in said:
        keys.send("d", "ArrowDown", "Control+Enter")
    elif twenty.FRAUD[0] in said:
        keys.send("s", "ArrowDown", "Control+Enter")
    else:
        assert twenty.UNSURE[0] in said, said
        keys.send("j")
    keys.next_report()
    return next(one for one, _ in set(twenty.TWENTY) if one in said)


def take_away(ruben: Walker) -> None:
    """A colleague searches what was meant for him, and takes it."""
    ruben.go("/desk/?text=Vraag+voor+een+collega")
    keys = Keys(ruben)
    keys.send("j", "Enter")
    keys.send("t")
    ruben.reads("You have it in hand.")


def test_twenty_reports_are_decided_and_two_undone_by_keyboard_alone(
    quiet_house: RunningHouse, browser: Browser
) -> None:
    quiet_house.play("tests.stories.telling_twenty")
    looked = Looked()
    marit, ruben = enter(quiet_house, browser, looked), enter(quiet_house, browser, looked)
    marit.come_in("analyst")
    ruben.come_in("second-analyst")
    marit.go("/desk/")
    keys = Keys(marit)
    keys.send("v")
    marit.reads("20 reports wait")
    keys.send("Enter")
    keys.strokes = 0
    done: list[str] = []
    while "/reports/" in marit.path():
        if len(done) == 8:
            take_away(ruben)
        done.append(decide(keys))
    assert Counter(done) == Counter(one for one, _ in twenty.TWENTY if one != twenty.TAKEN[0])
    assert median(keys.of_each) <= MOST_KEYS, f"keys per report: {sorted(keys.of_each)}, median {median(keys.of_each)}"
    marit.reads("18 of 20 decided, 1 skipped", "Passed over", twenty.TAKEN[0])
    for _ in range(2):
        keys.send("z")
        marit.reads("Undone:")
    marit.reads("16 of 20 decided")
    marit.leave()
    ruben.leave()


def test_a_party_is_asked_by_keyboard_and_what_was_ticked_is_saved(house: RunningHouse, browser: Browser) -> None:
    house.play("tests.stories.telling_twenty")
    walker = enter(house, browser, Looked())
    walker.come_in("second-analyst")
    walker.go("/desk/?text=Oplichting")
    keys = Keys(walker)
    keys.send("j", "Enter")
    report, boxes = walker.path(), walker.page.locator("input[name=parties]")
    keys.press("v")
    expect(boxes.first).to_be_focused()
    with walker.page.expect_response("**/draft"):
        keys.press("2", "Enter")
    expect(walker.page.locator("#consult_questions")).to_be_focused()
    expect(
        walker.page.locator("form", has=walker.page.locator("#consult_questions")).locator("[data-saved]")
    ).not_to_be_empty()
    walker.go(report)
    assert [boxes.nth(place).is_checked() for place in range(3)] == [False, True, False]
    keys.press("v", "Enter")
    keys.type("Kent u deze verkoper?")
    keys.send("Control+Enter")
    keys.press("?")
    expect(walker.page.get_by_role("dialog")).to_contain_text("tell it, as it is shown")
    walker.look()
    keys.press("Escape")
    keys.send("y")
    assert walker.path() == report
    walker.reads("Kent u deze verkoper?")
    keys.send("w")
    walker.reads("there is nobody to write to")
    walker.look()
    walker.go(f"{report}/advise?sector=drinking-water")
    walker.look()
    walker.leave()


@pytest.mark.parametrize(
    ("language", "words"), [("nl-NL", "afwijzen, doorverwijzen"), ("en-GB", "decline it, send it")]
)
def test_the_keys_are_listed_in_both_languages_and_can_be_switched_off(
    house: RunningHouse, browser: Browser, language: str, words: str
) -> None:
    house.play("tests.stories.telling_twenty")
    walker = enter(house, browser, Looked(), language=language)
    walker.come_in("duty-officer")
    walker.go("/desk/?text=Twijfel")
    keys = Keys(walker)
    keys.send("j", "Enter")
    keys.press("?")
    expect(walker.page.get_by_role("dialog")).to_contain_text(words)
    walker.look()
    keys.press("Escape", "d", "Control+a")
    walker.page.keyboard.type("dtza?")
    assert walker.page.locator("#close_reason").input_value() == "dtza?"
    expect(walker.page.locator("form[data-decide] [data-saved]").last).not_to_be_empty()
    walker.go(walker.path())
    assert walker.page.locator("#close_reason").input_value() == "dtza?"
    walker.leave()
