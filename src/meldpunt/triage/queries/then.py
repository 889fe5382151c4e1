"""A report as it was known at an instant, and what came since."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId

from .. import models
from ..rules import then as rules
from ..values import By, Then
from .assessments import list_versions
from .consultations import list_consultations
from .rows import decisions_of


@look(Permission.TRIAGE_READ)
def get_then(viewer: Actor, /, *, report: ReportId, at: datetime) -> Then:
    """What the desk knew and had decided at that instant; of a moment to come, what it knows now.

    Masked as the viewer may read it now. Raises ReportNotFound.
    """
    return rules.as_known(
        intake_queries.get_report(viewer, report=report),
        versions=list_versions(viewer, report=report),
        consultations=list_consultations(viewer, report=report),
        decisions=decisions_of(report),
        holders=_holders(report),
        at=min(at, timezone.now()),
    )


def _holders(report: ReportId) -> list[tuple[datetime, By | None]]:
    rows = models.Holding.objects.filter(report_id=report).order_by("at", "id")
    return [(row.at, By(ActorId(row.actor), row.name, row.at) if row.actor else None) for row in rows]
