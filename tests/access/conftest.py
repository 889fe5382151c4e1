"""A database of its own for tests of logging in, which commits what it counts."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied

from meldpunt.entrypoints.postgres import launcher


@pytest.fixture(scope="module")
def own_database(
    postgres_server: launcher.Server,
    migrated_template: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Connects Django to a fresh database for the tests of one module; its name."""
    before = connection.settings_dict["NAME"]
    name = f"access_{os.getpid()}"
    with copied(postgres_server, name, of=migrated_template), django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield name
        connections.close_all()
        connection.settings_dict["NAME"] = before
