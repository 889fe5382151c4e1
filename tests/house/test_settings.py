"""The settings of a real installation fail closed."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

HOUSE = {
    name: value for name, value in os.environ.items() if not name.startswith(("MELDPUNT_", "DJANGO_", "PYTEST_"))
} | {"DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.house"}
SAID = {
    "MELDPUNT_CSIRT_PHONE": "+31 30 111 2222",
    "MELDPUNT_CSIRT_MAIL": "dag@sectormeldpunt.example",
    "MELDPUNT_LEDGER_ORIGIN": "sectormeldpunt.example/ledger",
}


def run(folder: Path, *arguments: str, **said: str) -> subprocess.CompletedProcess[str]:
    environment = HOUSE | said | {"MELDPUNT_DATA": str(folder)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_django_finds_nothing_left_open_in_the_settings_of_the_house(tmp_path: Path) -> None:
    checked = run(tmp_path, "-m", "django", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "1 silenced" in checked.stdout


@pytest.mark.parametrize("verb", ["serve", "jobs"])
@pytest.mark.parametrize("forgotten", SAID)
def test_no_door_opens_while_the_installation_has_not_said_who_it_is(tmp_path: Path, verb: str, forgotten: str) -> None:
    said = {name: value for name, value in SAID.items() if name != forgotten}
    refused = run(tmp_path, "-m", "meldpunt.entrypoints.cli.main", verb, **said)
    assert refused.returncode == 1
    assert refused.stderr == f"Set first: {forgotten} (see UPGRADING.md).\n"


def test_doors_that_start_together_share_one_secret(tmp_path: Path) -> None:
    asked = "from meldpunt.entrypoints.settings import house; print(house.SECRET_KEY)"
    with ThreadPoolExecutor(4) as doors:
        found = {one.stdout for one in doors.map(lambda _: run(tmp_path, "-c", asked), range(4))}
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("said", ["*", "proxy.example", "10.0.0.1/8"])
def test_no_door_opens_that_would_believe_proxies_it_cannot_tell_apart(tmp_path: Path, said: str) -> None:
    refused = run(tmp_path, "-m", "meldpunt.entrypoints.cli.main", "serve", **SAID, MELDPUNT_PROXIES=said)
    assert refused.returncode == 1
    assert "ValueError" in refused.stderr
