"""Reports come into a case, and out of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import ConsultationId, Decision, DecisionLine, Heeding, Stood

from .. import models
from ..errors import AlreadyInCase, NotInCase
from ..queries.rows import case_row, lock_top
from ..rules.working import RANDOM_BYTES, check_open, check_reason, check_title, is_masked_title, reference_from
from ..values import CaseId, CaseState, EntryKind, PartyRole
from .gathering import gather, take_over
from .writing import change, write_entry


@deed(Permission.CASE_WRITE)
def accept_report(
    actor: Actor,
    /,
    *,
    report: ReportId,
    reason: str,
    title: str = "",
    case: CaseId | None = None,
    followed: Mapping[ConsultationId, Heeding] | None = None,
    is_over_hold: bool = False,
    stood: Stood | None = None,
) -> CaseId:
    """Accept a report into a new case, or merge it into one that is open; its text and observables come along.

    Without `title` a new case has the masked one of the report. The reporter is told that it was accepted or merged.
    `stood`, `followed` and `is_over_hold` are those of `triage.actions.decide_report`. Raises ReportNotFound,
    AlreadyInCase, CaseNotFound, CaseNotOpen, ReasonMissing, and as that does.
    """
    reason = check_reason(reason)
    found = intake_queries.get_report(actor, report=report)
    decision = Decision.ACCEPT if case is None else Decision.MERGE
    triage_actions.decide_report(
        actor,
        report=report,
        decision=decision,
        reason=reason,
        stood=stood,
        followed=followed,
        is_over_hold=is_over_hold,
    )
    _check_free(report)
    if case is None:
        row = _open(actor, found, title, reason)
    else:
        row = case_row(case, lock=True)
        check_open(CaseState(row.state))
    models.CaseReport(case=row, report_id=report, added_by=actor.id, added_at=timezone.now()).save(force_insert=True)
    _name_parties(actor, row, found)
    gather(actor, row.id, found)
    take_over(actor, row)
    write_entry(actor, row.id, EntryKind.REPORT_ADDED, f"{found.reference}: {reason}")
    ledger.record(
        actor,
        kind=Kind.CASE_OPENED if case is None else Kind.CASE_CHANGED,
        subject=row.id,
        details={"report": str(report), "reference": row.reference},
    )
    return CaseId(row.id)


@deed(Permission.CASE_WRITE)
def take_out_report(actor: Actor, /, *, report: ReportId, reason: str) -> None:
    """Take a report that does not belong out of its case: it is undecided again, and the row stays as history.

    Raises NotInCase, ReasonMissing.
    """
    reason = check_reason(reason)
    held = models.CaseReport.objects.filter(report_id=report, taken_out_at=None)
    row = held.first()
    if row is None:
        raise NotInCase
    # The case before the report, in the order of whoever closes or merges it.
    case = lock_top(row.case_id)
    if not held.filter(id=row.id).update(taken_out_at=timezone.now()):
        raise NotInCase
    triage_actions.decide_report(actor, report=report, decision=Decision.REOPEN, reason=reason)
    for part in {row.case_id, case.id}:
        take_over(actor, case_row(part))
    reference = intake_queries.get_report(actor, report=report).reference
    change(actor, case.id, EntryKind.REPORT_TAKEN_OUT, f"{reference}: {reason}", report=str(report))


@deed(Permission.TRIAGE_DECIDE)
def decline_report(actor: Actor, /, *, report: ReportId, reason: str) -> DecisionLine:
    """Decline a report that is in no case. Raises AlreadyInCase, ReportNotFound, triage.DecisionImpossible."""
    _check_free(report)
    return triage_actions.decide_report(actor, report=report, decision=Decision.DECLINE, reason=reason)


@deed(Permission.TRIAGE_DECIDE)
def reopen_report(actor: Actor, /, *, report: ReportId, reason: str) -> None:
    """Undo what was decided about a report; one that is in a case is taken out of it.

    Raises ReportNotFound, ReasonMissing, triage.DecisionImpossible.
    """
    if models.CaseReport.objects.filter(report_id=report, taken_out_at=None).exists():
        take_out_report(actor, report=report, reason=reason)
    else:
        triage_actions.decide_report(actor, report=report, decision=Decision.REOPEN, reason=reason)


def _check_free(report: ReportId) -> None:
    row = models.CaseReport.objects.filter(report_id=report, taken_out_at=None).select_related("case").first()
    if row is not None:
        raise AlreadyInCase(row.case.reference)


def _open(actor: Actor, report: Report, title: str, reason: str) -> models.Case:
    check_title(title or report.title)
    is_masked = is_masked_title(title, report)
    row = models.Case(
        reference=reference_from(secrets.token_bytes(RANDOM_BYTES)),
        title="" if is_masked else check_title(title),
        titled_after_id=report.id if is_masked else None,
        state=CaseState.OPEN.value,
        sector=report.sector or _sector_of(actor, report.organisation),
        organisation_id=report.organisation,
        opened_by=actor.id,
        opened_by_name=actor.name,
        opened_at=timezone.now(),
    )
    row.save(force_insert=True)
    write_entry(actor, row.id, EntryKind.OPENED, reason)
    return row


def _sector_of(actor: Actor, organisation: UUID | None) -> str:
    known = constituency_queries.list_by_ids(actor, organisations=[organisation] if organisation else [])
    return next((one.sector for one in known.values()), "")


def _name_parties(actor: Actor, case: models.Case, report: Report) -> None:
    """Whom the report is about is hit by it; who tells us about itself is the reporter too."""
    if report.organisation is None:
        return
    roles = [PartyRole.VICTIM, PartyRole.REPORTER] if report.is_own else [PartyRole.VICTIM]
    rows = [
        models.Party(case=case, organisation_id=report.organisation, role=role.value, added_by=actor.id)
        for role in roles
    ]
    models.Party.objects.bulk_create(rows, ignore_conflicts=True)
