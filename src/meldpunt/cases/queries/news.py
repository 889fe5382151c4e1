"""What reporters added after their report was accepted, until the case takes it over."""

from __future__ import annotations

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.intake.values import ReportId, Stage

from ..values import CaseId, News
from .rows import statement


@look(Permission.CASE_READ)
def list_news(viewer: Actor, /, *, case: CaseId | None = None) -> tuple[News, ...]:
    """The newest hundred, of one case with what was merged into it, or of all; each under the case that goes on."""
    with connection.cursor() as cursor:
        cursor.execute(statement("news.sql"), {"only": case})
        return tuple(
            News(CaseId(top), ReportId(report), reference, Stage(stage), at)
            for top, report, reference, stage, at in cursor.fetchall()
        )
