"""What a case takes over from its reports and from triage. Nobody copies by hand."""

from __future__ import annotations

import uuid
from uuid import UUID

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, StageLine
from meldpunt.triage import queries as triage_queries

from .. import models
from ..queries.rows import case_row, holders_in, reports_in, whole_of
from ..rules.working import check_open, gravest, leading_rsit
from ..values import CaseId, CaseState, DocumentKind, EntryKind
from .writing import change


@deed(Permission.CASE_WRITE)
def refresh_case(actor: Actor, /, *, case: CaseId) -> None:
    """Bring a case up to date: stages and observables that came in since, and what triage says now.

    Raises CaseNotFound, CaseNotOpen.
    """
    row = case_row(case, lock=True)
    check_open(CaseState(row.state))
    for report, holds in holders_in(whole_of(case)).items():
        gather(actor, holds, intake_queries.get_report(actor, report=report))
    take_over(actor, row)
    change(actor, row.id, EntryKind.REFRESHED, "")


def gather(actor: Actor, case: UUID, report: Report) -> None:
    """The report, its stages and its observables as documents and observables of the case; what is there stays.

    `case` is the one that holds the report, also where it was merged into another: a split takes all of it along. A
    document of a report holds no word of it: intake keeps those, and says who may read them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_gather_observables(%s, %s, %s)", [case, report.id, uuid.uuid4()])
    kept = models.Document.objects.filter(case=case, report_id=report.id)
    known = set(kept.values_list("stage_id", flat=True))
    if None not in known:
        _came_with(actor, case, report, None)
    for stage in report.stages:
        if (stage.text.strip() or stage.answers) and stage.id not in known:
            _came_with(actor, case, report, stage)


def take_over(actor: Actor, case: models.Case) -> None:
    """What triage says of the reports: the nature of the first that was classified, the gravest disruption."""
    reports = reports_in(whole_of(case.id))
    briefs = triage_queries.list_assessments(actor, reports=reports)
    ordered = [briefs[report] for report in reports if report in briefs]
    disruption = gravest(ordered)
    case.rsit = leading_rsit(ordered) if reports else case.rsit
    case.disruption = disruption.value if disruption else ""
    case.save(update_fields=["rsit", "disruption"])


def _came_with(actor: Actor, case: UUID, report: Report, stage: StageLine | None) -> None:
    models.Document(
        case_id=case,
        kind=(DocumentKind.STAGE if stage else DocumentKind.REPORT).value,
        title=f"{report.reference} {stage.stage}" if stage else report.reference,
        report_id=report.id,
        stage_id=stage.id if stage else None,
        written_by=actor.id,
        written_by_name=actor.name,
        written_at=timezone.now(),
    ).save(force_insert=True)
