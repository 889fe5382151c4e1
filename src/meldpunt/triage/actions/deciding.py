"""The decision about a report, with its reason."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId, State
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..queries.rows import decision_from, standing_of
from ..rules.deciding import STATE_AFTER, check_decision, check_reason
from ..values import Decision, DecisionLine
from .locking import hold


@deed(Permission.TRIAGE_DECIDE)
def decide_report(actor: Actor, /, *, report: ReportId, decision: Decision, reason: str) -> DecisionLine:
    """Accept, merge, redirect, decline, or reopen what was decided; set aside, or take in what was set aside.

    The reporter sees which, not why. Kept aside once more it stays where it is, and nothing of it begins anew.
    Accepting and merging belong to a case: `cases.actions.accept_report` calls this. Raises ReportNotFound,
    DecisionImpossible, ReasonMissing.
    """
    hold(report)
    found = intake_queries.get_report(actor, report=report)
    is_set_aside = found.state is State.SET_ASIDE
    check_decision(standing_of([report]).get(report), decision, is_set_aside=is_set_aside)
    last = models.Decision.objects.filter(report_id=report).aggregate(last=Max("number"))["last"] or 0
    row = models.Decision(
        report_id=report,
        number=last + 1,
        decision=decision.value,
        reason=check_reason(reason),
        by=actor.id,
        by_name=actor.name,
        at=timezone.now(),
    )
    row.save(force_insert=True)
    if STATE_AFTER[decision] is not found.state:
        intake_actions.note_progress(actor, report=report, mark=STATE_AFTER[decision].value)
    # The reason is the desk's: the reporter may read what the ledger says about its own report.
    ledger.record(
        actor,
        kind=Kind.DECIDED,
        subject=report,
        about=found.organisation if found.is_own else None,
        details={"decision": decision.value, "number": row.number},
        receipt_digest=found.receipt_digest,
    )
    return decision_from(row)
