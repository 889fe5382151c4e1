"""A database of one's own for the length of a command, so that it leaves the demo's data as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command
from django.db import connection

from meldpunt.entrypoints.postgres import launcher


@contextmanager
def database_of_its_own(purpose: str) -> Iterator[None]:
    """Django set up on a migrated, empty database that is dropped afterwards; processes started within find it.

    A server that we found running goes on, and one that we started does not.
    """
    found = launcher.is_running()
    server = launcher.start()
    name = f"{purpose}_{os.getpid()}"
    launcher.create_database(server, name)
    try:
        os.environ["MELDPUNT_DATABASE_URL"] = server.dsn("meldpunt_owner", name)
        django.setup()
        call_command("migrate", verbosity=0)
        connection.close()
        connection.settings_dict["USER"] = "meldpunt_app"
        os.environ["MELDPUNT_DATABASE_URL"] = server.dsn("meldpunt_app", name)
        yield
        connection.close()
    finally:
        launcher.drop_database(server, name)
        if not found:
            launcher.stop()
