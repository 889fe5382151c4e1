"""5. Written advice, an answer in the portal, a follow-up, and a letter to the ministry once it may."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.stories.walking import Walker
from tests.stories.week.triaging import CASE
from tests.stories.week.week import Week

from meldpunt.entrypoints.cli.story.steps.advising import MEASURES

TITLE = "Advies na de uitval van pompgemaal Zuid"
REFUSAL = "De leverancier is dit weekeinde dicht."
COMPANY = "Waterbedrijf Zuiderwiel"


def play(week: Week) -> None:
    """Advise, be answered, follow up; refused while a condition is not met, then told with four eyes."""
    marit, yara = week.walker("analyst"), week.walker("duty-officer")
    _advise(week, marit)
    _answer(week)
    yara.go(week.found["advice"] + "/escalation")
    yara.reads("not yet", "not met", "Nothing is told to the ministry while a condition is not met.")
    assert yara.page.get_by_role("button", name="Make the letter").count() == 0
    _follow_up(week, marit)
    _escalate(week, yara)
    _receive_letter(week)


def _advise(week: Week, marit: Walker) -> None:
    marit.click("Advice", among=marit.page.get_by_role("navigation"))
    chosen = marit.page.locator("#id_case option", has_text=CASE).get_attribute("value")
    marit.page.get_by_label("Write advice from case").select_option(chosen)
    marit.press("Write")
    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date().isoformat()
    page = marit.page
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("What is going on, and what we advise").fill(
        "Op grond van uw melding en van wat wij elders zien, adviseren wij u twee maatregelen."
    )
    page.get_by_label("To be followed by").fill(today)
    for number, measure in enumerate(MEASURES, start=1):
        page.locator(f"[name=measure_{number}]").fill(measure.text)
    marit.press("Save the draft")
    week.found["advice"] = marit.path()
    marit.reads("Who will see this, and what they will not see", "1 reader")
    give = marit.part("Give it")
    give.get_by_label("Reason").fill("De melder vraagt om advies.")
    marit.press("Give the advice", among=give)
    week.keep("analyst", TITLE, MEASURES[0].text)


def _answer(week: Week) -> None:
    """The company says yes to one measure and no to the other."""
    lotte = week.walker("water-security")
    lotte.go("/portal/")
    lotte.follow(lotte.page.get_by_role("link", name=TITLE).first)
    week.found["own-advice"] = lotte.path()
    _say(lotte, 1, "We will do this")
    _say(lotte, 2, "We will not do this", status=422)
    lotte.reads("Write why you will not do this.")
    _say(lotte, 2, "We will not do this", because=REFUSAL)
    week.keep("water-security", REFUSAL, "We will do this")


def _say(lotte: Walker, number: int, answer: str, *, because: str = "", status: int = 200) -> None:
    button = lotte.page.get_by_role("button", name=f"Answer measure {number}", exact=True)
    form = lotte.page.locator("form", has=button)
    form.get_by_label("Your answer").select_option(label=answer)
    form.get_by_label("Reason").fill(because)
    lotte.follow(button, status=status)


def _follow_up(week: Week, marit: Walker) -> None:
    """The round is due this minute."""
    marit.go(week.found["advice"])
    marit.reads(REFUSAL)
    now = datetime.now(ZoneInfo("Europe/Amsterdam")).strftime("%Y-%m-%dT%H:%M")
    marit.page.get_by_label("Ask again at").fill(now)
    marit.press("Plan a round")
    marit.page.get_by_label("What was found").select_option("not-followed")
    marit.page.get_by_label("Note").fill("De besturing hangt nog aan het kantoornet.")
    marit.press("Record round 1")
    week.keep("analyst", "De besturing hangt nog aan het kantoornet.")


def _escalate(week: Week, yara: Walker) -> None:
    """All conditions met, and a second duty officer agrees."""
    yara.go(week.found["advice"] + "/escalation")
    yara.reads("yes, with a second person", COMPANY)
    yara.page.get_by_label("Reason").fill("Het advies is niet opgevolgd en de drinkwatervoorziening loopt gevaar.")
    yara.press("Make the letter")
    week.found["letter"] = yara.path()
    yara.reads("waiting for approval", "This waits for a second person")
    assert yara.page.get_by_role("button", name="Approve: tell it").count() == 0, "two eyes are not four"
    silvan = week.walker("second-duty-officer")
    silvan.go(week.found["letter"])
    silvan.page.get_by_label("Reason").fill("De voorwaarden zijn vervuld; de brief klopt.")
    silvan.press("Approve: tell it")
    silvan.reads("Ministerie van Infrastructuur en Waterstaat")
    week.keep("second-duty-officer", "De voorwaarden zijn vervuld; de brief klopt.")


def _receive_letter(week: Week) -> None:
    """The ministry reads a letter with the advice attached, and nothing the ground does not cover."""
    gijs = week.walker("ministry-official")
    gijs.click("Messages", among=gijs.page.get_by_role("navigation"))
    gijs.follow(gijs.page.locator("tbody th a").first)
    gijs.reads(COMPANY, "Why we may tell you this", ".pdf")
    letter = gijs.words()
    assert "Lotte Brinkhorstma" not in letter
    assert "203.0.113.140" not in letter
    attached = gijs.download(gijs.page.locator(".house-files a").first)
    assert attached.startswith(b"%PDF-")
    week.keep("ministry-official", COMPANY)
