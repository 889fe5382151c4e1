"""Whether a kept database was made by the migrations of today, so that a demo of before says so and does not break.

Until a version is released its migrations are edited in place, and Django asks only for their names. What each of them
held is noted as the comment of the table in which Django notes that it ran: that comes and goes with the database.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from django.db import connection
from django.db.migrations import Migration, RunSQL
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

_READ = "SELECT obj_description(to_regclass('django_migrations'), 'pg_class')"


def note_migrations() -> tuple[str, ...]:
    """Note what each migration of ours holds, before they run; returns those that ran when they held something else.

    A migration that ran and of which nothing was noted is one of them. Where there are any, nothing is noted.
    """
    loader = MigrationLoader(connection)
    today = {
        f"{label}.{name}": _digest(migration)
        for (label, name), migration in loader.disk_migrations.items()
        if type(migration).__module__.startswith("meldpunt.")
    }
    noted = _noted()
    ran = {f"{label}.{name}" for label, name in loader.applied_migrations}
    others = sorted(one for one in ran & (today.keys() | noted.keys()) if noted.get(one) != today.get(one))
    if not others:
        _note(today)
    return tuple(others)


def _digest(migration: Migration) -> str:
    """Of the module and of the SQL that it reads from files, as it would run."""
    digest = hashlib.sha256(Path(str(sys.modules[type(migration).__module__].__file__)).read_bytes())
    for operation in migration.operations:
        if isinstance(operation, RunSQL):
            digest.update(repr(operation.sql).encode())
    return digest.hexdigest()[:16]


def _noted() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        (comment,) = cursor.fetchone()
    return dict(json.loads(comment)) if comment else {}


def _note(today: dict[str, str]) -> None:
    MigrationRecorder(connection).ensure_schema()
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE django_migrations IS %s", [json.dumps(today)])
