"""1. The drinking-water company reports in the portal."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.stories.walking import Walker
from tests.stories.week.week import Week

from meldpunt.entrypoints.cli.story.steps.reporting import TEXT

TITLE = "Besturing van pompgemaal Zuid uitgevallen, mogelijk kwaadwillig"


def play(week: Week) -> None:
    """An early warning; a receipt, three clocks, and a proof that verifies without us."""
    lotte = week.walker("water-security")
    lotte.click("Report an incident", among=lotte.page.get_by_role("navigation"))
    _refused_empty(lotte)
    _fill(lotte)
    lotte.press("Send the report")
    lotte.reads("We received your report", TITLE, "Early warning", "Incident notification", "Final report")
    assert lotte.page.get_by_role("region", name="Statutory clocks").locator("tbody tr").count() == 3
    facts = lotte.page.get_by_role("region", name="Your receipt").inner_text()
    week.found["code"] = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}", facts)[0]  # type: ignore[index]
    lotte.click("To the report")
    week.found["report"] = lotte.path()
    reference = lotte.page.locator("dd").first.inner_text()
    week.found["reference"] = reference
    week.keep("water-security", reference, TITLE, "sent in time")
    week.jobs()
    _prove(week, lotte)


def _refused_empty(lotte: Walker) -> None:
    """Nothing filled in: the page says what is missing, beside the field."""
    lotte.press("Send the report", status=422)
    wrong = lotte.page.locator("[name=title]")
    assert wrong.get_attribute("aria-invalid") == "true"
    assert "id_title_error" in (wrong.get_attribute("aria-describedby") or "")


def _fill(lotte: Walker) -> None:
    page = lotte.page
    page.get_by_label("What is going on?").fill(TITLE)
    page.get_by_label("What do you know now?").fill(TEXT)
    aware = datetime.now(ZoneInfo("Europe/Amsterdam")) - timedelta(hours=5)
    page.get_by_label("When did you become aware of it?").fill(aware.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("group", name="Is your service severely disrupted").get_by_label("Yes").check()
    page.get_by_role("group", name="Do you think it was done on purpose, or unlawfully?").get_by_label("Yes").check()
    page.get_by_label("Files").set_input_files(
        {"name": "bedienplek.log", "mimeType": "text/plain", "buffer": b"07:00:02 besturing antwoordt niet\n"}
    )


def _prove(week: Week, lotte: Walker) -> None:
    proofs = week.house.folder / "report.proofs.jsonl"
    proofs.write_bytes(lotte.download(lotte.page.get_by_role("link", name="Download the proofs")))
    verified = week.house.run("ledger", "verify", str(proofs))
    assert verified.returncode == 0, verified.stdout.decode()
    assert b"report-received" in verified.stdout or b"received" in verified.stdout
