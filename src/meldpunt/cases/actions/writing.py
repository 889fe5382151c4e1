"""What is written in a case: notes, tasks, documents, parties, observables."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.matching.observables import lift_observables
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import TaskDone, TaskNotFound, TextMissing
from ..queries.rows import case_row, task_from
from ..rules.working import check_open, check_text, check_title
from ..values import CaseId, CaseState, DocumentId, DocumentKind, EntryKind, PartyRole, Task, TaskId


@deed(Permission.CASE_WRITE)
def add_entry(actor: Actor, /, *, case: CaseId, text: str) -> None:
    """Write a note in the timeline. Raises CaseNotFound, CaseNotOpen, TextMissing."""
    _open_case(case)
    change(actor, case, EntryKind.NOTE, check_text(text))


@deed(Permission.CASE_WRITE)
def add_task(
    actor: Actor, /, *, case: CaseId, title: str, due_at: datetime | None = None, is_mine: bool = True
) -> TaskId:
    """Add a task, one's own or nobody's yet. Raises CaseNotFound, CaseNotOpen, TextMissing."""
    _open_case(case)
    row = models.Task(
        case_id=case,
        title=check_title(title),
        due_at=due_at,
        owner=actor.id if is_mine else None,
        owner_name=actor.name if is_mine else "",
        added_by=actor.id,
        added_at=timezone.now(),
    )
    row.save(force_insert=True)
    change(actor, case, EntryKind.TASK_ADDED, row.title, task=str(row.id))
    return TaskId(row.id)


@deed(Permission.CASE_WRITE)
def take_task(actor: Actor, /, *, task: TaskId) -> Task:
    """Take a task, also from a colleague. Raises TaskNotFound, TaskDone."""
    row = _open_task(task)
    row.owner, row.owner_name = actor.id, actor.name
    row.save(update_fields=["owner", "owner_name"])
    ledger.record(
        actor, kind=Kind.CASE_CHANGED, subject=row.case_id, details={"change": "task-taken", "task": str(task)}
    )
    return task_from(row)


@deed(Permission.CASE_WRITE)
def finish_task(actor: Actor, /, *, task: TaskId) -> Task:
    """It is done. Raises TaskNotFound, TaskDone."""
    row = _open_task(task)
    row.done_by, row.done_at = actor.id, timezone.now()
    row.save(update_fields=["done_by", "done_at"])
    change(actor, row.case_id, EntryKind.TASK_DONE, row.title, task=str(task))
    return task_from(row)


@deed(Permission.CASE_WRITE)
def add_document(
    actor: Actor, /, *, case: CaseId, title: str, text: str, kind: DocumentKind = DocumentKind.NOTE
) -> DocumentId:
    """Keep a text with the case. It is never changed: a new version is a new document.

    Raises CaseNotFound, CaseNotOpen, TextMissing.
    """
    _open_case(case)
    row = models.Document(
        case_id=case,
        kind=kind.value,
        title=check_title(title),
        text=check_text(text),
        written_by=actor.id,
        written_by_name=actor.name,
        written_at=timezone.now(),
    )
    row.save(force_insert=True)
    change(actor, case, EntryKind.DOCUMENT_ADDED, row.title, document=str(row.id))
    return DocumentId(row.id)


@deed(Permission.CASE_WRITE)
def add_party(actor: Actor, /, *, case: CaseId, organisation: OrganisationId, role: PartyRole) -> None:
    """Give an organisation a role; it may have several. Raises CaseNotFound, CaseNotOpen, NotFound."""
    _open_case(case)
    known = constituency_queries.get_organisation(actor, organisation=organisation)
    row = models.Party(case_id=case, organisation_id=organisation, role=role.value, added_by=actor.id)
    models.Party.objects.bulk_create([row], ignore_conflicts=True)
    change(actor, case, EntryKind.PARTY_ADDED, f"{known.code}: {role.value}", party=known.code)


@deed(Permission.CASE_WRITE)
def add_observables(actor: Actor, /, *, case: CaseId, text: str) -> int:
    """Add what a text names (addresses, domains, hashes; defanged or not); how many it found.

    Raises CaseNotFound, CaseNotOpen, TextMissing where it names nothing.
    """
    _open_case(case)
    found = {(one.kind.value, one.value) for one in lift_observables(clean_text(text))}
    if not found:
        raise TextMissing
    models.Observable.objects.bulk_create(
        [models.Observable(case_id=case, kind=kind, value=value, added_by=actor.id) for kind, value in sorted(found)],
        ignore_conflicts=True,
    )
    change(actor, case, EntryKind.NOTE, ", ".join(value for _, value in sorted(found)), observables=len(found))
    return len(found)


def write_entry(actor: Actor, case: UUID, kind: EntryKind, text: str) -> None:
    """One line of the timeline, within a deed that has its own ledger entry."""
    models.Entry(case_id=case, kind=kind.value, text=text, by=actor.id, by_name=actor.name, at=timezone.now()).save(
        force_insert=True
    )


def change(actor: Actor, case: UUID, kind: EntryKind, text: str, **details: str | int) -> None:
    """A line of the timeline and the ledger entry of the deed. The words stay in the case."""
    write_entry(actor, case, kind, text)
    ledger.record(actor, kind=Kind.CASE_CHANGED, subject=case, details={"change": kind.value, **details})


def _open_case(case: CaseId) -> None:
    """Locked, so that it is neither closed nor merged while something is added to it."""
    check_open(CaseState(case_row(case, lock=True).state))


def _open_task(task: TaskId) -> models.Task:
    row = models.Task.objects.select_for_update().filter(id=task).first()
    if row is None:
        raise TaskNotFound("no such task")
    if row.done_at is not None:
        raise TaskDone
    return row
