"""Houses that run, and a browser to walk through them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.stories.running import CHECKOUT, MELDPUNT, RunningHouse

from meldpunt.entrypoints.postgres import launcher

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def static_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the pages need beside them, collected once."""
    folder = tmp_path_factory.mktemp("static")
    environment = os.environ | {
        "MELDPUNT_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.demo",
        "PYTHONPATH": str(CHECKOUT / "src"),
    }
    subprocess.run([MELDPUNT[0], "-m", "django", "collectstatic", "--noinput", "-v", "0"], env=environment, check=True)
    return folder / "static"


@pytest.fixture(scope="module")
def house(
    postgres_server: launcher.Server,
    migrated_template: str,
    static_files: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[RunningHouse]:
    """A house with its country and people, and nothing that happened yet."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copytree(static_files, folder / "static")
    name = f"house_{os.getpid()}_{folder.name}"
    launcher.create_database(postgres_server, name, template=migrated_template)
    running = RunningHouse(postgres_server, name, folder)
    try:
        running.play("tests.stories.found")
        running.start()
        yield running
    finally:
        running.stop()
        launcher.drop_database(postgres_server, name)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of the machine, headless."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    program = os.environ.get("MELDPUNT_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: the browser tests could not run")
        pytest.skip("no Chromium on this machine: set MELDPUNT_CHROMIUM or install it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()
