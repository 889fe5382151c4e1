"""7. Somebody asks for a document of the case: passages are withheld on their grounds and leave no trace."""

from __future__ import annotations

from tests.stories.walking import Walker
from tests.stories.week.reporting import TITLE
from tests.stories.week.triaging import CASE
from tests.stories.week.week import Week

from meldpunt.engines.redaction.traces import find_traces

WEAKNESS = "twaalf uur vol"
STATE = "Woo art. 5.1 lid 2 onder i: proper functioning of the State, other public bodies or administrative authorities"
WHY = "Organisaties die vrezen bekend te worden, melden niet meer, en dan wordt niemand meer gewaarschuwd."
SUBJECT = "Alle stukken over storingen bij drinkwaterbedrijven in november"


def play(week: Week) -> None:
    """Asked on the public site, decided and approved at the desk, read by who asked and by everybody."""
    stranger, joost = week.walker("stranger"), week.walker("woo-officer")
    _ask(week, stranger)
    joost.go("/desk/requests")
    joost.follow(joost.page.locator("tbody th a").first)
    week.found["request"] = joost.path()
    _take_in(joost)
    secrets = _withhold(joost)
    joost.go(week.found["request"])
    joost.page.get_by_label("The decision").fill("Het stuk wordt gedeeltelijk verstrekt.")
    for why in joost.page.locator("textarea[name^=why-], textarea[name=unheard]").all():
        why.fill(WHY)
    joost.press("Who would see this?", among=joost.part("Decide"))
    joost.reads("Who will see this, and what they will not see")
    joost.press("Decide")
    _second_person(week)
    joost.go(week.found["request"])
    joost.page.get_by_label("Reason").fill("Ook anderen mogen dit lezen.")
    joost.press("Propose to publish")
    _publish(week)
    _read(week, stranger, secrets)


def _ask(week: Week, stranger: Walker) -> None:
    stranger.go("/")
    stranger.go("/request-information")
    stranger.page.get_by_label("What would you like to know?").fill(SUBJECT)
    stranger.page.get_by_label("Your name").fill("Redactie De Zuiderwieler")
    stranger.press("Send the request")
    stranger.reads("We received your request", "We decide before")
    week.keep("stranger", stranger.page.locator("dd code").inner_text())
    stranger.click("Follow your request", among=stranger.page.get_by_role("main"))
    stranger.reads("Nothing yet.")
    week.keep("stranger", SUBJECT)


def _take_in(joost: Walker) -> None:
    page = joost.page
    page.get_by_label("Case").select_option(
        page.locator("[name=case] option", has_text=CASE).get_attribute("value") or ""
    )
    joost.follow(page.locator("form", has=page.locator("[name=case]")).get_by_role("button"))
    joost.press(f"Take in: {TITLE}")


def _withhold(joost: Walker) -> list[str]:
    """Every suggestion on the ground beside it, and a passage by hand; the words that must not be found back."""
    page = joost.page
    taking = page.locator("section", has=page.locator("#suggestions")).locator("tbody tr")
    while taking.count():
        joost.follow(taking.first.get_by_role("button"))
    line = page.locator("[data-line]", has_text=WEAKNESS).get_attribute("data-line") or ""
    page.get_by_label("From line").fill(line)
    page.get_by_label("from the words").fill("met handmetingen")
    page.get_by_label("To line").fill(line)
    page.get_by_label("up to and including the words").fill(WEAKNESS)
    page.get_by_label("Ground").select_option(label=STATE)
    joost.press("Withhold", among=joost.part("Withhold a passage"))
    kept = page.locator("section", has=page.locator("#passages")).locator("tbody tr")
    articles = {row.locator("td").first.inner_text().split(":")[0] for row in kept.all()}
    assert kept.count() > 3
    assert {"Woo art. 5.1 lid 1 onder c", "Woo art. 5.1 lid 2 onder i"} <= articles, articles
    return [mark.inner_text() for mark in page.locator("[data-passage-text] mark").all()]


def _second_person(week: Week) -> None:
    merel = week.walker("second-woo-officer")
    merel.go(week.found["request"])
    merel.reads("waiting for approval", "Found")
    merel.page.get_by_label("Reason").fill("De gronden kloppen per passage.")
    merel.press("Approve as second person")
    week.keep("second-woo-officer", "Het stuk wordt gedeeltelijk verstrekt.")


def _publish(week: Week) -> None:
    merel = week.walker("second-woo-officer")
    merel.go(week.found["request"])
    merel.click("To everybody")
    merel.page.get_by_label("Reason").fill("Wat de verzoeker kreeg, mag iedereen lezen.")
    merel.press("Approve: tell it")
    week.keep("second-woo-officer", "Wat de verzoeker kreeg, mag iedereen lezen.")


def _read(week: Week, stranger: Walker, secrets: list[str]) -> None:
    stranger.go("/follow")
    stranger.click("Read the decision")
    stranger.reads("Het stuk wordt gedeeltelijk verstrekt.")
    stranger.go("/decisions")
    stranger.follow(stranger.page.locator(".public-list a").first)
    week.keep("stranger", "Het stuk wordt gedeeltelijk verstrekt.")
    released = stranger.download(stranger.page.locator("a[href*='/decisions/files/']").first)
    assert released.startswith(b"%PDF-")
    assert find_traces(released, secrets) == ()
