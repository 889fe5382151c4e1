"""3, later. Two banks and the log-in of the government are flooded; only the situation shows what stands still."""

from __future__ import annotations

import csv
import io
from datetime import date

from tests.stories.walking import Walker
from tests.stories.week.week import Week

from meldpunt.entrypoints.cli.story.steps.waving import CARRIED, CASE, DELIVERED, FLOODED, WHY, flooded_report
from meldpunt.services.rules.importing import COLUMNS

PROCESSES = ("point-of-sale payments", "mass giro payments", "identification and authentication")


def play(week: Week) -> None:
    """A file of services, three telephone calls, and the page on which payments and digital government go together."""
    codes = _bring_services(week)
    marit = week.walker("analyst")
    for cast, named, title, phone in FLOODED:
        _call(week, marit, flooded_report(named, title, phone).title, named, phone)
        _estimate(marit, codes[cast])
    _accept(marit)
    marit.click("Situation")
    together = marit.part("What stands still together").inner_text()
    assert [one in together for one in PROCESSES] == [True] * 3, together
    picture = marit.part("What stands still together").get_by_role("img")
    drawn = picture.evaluate("one => [...one.querySelectorAll('g')].filter(row => row.getBBox().width > 0).length")
    assert drawn >= len(PROCESSES), "the situation is not drawn"
    adds = marit.part("What each report adds").locator("tbody tr")
    assert adds.count() >= len(FLOODED)
    week.keep("analyst", "What each report adds")


def _bring_services(week: Week) -> dict[str, str]:
    """The duty officer brings in a file; the code of each service, by who delivers it."""
    yara = week.walker("duty-officer")
    owners = {cast: _code_of(yara, named) for cast, named, _, _ in FLOODED}
    yara.go("/desk/services")
    yara.click("From a file")
    file = {"name": "diensten.csv", "mimeType": "text/csv", "buffer": _file(owners).encode()}
    yara.page.locator("[name=file]").set_input_files(files=[file])  # type: ignore[list-item]
    yara.page.locator("[name=reason]").fill(WHY)
    yara.press("Bring it in")
    yara.reads("3 services and 5 dependencies came in")
    return {cast: f"{owners[cast]}/1" for cast in DELIVERED}


def _code_of(yara: Walker, named: str) -> str:
    yara.go("/desk/organisations")
    yara.page.get_by_label("Code or name").fill(named)
    yara.press("Show")
    return yara.page.locator("tbody th").first.inner_text().strip()


def _file(owners: dict[str, str]) -> str:
    told = io.StringIO()
    lines = csv.DictWriter(told, COLUMNS)
    lines.writeheader()
    for cast, name in DELIVERED.items():
        lines.writerow({"line": "service", "key": cast, "name": name, "organisation": owners[cast]})
    for process, cast, (low, likely, high) in CARRIED:
        said = {"told_by": "de beheerder", "told_on": date(2026, 11, 2).isoformat(), "sure": "told"}
        band = {"low": low, "likely": likely, "high": high, "buffer_high": 1}
        lines.writerow({"line": "dependency", "of": process, "on": cast, **band, **said})
    return told.getvalue()


def _call(week: Week, marit: Walker, title: str, named: str, phone: str) -> None:
    marit.click("Telephone report")
    marit.page.get_by_label("What is going on, in one line").fill(title)
    marit.page.get_by_label("What the caller says").fill("Een vloed van verzoeken; niemand komt er nog in.")
    marit.page.get_by_label("Number to call back").fill(phone)
    marit.page.get_by_label("Organisation, as the caller names it").fill(named)
    marit.press("Receive")
    week.jobs()
    marit.click("To the triage of this report")


def _estimate(marit: Walker, code: str) -> None:
    report = marit.path()
    form = marit.unfold(marit.part("Nature and score"), "Classify and score")
    form.get_by_label("Class or type (RSIT)").select_option("availability/ddos")
    form.get_by_label("Reason").fill("Vloed van verzoeken.")
    marit.press("Keep this assessment", among=form)
    marit.go(f"{report}/scenarios/new")
    assert marit.page.locator("[name=node_0]").input_value() == code
    marit.page.locator("[name=name]").fill("Zoals gemeld")
    marit.page.locator("[name=share_0]").fill("90")
    marit.press("Compute and keep")
    marit.unfold(marit.page.get_by_role("main"), "Take one for the estimate of the report")
    marit.press("1. Zoals gemeld is the estimate")
    assert marit.path() == report


def _accept(marit: Walker) -> None:
    """The last of them into a case; the others are still undecided, and count all the same."""
    form = marit.unfold(marit.part("Decision"), "Accept into a case")
    form.get_by_label("Title of a new case").fill(CASE)
    form.get_by_label("Reason").fill("Eén golf, samen bekijken.")
    marit.press("Accept", among=form)
