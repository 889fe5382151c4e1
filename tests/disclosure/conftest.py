"""A database of its own for tests in which time has to pass: within one transaction it stands still."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied

from meldpunt.entrypoints.postgres import launcher


@pytest.fixture
def committing(
    postgres_server: launcher.Server,
    migrated_template: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Connects Django to a fresh database, in which every deed is committed."""
    before = connection.settings_dict["NAME"]
    with copied(postgres_server, f"door_{os.getpid()}", of=migrated_template) as name, django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield
        connections.close_all()
        connection.settings_dict["NAME"] = before
