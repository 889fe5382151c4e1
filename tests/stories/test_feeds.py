"""Somebody brings a CSV that nobody knows: its columns are mapped once in the browser, with scripts and without."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.stories.looking import Looked
from tests.stories.running import RunningHouse
from tests.stories.walking import Walker, enter

CSV = "Seen;Machine;Kind\n20-07-2026 05:04;192.0.2.9;zombie\n20-07-2026 05:05;192.0.2.10;spook\n"


def mapped(walker: Walker, folder: Path, source: str) -> None:
    """Hand in a sample, and say what its columns are as far as no guess did."""
    # A sample of its own for each source: two mappings of the same columns and names would fit the same file.
    sample = folder / f"{source}.csv"
    sample.write_text(CSV.replace("Machine", source))
    walker.go("/desk/feeds")
    walker.click("Map the columns of a source")
    walker.page.set_input_files("[name=file]", sample)
    walker.press("Show its columns")
    walker.page.get_by_label("Name of the source").fill(source)


@pytest.mark.parametrize(("cast", "script"), [("analyst", True), ("duty-officer", False)])
def test_a_csv_is_mapped_once_and_read_from_then_on(
    house: RunningHouse, browser: Browser, tmp_path: Path, cast: str, *, script: bool
) -> None:
    marit = enter(house, browser, Looked(), script=script)
    marit.come_in(cast)
    source = f"noordzee {'een' if script else 'twee'}"
    mapped(marit, tmp_path, source)
    read = marit.page.locator("#live")
    assert "192[.]0[.]2[.]9" in read.inner_text()
    marit.page.get_by_label("How times are written").select_option("day-first")
    marit.page.get_by_label("zombie").select_option("malicious-code/infected-system")
    if not script:
        marit.press("Show how it is read")
    expect(read).to_contain_text("Infected System")
    expect(read).not_to_contain_text("not as the mapping says")
    marit.press("Keep this mapping")
    marit.reads("From now on files of this source are read so.", source)
    marit.click("Hand in a file")
    marit.page.set_input_files("[name=file]", tmp_path / f"{source}.csv")
    marit.press("Receive")
    marit.reads("with it the report can be followed")
    marit.click("To the triage of this report")
    marit.reads("2 rows, 2 could be read", "CSV, by its mapping", source)
    marit.click("All rows")
    marit.reads("192[.]0[.]2[.]10", "Infected System", "Undetermined")
    marit.leave()
