"""Cases become one and two again, end and go on."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import State
from meldpunt.triage import queries as triage_queries

from .. import models
from ..errors import CaseNotOpen, MergeImpossible, NotMerged
from ..queries.rows import case_row, reports_in, top_of, whole_of
from ..rules.working import check_open, check_reason, check_tasks, state_in_case
from ..values import CaseId, CaseState, EntryKind
from .gathering import take_over
from .writing import change, write_entry


@deed(Permission.CASE_WRITE)
def merge_cases(actor: Actor, /, *, into: CaseId, other: CaseId, reason: str) -> None:
    """From now on the work on `other` goes on in `into`, which shows all that is in both. No row moves.

    Raises CaseNotFound, CaseNotOpen, MergeImpossible, ReasonMissing.
    """
    reason = check_reason(reason)
    if into == other:
        raise MergeImpossible("A case cannot be merged into itself.")
    rows = _lock(into, other)
    for row in rows.values():
        check_open(CaseState(row.state))
    models.Merge(
        into=rows[into],
        other=rows[other],
        state_before=rows[other].state,
        reason=reason,
        merged_by=actor.id,
        merged_by_name=actor.name,
        merged_at=timezone.now(),
    ).save(force_insert=True)
    _set_state(rows[other], CaseState.MERGED)
    take_over(actor, rows[into])
    write_entry(actor, other, EntryKind.MERGED, f"→ {rows[into].reference}: {reason}")
    change(actor, into, EntryKind.MERGED, f"← {rows[other].reference}: {reason}", other=str(other))


@deed(Permission.CASE_WRITE)
def split_case(actor: Actor, /, *, case: CaseId, reason: str) -> None:
    """Undo a merge: `case` is itself again with everything it brought; what was added since stays where it was added.

    Split off from a case that was closed meanwhile, it goes on, and its reporters are told so. Raises
    NotMerged, ReasonMissing.
    """
    reason = check_reason(reason)
    merge = models.Merge.objects.select_for_update().filter(other=case, undone_at=None).first()
    if merge is None:
        raise NotMerged
    rows = _lock(merge.into_id, case)
    merge.undone_by, merge.undone_at, merge.undo_reason = actor.id, timezone.now(), reason
    merge.save(update_fields=["undone_by", "undone_at", "undo_reason"])
    _set_state(rows[case], CaseState(merge.state_before))
    top = case_row(top_of(merge.into_id))
    for row in (rows[case], rows[merge.into_id], top):
        take_over(actor, row)
    if top.state == CaseState.CLOSED.value:
        _go_on(actor, case)
    write_entry(actor, merge.into_id, EntryKind.SPLIT, f"{rows[case].reference}: {reason}")
    change(actor, case, EntryKind.SPLIT, reason, other=str(merge.into_id))


@deed(Permission.CASE_WRITE)
def close_case(actor: Actor, /, *, case: CaseId, reason: str) -> None:
    """The work is done; the reporters are told. Raises CaseNotFound, CaseNotOpen, OpenTasksLeft, ReasonMissing."""
    reason = check_reason(reason)
    row = case_row(case, lock=True)
    check_open(CaseState(row.state))
    whole = whole_of(case)
    check_tasks(models.Task.objects.filter(case__in=whole, done_at=None).count())
    row.closed_at, row.closing_reason = timezone.now(), reason
    _set_state(row, CaseState.CLOSED)
    for report in reports_in(whole):
        intake_actions.note_progress(actor, report=report, mark=State.CLOSED.value)
    change(actor, case, EntryKind.CLOSED, reason)


@deed(Permission.CASE_WRITE)
def reopen_case(actor: Actor, /, *, case: CaseId, reason: str) -> None:
    """The work goes on. Raises CaseNotFound, CaseNotOpen where it was never closed, ReasonMissing."""
    reason = check_reason(reason)
    row = case_row(case, lock=True)
    if row.state != CaseState.CLOSED.value:
        raise CaseNotOpen("This case is not closed.")
    row.closed_at, row.closing_reason = None, ""
    _set_state(row, CaseState.OPEN)
    _go_on(actor, case)
    change(actor, case, EntryKind.REOPENED, reason)


def _go_on(actor: Actor, case: UUID) -> None:
    """The reporters read again what they read before the case was closed."""
    reports = reports_in(whole_of(case))
    for report, decision in triage_queries.list_standing(actor, reports=reports).items():
        intake_actions.note_progress(actor, report=report, mark=state_in_case(decision).value)


def _lock(*cases: UUID) -> dict[UUID, models.Case]:
    """Both rows, locked in one order, so that two who merge crosswise do not wait for each other."""
    return {case: case_row(case, lock=True) for case in sorted(cases)}


def _set_state(row: models.Case, state: CaseState) -> None:
    row.state = state.value
    row.save(update_fields=["state", "closed_at", "closing_reason"])
