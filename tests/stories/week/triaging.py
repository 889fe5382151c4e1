"""3. An analyst takes the report, classifies and scores it, sees what may follow, and opens a case."""

from __future__ import annotations

from playwright.sync_api import Locator
from tests.stories.walking import Walker
from tests.stories.week.week import Week

from meldpunt.entrypoints.cli.story.steps.triaging import NCISS, OUTAGE, second_report

CASE = "Sabotage bij een drinkwaterbedrijf"


def play(week: Week) -> None:
    """From the queue to a case; a second report about the same incident is suggested and merged."""
    marit = week.walker("analyst")
    marit.click("Queue")
    marit.click(week.found["reference"])
    week.found["triage"] = marit.path()
    marit.press("Take")
    marit.reads("You have it in hand.", "The report points at")
    _assess(marit)
    _estimate(marit)
    marit.press("Accept", among=_accepting(marit, case=CASE))
    week.found["case"] = marit.path()
    week.keep("analyst", CASE, week.found["reference"])
    _telephone(week, marit)


def _assess(marit: Walker) -> None:
    form = marit.unfold(marit.part("Nature and score"), "Classify and score")
    form.get_by_label("Class or type (RSIT)").select_option("intrusions/system-compromise")
    form.get_by_label("Reason").fill("Onbekend programma op bedienplekken, met verbinding naar buiten.")
    for category, option in NCISS.items():
        form.locator(f"[name=nciss_{category}]").select_option(option)
    marit.press("Keep this assessment", among=form)
    marit.reads("NCISS", "Onbekend programma op bedienplekken")


def _estimate(marit: Walker) -> None:
    form = marit.unfold(marit.part("What it may do to society"), "Estimate")
    for row, (process, share) in enumerate(OUTAGE.items()):
        form.locator(f"[name=process_{row}]").select_option(process)
        near = min(("1", "0.75", "0.5", "0.25", "0.1"), key=lambda one: abs(float(one) - share))
        form.locator(f"[name=share_{row}]").select_option(near)
    marit.press("Compute", among=form)
    consequence = marit.part("What it may do to society")
    assert "Other sectors hit" in marit.part("What it may do to society, hour by hour").inner_text()
    assert consequence.get_by_role("img").evaluate("one => one.naturalWidth > 0"), "the chart is not drawn"


def _accepting(marit: Walker, *, case: str) -> Locator:
    form = marit.unfold(marit.part("Decision"), "Accept into a case")
    form.get_by_label("Title of a new case").fill(case)
    form.locator("[name=reason]").fill("Vitaal proces geraakt en mogelijk kwaadwillig: wij coördineren.")
    return form


def _telephone(week: Week, marit: Walker) -> None:
    """The director calls about the same morning, unaware of the first report."""
    called = second_report()
    marit.click("Telephone report")
    marit.page.get_by_label("What is going on, in one line").fill(called.title)
    marit.page.get_by_label("What the caller says").fill(called.text)
    marit.page.get_by_label("Name of the caller").fill(called.reporter.name)
    marit.page.get_by_label("Number to call back").fill(called.reporter.phone)
    marit.page.get_by_label("Organisation, as the caller names it").fill(called.organisation_named)
    marit.page.locator("[name=sector]").select_option(called.sector)
    marit.press("Receive")
    week.found["second"] = marit.page.locator("dd code").first.inner_text()
    week.jobs()
    marit.click("To the triage of this report")
    week.found["second-triage"] = marit.path()
    sender = marit.part("Who reported")
    sender.get_by_label("What do you need the identity for?").fill("Terugbellen: is dit hetzelfde incident?")
    marit.press("Unseal for this purpose", among=sender)
    marit.reads(called.reporter.name, called.reporter.phone, "May be the same incident")
    form = marit.unfold(marit.part("Decision"), "Accept into a case")
    form.get_by_role("radio", name=CASE).check()
    form.locator("[name=reason]").fill("Dezelfde organisatie, dezelfde adressen, dezelfde ochtend.")
    marit.press("Accept", among=form)
    assert marit.path() == week.found["case"]
    week.keep("analyst", week.found["second"], called.title)
    marit.go(week.found["second-triage"])
    marit.reads(called.text[:60], called.reporter.name)
