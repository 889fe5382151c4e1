"""The desk asks a supervisor, the police ask the desk: with scripts under the eyes of axe, and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

SUPERVISOR = "Toezichthouder water en transport"


def send(walker: Walker, name: str, *, status: int = 200) -> None:
    """Press the button that sends what was filled in, by its name or value."""
    walker.follow(walker.page.locator(f"main form button{name}").first, status=status)


def ask(marit: Walker, subject: str) -> None:
    marit.go("/desk/inquiries/new")
    marit.page.locator("[name=body]").select_option(label=SUPERVISOR)
    marit.page.locator("[name=subject]").fill(subject)
    marit.page.locator("[name=kind1]").select_option("measures")
    marit.page.locator("[name=question1]").fill("Welke maatregelen legde u op?")
    marit.page.locator("[name=necessity]").fill("Voor ons advies.")
    send(marit, ":not([name=confirm]):not([formaction])[class*=secondary]")
    marit.reads("NIS2 art.")
    send(marit, "[name=confirm]")
    marit.reads(subject, "Welke maatregelen legde u op?")


def answer(thirza: Walker, subject: str) -> None:
    thirza.go("/portal/inquiries")
    thirza.follow(thirza.page.locator("tbody th a", has_text=subject))
    send(thirza, "[type=submit]", status=422)
    thirza.page.locator("[name=outcome][value=whole]").check()
    thirza.page.locator("[name=text0]").fill("Twee aanwijzingen.")
    thirza.page.locator("[name=ground]").fill("Onze taak.")
    thirza.page.locator("[name=kinds][value=measures]").check()
    send(thirza, "[type=submit]")
    thirza.reads("Twee aanwijzingen.")


def put(daan: Walker, subject: str) -> str:
    daan.go("/portal/inquiries/new")
    for name in ("subject", "question", "necessity", "ground"):
        daan.page.locator(f"[name={name}]").fill(subject)
    daan.page.locator("[name=kinds][value=impact]").check()
    send(daan, "[type=submit]")
    daan.reads(subject)
    return daan.path()


def tell_nothing(marit: Walker, subject: str) -> None:
    marit.go("/desk/inquiries")
    marit.follow(marit.page.locator("tr", has_text=subject).locator("th a"))
    form = marit.page.locator("form[action$='/nothing']")
    form.locator("[name=reason]").fill("Gezocht en niets gevonden.")
    marit.follow(form.locator("button"))


# A code of the desk opens nothing twice: each time somebody else, so that nobody waits for the next one.
@pytest.mark.parametrize(
    ("language", "script", "colleague"),
    [
        ("nl-NL", True, "second-analyst"),
        ("en-GB", True, "second-duty-officer"),
        ("nl-NL", False, "duty-officer"),
    ],
)
def test_inquiries_go_both_ways(
    house: RunningHouse, browser: Browser, language: str, script: bool, colleague: str
) -> None:
    looked, subject = Looked(), f"Over storingen, {language} {script}"
    marit, thirza, daan = (enter(house, browser, looked, language=language, script=script) for _ in range(3))
    for walker, who in ((marit, colleague), (thirza, "supervisor-officer"), (daan, "police-officer")):
        walker.come_in(who)
    ask(marit, subject)
    answer(thirza, subject)
    marit.go("/desk/inquiries?all=1")
    marit.follow(marit.page.locator("tr", has_text=subject).locator("th a"))
    marit.reads("Twee aanwijzingen.")
    own = put(daan, f"Vraag {subject}")
    tell_nothing(marit, f"Vraag {subject}")
    daan.go(own)
    daan.reads("hetzelfde als er niets is")
    for walker in (marit, thirza, daan):
        walker.leave()
