"""A real PostgreSQL for every test that asks, entered as `meldpunt_app`, which owns nothing.

A migrated template is made once per state of the migrations and kept; each worker gets a copy.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied, made_once, state_of

from meldpunt.entrypoints.postgres import launcher

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "meldpunt"
LONG = (
    "tests/stories/test_story.py",
    "tests/stories/test_pages.py",
    "tests/stories/test_without_a_mouse.py",
    "tests/stories/",
)

# How long an example takes says how busy the machine is. The rest stays, also what Hypothesis sets where CI is.
settings.register_profile("house", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("deep", parent=settings.get_profile("house"))
settings.load_profile("house")


def shared_folder() -> Path | None:
    """Where the real material lies: `MELDPUNT_SHARED`, or `shared` beside the checkout."""
    folder = Path(os.environ.get("MELDPUNT_SHARED", CHECKOUT.parent / "shared"))
    return folder if (folder / "data").is_dir() else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real material of others; a test that needs it cannot run without."""
    folder = shared_folder()
    if folder is None:
        if os.environ.get("CI") == "true":
            pytest.fail("the folder `shared` with the real material is not beside the checkout")
        pytest.skip("the folder `shared` with the real material is not beside the checkout")
    return folder / "data"


@pytest.fixture(scope="session")
def postgres_server() -> launcher.Server:
    """The server of the tests, found or started; it gives up durability for speed."""
    return launcher.start(unsafe=True)


@pytest.fixture(scope="session")
def migrated_template(postgres_server: launcher.Server) -> str:
    """The name of a database in which every migration of today has run."""
    written = [*SOURCE.rglob("migrations/*.py"), *SOURCE.rglob("*.sql"), *CHECKOUT.glob("requirements/*.txt")]
    return made_once(
        postgres_server,
        "template",
        state_of(written),
        of=None,
        fill=lambda database: _migrate(postgres_server.dsn("meldpunt_owner", database)),
    )


@pytest.fixture(scope="session")
def django_db_setup(
    postgres_server: launcher.Server, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the template for this worker."""
    from django.db import connection

    with copied(postgres_server, f"test_{os.getpid()}", of=migrated_template) as name, django_db_blocker.unblock():
        connection.settings_dict.update(
            NAME=name,
            HOST=str(postgres_server.socket_directory),
            USER="meldpunt_app",
            PORT="",
            CONN_MAX_AGE=0,
        )
        yield
        connection.close()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by their argument: a file that carries its time would be another test for each worker."""
    return argname if isinstance(val, bytes) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, and the cast in the middle, where the second of two workers begins.

    What is left to the end is short, so that no worker waits long for the other.
    """
    for beginning in reversed(LONG):
        items.sort(key=lambda item: not item.nodeid.startswith(beginning))
    cast = [item for item in items if item.nodeid.startswith("tests/cast/")]
    others = [item for item in items if not item.nodeid.startswith("tests/cast/")]
    middle = len(items) // 2
    items[:] = [*others[:middle], *cast, *others[middle:]]


def pytest_collection_finish() -> None:
    """What was imported stays: the collector of garbage need not look at it again and again, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _migrate(dsn: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v", "0"],
        env=os.environ
        | {
            "MELDPUNT_DATABASE_URL": dsn,
            "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing",
            "PYTHONPATH": str(CHECKOUT / "src"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.exit(f"the migrations do not run:\n{done.stderr[-4000:]}", returncode=1)
