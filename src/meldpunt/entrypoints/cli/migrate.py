"""`meldpunt migrate`: bring the database up to date. Connect as `meldpunt_owner`, the only role that may."""

from __future__ import annotations

import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from meldpunt.triage import laying


def run(arguments: list[str]) -> int:
    """Run all migrations, or those Django's `migrate` is given.

    The demo keeps its data over changes of the code; where these touched a migration that ran, it says so and ends.
    """
    django.setup()
    if settings.DEMO:
        others = _changed_since()
        if others:
            print(
                f"The data kept here were made before {', '.join(others)} changed: "
                "./dev reset removes them, and the next ./dev demo plays the story anew.",
                file=sys.stderr,
            )
            return 1
    call_command("migrate", *arguments, verbosity=1 if arguments else 0)
    if not arguments and not _has_words_of_now():
        print("The list of alarming words changed: meldpunt lines, as meldpunt_owner, sorts the queue by it.")
    return 0


def _changed_since() -> tuple[str, ...]:
    from .kept_database import note_migrations  # noqa: PLC0415 - Django must be set up first

    return note_migrations()


def _has_words_of_now() -> bool:
    connection.ensure_connection()
    return laying.has_words_of_now(connection.connection)
