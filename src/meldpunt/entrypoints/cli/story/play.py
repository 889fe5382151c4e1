"""`meldpunt story`: the week, step by step, on a database of its own unless `MELDPUNT_DATABASE_URL` names one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.core.management import call_command
from django.db import connection

from meldpunt.entrypoints.postgres import launcher

OWN = "story"


def run(arguments: list[str]) -> int:
    """Play the story in the terminal and print each step with what it changed."""
    if arguments:
        print("meldpunt story takes no arguments", file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "meldpunt.entrypoints.settings.demo"
    if "MELDPUNT_DATABASE_URL" in os.environ:
        django.setup()
        _play()
        return 0
    with _database_of_its_own():
        _play()
    return 0


def _play() -> None:
    from .steps.all import play_all  # noqa: PLC0415 - Django must be set up first

    play_all(print)


@contextmanager
def _database_of_its_own() -> Iterator[None]:
    server = launcher.start()
    name = f"{OWN}_{os.getpid()}"
    launcher.create_database(server, name)
    try:
        os.environ["MELDPUNT_DATABASE_URL"] = server.dsn("meldpunt_owner", name)
        django.setup()
        call_command("migrate", verbosity=0)
        connection.close()
        connection.settings_dict["USER"] = "meldpunt_app"
        yield
        connection.close()
    finally:
        launcher.drop_database(server, name)
