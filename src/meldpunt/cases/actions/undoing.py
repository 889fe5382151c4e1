"""A report that one accepted, merged or took out a moment ago is as it was, and a case that began with it ends."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import State
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision, Step, StepId

from .. import models
from ..errors import NotInCase, WentOn
from ..queries.rows import case_row, lock_top
from ..rules.working import check_open
from ..values import CaseState, EntryKind
from .gathering import gather, take_over
from .writing import change

_UNDONE: Final = "Binnen het uur ongedaan gemaakt. / Undone within the hour."
_OF_OPENING: Final = frozenset({EntryKind.OPENED.value, EntryKind.REPORT_ADDED.value, EntryKind.REPORT_TAKEN_OUT.value})
"""What a case may hold that ends with the report that opened it: others that came along were taken out before."""

_IN_CASE: Final = frozenset({State.ACCEPTED, State.MERGED, State.CLOSED})
"""Where a report stands that is in a case."""


@deed(Permission.TRIAGE_DECIDE)
def undo_step(actor: Actor, /, *, step: StepId) -> Step:
    """Undo one's own deed about a report, also where it came into a case by it or out of one.

    A case that it opened is closed, where nothing else was done in it. Raises triage.StepNotFound,
    triage.UndoImpossible, WentOn, CaseNotOpen.
    """
    found = triage_queries.find_step(actor, step=step)
    if found is not None and found.decision is Decision.REOPEN and found.state_before in _IN_CASE:
        return _put_back(actor, found)
    if found is None or found.decision not in (Decision.ACCEPT, Decision.MERGE):
        return triage_actions.undo_step(actor, step=step)
    held = models.CaseReport.objects.filter(report_id=found.report, taken_out_at=None)
    row = held.first()
    if row is None:
        raise NotInCase
    # The case before the report, in the order of whoever closes or merges it.
    case = lock_top(row.case_id)
    if found.decision is Decision.ACCEPT:
        _check_untouched(case, row)
    undone = triage_actions.undo_step(actor, step=step)
    held.filter(id=row.id).update(taken_out_at=timezone.now())
    for part in {row.case_id, case.id}:
        take_over(actor, case_row(part))
    change(actor, case.id, EntryKind.REPORT_TAKEN_OUT, f"{found.reference}: {_UNDONE}", report=str(found.report))
    if found.decision is Decision.ACCEPT:
        _end(actor, case)
    return undone


def _put_back(actor: Actor, found: Step) -> Step:
    """Into the case it was taken out of, as a row of its own: that it was out stays in the history."""
    rows = models.CaseReport.objects.filter(report_id=found.report, taken_out_at__lte=found.by.at)
    row = rows.order_by("-taken_out_at").first()
    if row is None:
        return triage_actions.undo_step(actor, step=found.id)
    case = lock_top(row.case_id)
    check_open(CaseState(case.state))
    undone = triage_actions.undo_step(actor, step=found.id, is_back_in_case=True)
    now = timezone.now()
    models.CaseReport(case_id=row.case_id, report_id=found.report, added_by=actor.id, added_at=now).save(
        force_insert=True
    )
    gather(actor, row.case_id, intake_queries.get_report(actor, report=found.report))
    for part in {row.case_id, case.id}:
        take_over(actor, case_row(part))
    change(actor, case.id, EntryKind.REPORT_ADDED, f"{found.reference}: {_UNDONE}", report=str(found.report))
    return undone


def _check_untouched(case: models.Case, row: models.CaseReport) -> None:
    others = models.CaseReport.objects.filter(case=case, taken_out_at=None).exclude(id=row.id)
    entries = models.Entry.objects.filter(case=case).exclude(kind__in=_OF_OPENING)
    if case.id != row.case_id or others.exists() or entries.exists():
        raise WentOn(case.reference)


def _end(actor: Actor, case: models.Case) -> None:
    case.refresh_from_db()
    case.state, case.closed_at, case.closing_reason = CaseState.CLOSED.value, timezone.now(), _UNDONE
    case.save(update_fields=["state", "closed_at", "closing_reason"])
    change(actor, case.id, EntryKind.CLOSED, _UNDONE)
