"""Cases and documents in lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Disruption
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import DocumentNotFound
from ..rules.wording import page_number, pattern_of
from ..values import (
    CaseFilters,
    CaseId,
    CaseLine,
    CasePage,
    CaseState,
    Document,
    DocumentId,
    DocumentKind,
    DocumentLine,
)
from .rows import document_from, documents_from, inside, rsit_name, titles_of, top_of, tops_of, whole_of, wholes_of

PAGE = 50
_OPEN = CaseFilters()
_Of = TypeVar("_Of")


@look(Permission.CASE_READ)
def list_cases(viewer: Actor, /, *, filters: CaseFilters = _OPEN, page: int = 1) -> CasePage:
    """Fifty cases, newest first; without filters the open ones."""
    rows = _filtered(viewer, filters)
    total, number = rows.count(), page_number(page)
    found = rows.order_by("-opened_at", "-id")[PAGE * (number - 1) : PAGE * number]
    return CasePage(lines_from(viewer, found), number, max(1, -(-total // PAGE)), total)


@look(Permission.CASE_READ)
def list_by_ids(viewer: Actor, /, *, cases: Collection[UUID]) -> dict[CaseId, CaseLine]:
    """The lines of these cases."""
    lines = lines_from(viewer, models.Case.objects.filter(id__in=list(cases)))
    return {line.id: line for line in lines}


@look(Permission.CASE_READ)
def list_due(viewer: Actor, /, *, cases: Collection[CaseId]) -> dict[CaseId, datetime]:
    """When the first statutory clock of the reports in each of these cases runs out; cases without one are left out.

    Accepting a report does not stop its clock, and it is no longer in the queue where everybody would see it; nor does
    merging its case into another.
    """
    found = [(case, report) for case, reports in _reports_of(wholes_of(cases)).items() for report in reports]
    lines = triage_queries.list_lines(viewer, reports={report for _, report in found})
    due: dict[CaseId, datetime] = {}
    for case, report in found:
        line = lines.get(ReportId(report))
        if line and line.due and line.due.deadline:
            due[CaseId(case)] = min(line.due.deadline, due.get(CaseId(case), line.due.deadline))
    return due


@look(Permission.CASE_READ)
def find_case_of(viewer: Actor, /, *, report: ReportId) -> CaseLine | None:
    """The case a report is in, where the work on it goes on; None where it is in none."""
    row = models.CaseReport.objects.filter(report_id=report, taken_out_at=None).first()
    if row is None:
        return None
    (line,) = lines_from(viewer, models.Case.objects.filter(id=top_of(row.case_id)))
    return line


@look(Permission.CASE_READ)
def list_in_closed(viewer: Actor, /, *, reports: Collection[UUID]) -> frozenset[ReportId]:
    """Those of these reports on which the work was closed, with the case that it went on in."""
    placed = models.CaseReport.objects.filter(report_id__in=list(reports), taken_out_at=None)
    cases = dict(placed.values_list("report_id", "case_id"))
    tops = tops_of(set(cases.values())) if cases else {}
    closed = models.Case.objects.filter(id__in=set(tops.values()), state=CaseState.CLOSED.value)
    ended = set(closed.values_list("id", flat=True))
    return frozenset(ReportId(report) for report, case in cases.items() if tops.get(case, case) in ended)


@look(Permission.CASE_READ)
def list_documents(
    viewer: Actor, /, *, case: CaseId | None = None, text: str = "", page: int = 1
) -> tuple[DocumentLine, ...]:
    """Fifty documents, newest first: of one case with all that was merged into it, or of all; with these words."""
    rows = current_documents(whole_of(case)) if case else models.Document.objects.all()
    if text.strip():
        rows = rows.filter(_holding(clean_text(text)))
    first = PAGE * (page_number(page) - 1)
    return documents_from(viewer, rows.defer("text").order_by("-written_at", "-id")[first : first + PAGE])


@look(Permission.CASE_READ)
def get_document(viewer: Actor, /, *, document: DocumentId) -> Document:
    """One document, what came with a report masked where the report is sealed. Raises DocumentNotFound."""
    row = _document_row(document)
    report = intake_queries.get_report(viewer, report=ReportId(row.report_id)) if row.report_id else None
    return document_from(row, report)


@look(Permission.INFORMATION_REQUEST_HANDLE)
def get_whole_document(viewer: Actor, /, *, document: DocumentId) -> Document:
    """One document as it was told, for who weighs it passage by passage. Raises DocumentNotFound."""
    row = _document_row(document)
    report = intake_queries.get_whole_report(viewer, report=ReportId(row.report_id)) if row.report_id else None
    return document_from(row, report)


def _document_row(document: DocumentId) -> models.Document:
    row = models.Document.objects.filter(id=document).first()
    if row is None:
        raise DocumentNotFound("no such document")
    return row


def _holding(words: str) -> Q:
    """Documents with these words, those of a report as far as the viewer may read it."""
    told = RawSQL("SELECT intake_find_reports(%s)", [pattern_of(words)])
    return Q(title__icontains=words) | Q(text__icontains=words) | Q(kind=DocumentKind.REPORT.value, report_id__in=told)


def current_documents(cases: Collection[UUID]) -> QuerySet[models.Document]:
    """Documents of these cases; those of a report only while the report is in the same one."""
    return models.Document.objects.filter(Q(report=None) | inside(), case__in=list(cases))


def lines_from(viewer: Actor, rows: Iterable[models.Case]) -> tuple[CaseLine, ...]:
    """Lines in the order of the rows; reports and tasks are those of the whole, with what was merged into it."""
    found = list(rows)
    wholes = wholes_of(row.id for row in found)
    reports, tasks = _reports_of(wholes), _open_tasks_of(wholes)
    about = [row.organisation_id for row in found if row.organisation_id]
    organisations = constituency_queries.list_by_ids(viewer, organisations=about)
    titles = titles_of(found)
    return tuple(
        CaseLine(
            id=CaseId(row.id),
            reference=row.reference,
            title=titles[row.id],
            state=CaseState(row.state),
            rsit=row.rsit,
            rsit_name=rsit_name(row.rsit),
            sector=row.sector,
            organisation=organisations.get(OrganisationId(row.organisation_id)) if row.organisation_id else None,
            disruption=Disruption(row.disruption) if row.disruption else None,
            opened_at=row.opened_at,
            reports=len(reports[row.id]),
            open_tasks=len(tasks[row.id]),
            next_due_at=min(filter(None, tasks[row.id]), default=None),
        )
        for row in found
    )


def _reports_of(wholes: Mapping[UUID, Collection[UUID]]) -> dict[UUID, list[UUID]]:
    """The reports in each whole."""
    parts = {part for whole in wholes.values() for part in whole}
    rows = models.CaseReport.objects.filter(case__in=parts, taken_out_at=None).values_list("case_id", "report_id")
    return _over(wholes, rows)


def _open_tasks_of(wholes: Mapping[UUID, Collection[UUID]]) -> dict[UUID, list[datetime | None]]:
    """When each open task in each whole is due."""
    parts = {part for whole in wholes.values() for part in whole}
    rows = models.Task.objects.filter(case__in=parts, done_at=None).values_list("case_id", "due_at")
    return _over(wholes, rows)


def _over(wholes: Mapping[UUID, Collection[UUID]], rows: Iterable[tuple[UUID, _Of]]) -> dict[UUID, list[_Of]]:
    """What is in the parts of each whole."""
    held: defaultdict[UUID, list[_Of]] = defaultdict(list)
    for part, one in rows:
        held[part].append(one)
    return {case: [one for part in whole for one in held[part]] for case, whole in wholes.items()}


def _filtered(viewer: Actor, filters: CaseFilters) -> QuerySet[models.Case]:
    rows = models.Case.objects.all()
    if filters.state:
        rows = rows.filter(state=filters.state.value)
    if filters.disruption:
        rows = rows.filter(disruption=filters.disruption.value)
    about = _about(viewer, filters)
    if not about:
        return rows
    # What was merged is found in the case where the work goes on.
    merged = models.Case.objects.filter(about, state=CaseState.MERGED.value).values_list("id", flat=True)
    return rows.filter(about | Q(id__in=set(tops_of(merged).values())))


def _about(viewer: Actor, filters: CaseFilters) -> Q:
    """What a case itself must be about."""
    about = Q()
    if filters.sector:
        about &= Q(sector=clean_text(filters.sector))
    if filters.organisation:
        about &= Q(organisation_id=filters.organisation)
    if filters.is_mine:
        mine = models.Task.objects.filter(owner=viewer.id, done_at=None).values("case_id")
        about &= Q(opened_by=viewer.id) | Q(id__in=mine)
    words = clean_text(filters.text)
    if words:
        about &= _telling_of(words)
    return about


def _telling_of(words: str) -> Q:
    """Cases with these words in their title or documents, with this value, or of this reference."""
    named = models.Document.objects.filter(_holding(words)).values("case_id")
    seen = models.Observable.objects.filter(value=words.casefold()).values("case_id")
    return (
        Q(title__icontains=words)
        | Q(titled_after__title__icontains=words)
        | Q(reference__iexact=words)
        | Q(id__in=named)
        | Q(id__in=seen)
    )
