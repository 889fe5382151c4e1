"""One writer per report at a time, so that nobody overwrites what a colleague wrote a moment ago."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def hold(report: UUID) -> None:
    """Wait for whoever is deciding about this report, and let others wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('triage:' || %s, 0))", [str(report)])
