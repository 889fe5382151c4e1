"""What a case takes over from its reports and from triage. Nobody copies by hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report
from meldpunt.triage import queries as triage_queries

from .. import models
from ..queries.rows import case_row, reports_in, whole_of
from ..rules.working import check_open, check_title, gravest, leading_rsit, report_as_document
from ..values import CaseId, CaseState, DocumentKind, EntryKind
from .writing import change


@deed(Permission.CASE_WRITE)
def refresh_case(actor: Actor, /, *, case: CaseId) -> None:
    """Bring a case up to date: stages and observables that came in since, and what triage says now.

    Raises CaseNotFound, CaseNotOpen.
    """
    row = case_row(case, lock=True)
    check_open(CaseState(row.state))
    for report in reports_in(whole_of(case)):
        gather(actor, row, intake_queries.get_report(actor, report=report))
    take_over(actor, row)
    change(actor, row.id, EntryKind.REFRESHED, "")


def gather(actor: Actor, case: models.Case, report: Report) -> None:
    """The report, its stages and its observables as documents and observables of the case; what is there stays."""
    whole = whole_of(case.id)
    there = models.Observable.objects.filter(case__in=whole, report_id=report.id).values_list("kind", "value")
    known = set(there)
    models.Observable.objects.bulk_create(
        models.Observable(case=case, report_id=report.id, kind=one.kind, value=one.value, added_by=actor.id)
        for one in report.observables
        if (one.kind, one.value) not in known
    )
    kept = models.Document.objects.filter(case__in=whole, report_id=report.id)
    if not kept.filter(kind=DocumentKind.REPORT.value).exists():
        text = report_as_document(report)
        _came_with(actor, case, report, _Text(DocumentKind.REPORT, report.title or report.reference, text))
    later = kept.filter(kind=DocumentKind.STAGE.value).count()
    told = [stage for stage in report.stages if stage.text.strip() or stage.answers]
    for stage in told[later:]:
        answers = [f"{question}: {answer}" for question, answer in stage.answers.items()]
        text = "\n".join([stage.text, *answers]).strip()
        _came_with(actor, case, report, _Text(DocumentKind.STAGE, f"{report.reference} {stage.stage}", text))


def take_over(actor: Actor, case: models.Case) -> None:
    """What triage says of the reports: the nature of the first that was classified, the gravest disruption."""
    reports = reports_in(whole_of(case.id))
    briefs = triage_queries.list_assessments(actor, reports=reports)
    ordered = [briefs[report] for report in reports if report in briefs]
    disruption = gravest(ordered)
    case.rsit = leading_rsit(ordered) or case.rsit
    case.disruption = disruption.value if disruption else ""
    case.save(update_fields=["rsit", "disruption"])


@dataclass(frozen=True, slots=True)
class _Text:
    kind: DocumentKind
    title: str
    text: str


def _came_with(actor: Actor, case: models.Case, report: Report, told: _Text) -> None:
    models.Document(
        case=case,
        kind=told.kind.value,
        title=check_title(told.title),
        text=told.text,
        report_id=report.id,
        written_by=actor.id,
        written_by_name=actor.name,
        written_at=timezone.now(),
    ).save(force_insert=True)
