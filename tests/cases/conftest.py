"""A database of its own for people who press at the same moment: each has a connection, and what they do stays."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied

from meldpunt.entrypoints.postgres import launcher


@pytest.fixture
def own_database(
    postgres_server: launcher.Server, migrated_template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The name of a fresh database that Django, in every thread, is connected to."""
    before = connection.settings_dict["NAME"]
    with copied(postgres_server, f"cases_{os.getpid()}", of=migrated_template) as name, django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield name
        connections.close_all()
        connection.settings_dict["NAME"] = before
