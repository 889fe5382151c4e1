"""Somebody looks through reports one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake.values import ReportId

from .. import models
from ..errors import ReviewNotFound
from ..values import KEPT_FOR, MOST_REVIEWED, ReviewId


@deed(Permission.TRIAGE_DECIDE)
def begin_review(actor: Actor, /, *, reports: Sequence[ReportId], asked: str) -> ReviewId:
    """Look through these in this order, the first two hundred; `asked` is how the queue was narrowed."""
    now = timezone.now()
    row = models.Review(
        actor=actor.id, asked=asked[:2000], reports=list(reports[:MOST_REVIEWED]), at=now, expires_at=now + KEPT_FOR
    )
    row.save(force_insert=True)
    return ReviewId(row.id)


@deed(Permission.TRIAGE_DECIDE)
def skip_report(actor: Actor, /, *, review: ReviewId, report: ReportId) -> None:
    """Leave it as it is, and go on with the next. Raises ReviewNotFound."""
    row = models.Review.objects.select_for_update().filter(id=review).first()
    if row is None or report not in row.reports:
        raise ReviewNotFound("no such review of this actor")
    if report not in row.skipped:
        row.skipped = [*row.skipped, report]
        row.save(update_fields=["skipped"])
