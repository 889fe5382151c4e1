"""A database of its own for tests that commit, so that nothing they leave is seen by another test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied

from meldpunt.entrypoints.postgres import launcher


@pytest.fixture(autouse=True)
def key_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keys made in a test stay in its own folder."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def own_database(postgres_server: launcher.Server, migrated_template: str, django_db_setup: None) -> Iterator[str]:
    """The name of a fresh database for the tests of one module."""
    with copied(postgres_server, f"ledger_{os.getpid()}", of=migrated_template) as name:
        yield name


@pytest.fixture
def owner_dsn(postgres_server: launcher.Server, own_database: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Connects Django to a database with an empty ledger; the address by which its owner enters."""
    before = connection.settings_dict["NAME"]
    dsn = postgres_server.dsn("meldpunt_owner", own_database)
    with psycopg.connect(dsn) as owner:
        owner.execute("TRUNCATE ledger_entry, ledger_node, ledger_checkpoint CASCADE")
    with django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = own_database
        yield dsn
        connections.close_all()
        connection.settings_dict["NAME"] = before
