"""From rows to values, and which cases are one. Rows never leave the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from meldpunt.access.values import Actor, ActorId
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId, Told
from meldpunt.triage.values import By
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.rsit import incident_class, incident_type

from .. import models
from ..errors import CaseNotFound
from ..rules.working import report_as_document, stage_as_document
from ..values import (
    CaseId,
    Document,
    DocumentId,
    DocumentKind,
    DocumentLine,
    EntryKind,
    EntryLine,
    Task,
    TaskId,
)


def case_row(case: UUID, *, lock: bool = False) -> models.Case:
    """The case's own row, locked until the transaction ends where asked. Raises CaseNotFound."""
    rows = models.Case.objects.filter(id=case)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise CaseNotFound("no such case")
    return row


def whole_of(case: UUID) -> tuple[UUID, ...]:
    """The case and every case merged into it, directly or through another."""
    return wholes_of([case])[case]


def wholes_of(cases: Iterable[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Each of these cases with every case merged into it, directly or through another; itself comes first."""
    found: dict[UUID, list[UUID]] = {case: [case] for case in cases}
    for case, part in _walked("wholes.sql", found):
        if part != case:
            found[case].append(part)
    return {case: tuple(parts) for case, parts in found.items()}


def top_of(case: UUID) -> UUID:
    """Where the work on a case goes on: itself, or the case it was merged into in the end."""
    return tops_of([case])[case]


def lock_top(case: UUID) -> models.Case:
    """The row of the case where the work goes on, locked; it is asked anew, for it may be merged while we wait."""
    while True:
        row = case_row(top_of(case), lock=True)
        if top_of(case) == row.id:
            return row


def tops_of(cases: Iterable[UUID]) -> dict[UUID, UUID]:
    """Where the work on each of these cases goes on."""
    return dict(_walked("tops.sql", cases))


def _walked(name: str, cases: Iterable[UUID]) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(name), [list(cases)])
        return [(one, other) for one, other in cursor.fetchall()]


@cache
def statement(name: str) -> str:
    """A statement of this room, read once."""
    return (files("meldpunt.cases") / "sql" / name).read_text("utf-8")


def inside() -> Exists:
    """Of what came with a report: only what came into the case that holds the report now."""
    held = models.CaseReport.objects.filter(report=OuterRef("report"), case=OuterRef("case"), taken_out_at=None)
    return Exists(held)


def titles_of(rows: Iterable[models.Case]) -> dict[UUID, str]:
    """The title of each case: what an analyst typed, or that of its report with whatever points at somebody masked."""
    found = {row.id: row.title for row in rows}
    untitled = [case for case, title in found.items() if not title]
    if untitled:
        found |= dict(models.Case.objects.filter(id__in=untitled).values_list("id", "titled_after__title"))
    return found


def reports_in(cases: Iterable[UUID]) -> tuple[ReportId, ...]:
    """The reports that are in these cases now, in the order they came in."""
    return tuple(holders_in(cases))


def holders_in(cases: Iterable[UUID]) -> dict[ReportId, UUID]:
    """The reports that are in these cases now, in the order they came in, each with the case that holds it."""
    rows = models.CaseReport.objects.filter(case__in=list(cases), taken_out_at=None).order_by("added_at", "id")
    return {ReportId(report): case for report, case in rows.values_list("report_id", "case_id")}


def rsit_name(rsit: str) -> Bilingual | None:
    """The name of a class or type; None for nothing, or a word the standard dropped."""
    try:
        if not rsit:
            return None
        return incident_type(rsit).name if "/" in rsit else incident_class(rsit).name
    except UnknownWord:
        return None


def entry_from(row: models.Entry) -> EntryLine:
    """One line of the timeline."""
    return EntryLine(CaseId(row.case_id), EntryKind(row.kind), row.text, By(ActorId(row.by), row.by_name, row.at))


def task_from(row: models.Task) -> Task:
    """One task."""
    owner = ActorId(row.owner) if row.owner else None
    return Task(TaskId(row.id), CaseId(row.case_id), row.title, row.due_at, owner, row.owner_name, row.done_at)


def documents_from(viewer: Actor, rows: Iterable[models.Document]) -> tuple[DocumentLine, ...]:
    """Documents in a list, in the order of the rows; a report bears its title as far as the viewer may read it."""
    found = list(rows)
    told = {row.report_id for row in found if row.report_id and row.kind == DocumentKind.REPORT.value}
    words = intake_queries.list_words(viewer, reports=told) if told else {}
    return tuple(_line_from(row, words) for row in found)


def _line_from(row: models.Document, words: Mapping[ReportId, Told]) -> DocumentLine:
    by = By(ActorId(row.written_by), row.written_by_name, row.written_at)
    told = words.get(ReportId(row.report_id)) if row.report_id else None
    title = (told.title if told else "") or row.title
    return DocumentLine(DocumentId(row.id), CaseId(row.case_id), DocumentKind(row.kind), title, by)


def document_from(row: models.Document, report: Report | None) -> Document:
    """One document whole; `report` is the one it came with, as far as whoever looks may read it."""
    by = By(ActorId(row.written_by), row.written_by_name, row.written_at)
    title, text = (row.title, row.text) if report is None else _told_by(row, report)
    return Document(
        DocumentId(row.id),
        CaseId(row.case_id),
        DocumentKind(row.kind),
        title,
        text,
        report.id if report else None,
        by,
        report is not None and report.is_masked,
    )


def _told_by(row: models.Document, report: Report) -> tuple[str, str]:
    if row.stage_id is None:
        return report.title or row.title, report_as_document(report)
    return row.title, next((stage_as_document(one) for one in report.stages if one.id == row.stage_id), "")
