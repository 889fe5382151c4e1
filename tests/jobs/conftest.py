"""A database of its own for workers, which run in processes of their own and commit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied

from meldpunt.entrypoints.postgres import launcher


@pytest.fixture
def own_database(
    postgres_server: launcher.Server,
    migrated_template: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """The name of a fresh database that Django and the workers of one test are connected to."""
    before = connection.settings_dict["NAME"]
    copy = copied(postgres_server, f"jobs_{os.getpid()}", of=migrated_template)
    with copy as name, django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield name
        connections.close_all()
        connection.settings_dict["NAME"] = before


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where a worker inside this process keeps its keys."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path


@pytest.fixture(params=["meldpunt_app", "meldpunt_jobs"])
def environment(
    request: pytest.FixtureRequest, postgres_server: launcher.Server, own_database: str, tmp_path: Path
) -> dict[str, str]:
    """How a worker finds that database: as in the demo, and as in production."""
    return os.environ | {
        "MELDPUNT_DATABASE_URL": postgres_server.dsn(request.param, own_database),
        "MELDPUNT_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.testing",
        "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src"),
    }
