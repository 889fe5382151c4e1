"""Houses that run, and a browser to walk through them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Played:
    """A house in which `meldpunt story` has run, and what it told."""

    house: RunningHouse
    told: str


@pytest.fixture(scope="module")
def house(
    postgres_server: launcher.Server,
    migrated_template: str,
    static_files: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[RunningHouse]:
    """A house with its country and people, and nothing that happened yet."""
    folder = tmp_path_factory.mktemp("house")
    with _standing(postgres_server, migrated_template, static_files, folder) as running:
        running.play("tests.stories.found")
        running.start()
        yield running
        assert "raised an exception" not in (folder / "server.log").read_text(), "the server broke inside"


@pytest.fixture(scope="session")
def played(
    postgres_server: launcher.Server,
    migrated_template: str,
    static_files: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Played]:
    """A house after its week, played by the command line."""
    folder = tmp_path_factory.mktemp("played")
    with _standing(postgres_server, migrated_template, static_files, folder) as running:
        done = running.run("story")
        assert done.returncode == 0, done.stderr.decode()[-4000:]
        yield Played(running, done.stdout.decode())


@contextmanager
def _standing(server: launcher.Server, template: str, static: Path, folder: Path) -> Iterator[RunningHouse]:
    """A house on a copy of the template; nobody lives in it yet."""
    shutil.copytree(static, folder / "static")
    name = f"house_{os.getpid()}_{folder.name}"
    launcher.create_database(server, name, template=template)
    running = RunningHouse(server, name, folder)
    try:
        yield running
    finally:
        running.stop()
        launcher.drop_database(server, name)


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
