"""What a person opened. It is theirs alone, so no ledger has it."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake.values import ReportId

from ..values import READ_FOR

_NOTE = """
INSERT INTO triage_reading (id, actor, report_id, at, expires_at) VALUES (gen_random_uuid(), %s, %s, %s, %s)
ON CONFLICT (actor, report_id) DO UPDATE SET at = excluded.at, expires_at = excluded.expires_at
"""


@deed(Permission.TRIAGE_READ)
def note_reading(actor: Actor, /, *, report: ReportId) -> None:
    """Read until something is new about it, or half a year went by. Whoever calls showed it, so the report exists."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [actor.id, report, now, now + READ_FOR])
