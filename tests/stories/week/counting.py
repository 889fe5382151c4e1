"""8. The quarter's overview: counted, made safe, attacked, and published."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.stories.walking import Walker
from tests.stories.week.week import Week

from meldpunt.entrypoints.cli.story.steps.arriving import quarter_before


def play(week: Week) -> None:
    """The statistician compiles the last whole quarter; everybody finds it as table, chart and CSV."""
    inez = week.walker("statistician")
    inez.go("/desk/figures")
    inez.click("Compile an overview")
    first, last = quarter_before(datetime.now(ZoneInfo("Europe/Amsterdam")).date())
    inez.page.get_by_label("First day").fill(first.isoformat())
    inez.page.get_by_label("Last day").fill(last.isoformat())
    inez.press("Compile")
    inez.reads("The attacker's check", "passed", "What is hidden, and why")
    assert inez.part("What is hidden, and why").locator("tbody tr").count() > 0 or "x" in inez.words()
    inez.page.get_by_label("Reason").fill("Het kwartaaloverzicht.")
    inez.press("Publish the figures")
    week.found["overview"] = inez.path()
    if "waiting for approval" in inez.words():
        _approve(week)
    _read(week, week.walker("stranger"))


def _approve(week: Week) -> None:
    yara = week.walker("duty-officer")
    yara.go(week.found["overview"])
    yara.page.get_by_label("Reason").fill("De cijfers verraden niemand.")
    yara.press("Approve: tell it")
    week.keep("duty-officer", "De cijfers verraden niemand.")


def _read(week: Week, stranger: Walker) -> None:
    stranger.go("/overview")
    stranger.follow(stranger.page.locator(".public-list a").first)
    table = stranger.page.get_by_role("region", name="Table of the figures")
    assert table.locator("tbody tr").count() > 3
    shown = [cell.strip() for cell in table.locator("tbody td").all_inner_texts()]
    assert "x" in shown, "no small cell is protected"
    chart = stranger.page.get_by_role("main").get_by_role("img")
    assert chart.evaluate("one => one.complete && one.naturalWidth > 0"), "the chart is not drawn"
    week.keep("stranger", "An x is a hidden figure")
    file = stranger.page.locator(".house-files a", has_text=".csv").first
    rows = list(csv.reader(io.StringIO(stranger.download(file).decode("utf-8-sig"))))
    assert len(rows) > 3
    assert any("x" in row for row in rows), "the CSV shows what the table hides"
