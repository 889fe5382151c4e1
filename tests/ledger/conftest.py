"""A database of its own for tests that commit, so that nothing they leave is seen by another test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

from meldpunt.entrypoints.postgres import launcher


@pytest.fixture(autouse=True)
def key_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys made in a test stay in its own folder."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path


@pytest.fixture
def owner_dsn(
    postgres_server: launcher.Server,
    migrated_template: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Connects Django to a fresh database and gives the address by which its owner enters."""
    name, before = f"ledger_{os.getpid()}", connection.settings_dict["NAME"]
    launcher.drop_database(postgres_server, name)
    launcher.create_database(postgres_server, name, template=migrated_template)
    with django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield postgres_server.dsn("meldpunt_owner", name)
        connections.close_all()
        connection.settings_dict["NAME"] = before
    launcher.drop_database(postgres_server, name)
