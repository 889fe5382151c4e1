"""A house of another country runs under its own law: by a folder of data, and no line of code."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ISLAND = CHECKOUT / "tests" / "law" / "island"
PLAIN = {name: value for name, value in os.environ.items() if not name.startswith(("MELDPUNT_", "DJANGO_", "PYTEST_"))}

UNDER_ITS_LAW = """
from datetime import UTC, date, datetime
from types import SimpleNamespace
from meldpunt.law import Condition, DataKind, Facts, Purpose, RecipientKind, local_day, verdict
from meldpunt.ledger.configuration import parts_of

told = verdict(Facts(date(2026, 3, 30), RecipientKind.ISAC, Purpose.SHARE, frozenset({DataKind.INDICATORS}),
                     frozenset({Condition.OWN_INFORMATION})))
print(told.grounds[0].id, local_day(datetime(2026, 3, 30, 15, tzinfo=UTC)), *parts_of(SimpleNamespace())["law"])
"""
ITS_ZONE = "from meldpunt.entrypoints.settings import house; print(house.TIME_ZONE)"


def run(program: str, *, law: Path, data: Path) -> subprocess.CompletedProcess[str]:
    environment = PLAIN | {"MELDPUNT_LAW": str(law), "MELDPUNT_DATA": str(data)}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_verdicts_days_and_the_ledger_follow_the_law_in_force(tmp_path: Path) -> None:
    said = run(UNDER_ITS_LAW, law=ISLAND, data=tmp_path)
    # At three in the afternoon in Greenwich the next day has begun there.
    files = "xx/2015_harbour.toml xx/2020_island.toml xx/law.toml"
    assert said.stdout == f"island-isac 2026-03-31 {files}\n", said.stderr


def test_instants_are_shown_where_the_law_is_in_force(tmp_path: Path) -> None:
    assert run(ITS_ZONE, law=ISLAND, data=tmp_path).stdout == "Australia/Lord_Howe\n"


def test_a_folder_that_is_no_law_stops_the_house(tmp_path: Path) -> None:
    (tmp_path / "law.toml").write_text('country = "zz"\n')
    refused = run(ITS_ZONE, law=tmp_path, data=tmp_path)
    assert refused.returncode == 1
    assert "LawDataInvalid: law.toml" in refused.stderr


def test_no_room_asks_the_law_of_one_country_by_name() -> None:
    source = CHECKOUT / "src" / "meldpunt"
    rooms = [path for path in source.rglob("*.py") if path.parts[len(source.parts)] not in {"law"}]
    measured = source / "entrypoints" / "cli" / "bench" / "law.py"
    assert [path for path in rooms if path != measured and re.search(r"\bDUTCH\b", path.read_text())] == []
