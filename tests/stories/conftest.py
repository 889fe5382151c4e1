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
from tests.copies import copied, hold, made_once, state_of
from tests.stories.running import CHECKOUT, MELDPUNT, RunningHouse

from meldpunt.entrypoints.postgres import launcher

FOUND = CHECKOUT / "tests" / "stories" / "found.py"
_NEVER_SHOWN = [
    # The pages that Chromium draws under its own address bar: two more processes for each window.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    # What Playwright turns off itself, in a list that ours replaces.
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
    "Translate",
]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(_NEVER_SHOWN)}",
]


@pytest.fixture(scope="session")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that the workers of this run share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def static_files(together: Path) -> Path:
    """What the pages need beside them, collected once."""
    with hold(together / "static.lock"):
        if not (together / "static").exists():
            _collect(together)
    return together / "static"


def _collect(folder: Path) -> None:
    environment = os.environ | {
        "MELDPUNT_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.demo",
        "PYTHONPATH": str(CHECKOUT / "src"),
    }
    subprocess.run([MELDPUNT[0], "-m", "django", "collectstatic", "--noinput", "-v", "0"], env=environment, check=True)


@dataclass(frozen=True)
class Played:
    """A house in which `meldpunt story` has run, and what it told."""

    house: RunningHouse
    told: str


@dataclass(frozen=True)
class Ground:
    """On which houses are built: a server, a database with the country and its people in it, the files of the pages."""

    server: launcher.Server
    founded: str
    static: Path


@pytest.fixture(scope="session")
def ground(postgres_server: launcher.Server, migrated_template: str, static_files: Path) -> Ground:
    """The country is founded once for every state of the code, and copied from then on."""
    written = (one for one in (CHECKOUT / "src").rglob("*") if one.suffix in {".py", ".toml", ".sql"})
    founded = made_once(
        postgres_server,
        "founded",
        state_of([*written, FOUND], migrated_template),
        of=migrated_template,
        fill=lambda database: RunningHouse(postgres_server, database, static_files.parent).play("tests.stories.found"),
    )
    return Ground(postgres_server, founded, static_files)


@pytest.fixture(scope="package")
def house(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    """A house with its country and people, for all who do not mind what others did in it."""
    with _inhabited(ground, tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.fixture
def quiet_house(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHouse]:
    """A house with its country and people, and nothing that happened yet."""
    with _inhabited(ground, tmp_path_factory.mktemp("quiet")) as running:
        yield running


@pytest.fixture(scope="package")
def played(
    postgres_server: launcher.Server,
    migrated_template: str,
    static_files: Path,
    tmp_path_factory: pytest.TempPathFactory,
    together: Path,
) -> Iterator[Played]:
    """A house after its week, played by the command line."""
    folder = tmp_path_factory.mktemp("played")
    with _standing(postgres_server, migrated_template, static_files, folder) as running:
        with hold(together / "told.lock"):
            done = running.run("story")
            assert done.returncode == 0, done.stderr.decode()[-4000:]
            (together / "told").write_bytes(done.stdout)
        yield Played(running, done.stdout.decode())


@pytest.fixture(scope="package")
def told(request: pytest.FixtureRequest, together: Path) -> str:
    """What the story told, whichever worker played it."""
    with hold(together / "told.lock"):
        told = (together / "told").read_text(encoding="utf-8") if (together / "told").exists() else ""
    if told:
        return told
    played: Played = request.getfixturevalue("played")
    return played.told


@contextmanager
def _inhabited(ground: Ground, folder: Path) -> Iterator[RunningHouse]:
    with _standing(ground.server, ground.founded, ground.static, folder) as running:
        running.start()
        yield running
        assert "raised an exception" not in (folder / "server.log").read_text(), "the server broke inside"


@contextmanager
def _standing(server: launcher.Server, template: str, static: Path, folder: Path) -> Iterator[RunningHouse]:
    """A house on a copy of the template, which nobody entered yet."""
    (folder / "static").symlink_to(static)
    with copied(server, f"house_{os.getpid()}_{folder.name}", of=template) as name:
        running = RunningHouse(server, name, folder)
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium of the machine, headless. Gone after the stories: its loop of events bears no other beside it."""
    names = ("chromium-headless-shell", "chromium", "google-chrome")
    program = os.environ.get("MELDPUNT_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium: the browser tests could not run")
        pytest.skip("no Chromium on this machine: set MELDPUNT_CHROMIUM or install it")
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()
