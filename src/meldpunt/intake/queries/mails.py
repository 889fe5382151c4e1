"""The mails of reports, as far as they are unsealed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..mail.robots import Unanswered
from ..mail_values import MailLine
from ..values import ReportId, StageId

_MOST: Final = 50


@look(Permission.REPORT_READ)
def list_mails(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, tuple[MailLine, ...]]:
    """The mails that came in, of each report that has any which the viewer may see, oldest first."""
    found: defaultdict[ReportId, list[MailLine]] = defaultdict(list)
    rows = models.Mail.objects.filter(report_id__in=list(reports)).select_related("refers_to")
    for row in rows.order_by("at", "id"):
        found[ReportId(row.report_id)].append(_line(row))
    return {report: tuple(lines) for report, lines in found.items()}


@look(Permission.REPORT_READ)
def list_referring(viewer: Actor, /, *, report: ReportId) -> tuple[tuple[ReportId, str], ...]:
    """The reports that came by a mail which says it belongs to this one, and was not let in; with their references."""
    rows = models.Mail.objects.filter(refers_to=report).order_by("at", "id").select_related("report")
    return tuple((ReportId(row.report_id), row.report.reference) for row in rows[:_MOST])


def _line(row: models.Mail) -> MailLine:
    return MailLine(
        at=row.at,
        stage=StageId(row.stage_id) if row.stage_id else None,
        envelope_sender=row.envelope_sender,
        unanswered=Unanswered(row.unanswered) if row.unanswered else None,
        refers_to=ReportId(row.refers_to.id) if row.refers_to else None,
        refers_to_reference=row.refers_to.reference if row.refers_to else "",
    )
