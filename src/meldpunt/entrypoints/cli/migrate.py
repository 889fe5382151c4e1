"""`meldpunt migrate`: bring the database up to date. Connect as `meldpunt_owner`, the only role that may."""

from __future__ import annotations

import django
from django.core.management import call_command


def run(arguments: list[str]) -> int:
    """Run all migrations, or those Django's `migrate` is given."""
    django.setup()
    call_command("migrate", *arguments, verbosity=1 if arguments else 0)
    return 0
