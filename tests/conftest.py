"""A real PostgreSQL for every test that asks, entered as `meldpunt_app`, which owns nothing.

A migrated template is made once per state of the migrations and kept; each worker gets a copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from pytest_django.plugin import DjangoDbBlocker

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER

CHECKOUT = Path(__file__).resolve().parents[1]
SOURCE = CHECKOUT / "src" / "meldpunt"


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
    name = f"template_{_state_of_migrations()}"
    with _lock(postgres_server.folder / "template.lock"):
        if not _exists(postgres_server, name):
            launcher.create_database(postgres_server, f"{name}_unfinished")
            _migrate(postgres_server.dsn("meldpunt_owner", f"{name}_unfinished"))
            _rename(postgres_server, f"{name}_unfinished", name)
    return name


@pytest.fixture(scope="session")
def django_db_setup(
    postgres_server: launcher.Server, migrated_template: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the template for this worker."""
    from django.db import connection

    name = f"test_{os.getpid()}"
    with _lock(postgres_server.folder / "template.lock"):
        launcher.create_database(postgres_server, name, template=migrated_template)
    with django_db_blocker.unblock():
        connection.settings_dict.update(
            NAME=name,
            HOST=str(postgres_server.socket_directory),
            USER="meldpunt_app",
            PORT="",
            CONN_MAX_AGE=0,
        )
        yield
        connection.close()
    launcher.drop_database(postgres_server, name)


def _state_of_migrations() -> str:
    digest = hashlib.sha256()
    for path in sorted(
        [*SOURCE.rglob("migrations/*.py"), *SOURCE.rglob("*.sql"), *CHECKOUT.glob("requirements/*.txt")]
    ):
        digest.update(str(path.relative_to(CHECKOUT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


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


class _lock:  # noqa: N801
    """Held by one process at a time; the kernel lets go of it when its holder dies."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        self.file = self.path.open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


def _exists(server: launcher.Server, name: str) -> bool:
    with psycopg.connect(server.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}_unfinished" WITH (FORCE)')
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None


def _rename(server: launcher.Server, before: str, after: str) -> None:
    with psycopg.connect(server.dsn(SUPERUSER, SUPERUSER), autocommit=True) as connection:
        old = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'").fetchall()
        for (name,) in old:
            if name != before:
                connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'ALTER DATABASE "{before}" RENAME TO "{after}"')
