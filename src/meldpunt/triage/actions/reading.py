"""What a person opened. It is theirs alone, so no ledger has it."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake.values import ReportId

_NOTE = """
INSERT INTO triage_reading (id, actor, report_id, at) VALUES (gen_random_uuid(), %s, %s, %s)
ON CONFLICT (actor, report_id) DO UPDATE SET at = excluded.at
"""


@deed(Permission.TRIAGE_READ)
def note_reading(actor: Actor, /, *, report: ReportId) -> None:
    """It is read, until something is new about it. The report exists: whoever calls this showed it."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [actor.id, report, timezone.now()])
