"""From rows to values, and which cases are one. Rows never leave the room."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.intake.values import ReportId
from meldpunt.triage.values import By
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.rsit import incident_class, incident_type

from .. import models
from ..errors import CaseNotFound
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
    found: list[UUID] = [case]
    frontier: list[UUID] = [case]
    while frontier:
        merged = models.Merge.objects.filter(into__in=frontier, undone_at=None).values_list("other_id", flat=True)
        frontier = [one for one in merged if one not in found]
        found += frontier
    return tuple(found)


def top_of(case: UUID) -> UUID:
    """Where the work on a case goes on: itself, or the case it was merged into in the end."""
    here = case
    while True:
        merge = models.Merge.objects.filter(other=here, undone_at=None).only("into").first()
        if merge is None:
            return here
        here = merge.into_id


def reports_in(cases: Iterable[UUID]) -> tuple[ReportId, ...]:
    """The reports that are in these cases now, in the order they came in."""
    rows = models.CaseReport.objects.filter(case__in=list(cases), taken_out_at=None).order_by("added_at", "id")
    return tuple(ReportId(report) for report in rows.values_list("report_id", flat=True))


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


def document_line_from(row: models.Document) -> DocumentLine:
    """One document in a list."""
    by = By(ActorId(row.written_by), row.written_by_name, row.written_at)
    return DocumentLine(DocumentId(row.id), CaseId(row.case_id), DocumentKind(row.kind), row.title, by)


def document_from(row: models.Document) -> Document:
    """One document whole."""
    line = document_line_from(row)
    report = ReportId(row.report_id) if row.report_id else None
    return Document(line.id, line.case, line.kind, line.title, row.text, report, line.by)
