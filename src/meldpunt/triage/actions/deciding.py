"""The decision about a report, with its reason."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId, State
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..queries.rows import decision_from, decisions_of, standing_of
from ..rules.deciding import STATE_AFTER, check_decision, check_reason, check_seen
from ..values import Decision, DecisionLine, StepKind
from .locking import hold
from .stepping import before, note_step


@deed(Permission.TRIAGE_DECIDE)
def decide_report(
    actor: Actor, /, *, report: ReportId, decision: Decision, reason: str, seen: int | None = None
) -> DecisionLine:
    """Accept, merge, redirect, decline, or reopen what was decided; set aside, or take in what was set aside.

    The reporter sees which, not why. Kept aside once more it stays where it is, and nothing of it begins anew.
    Accepting and merging belong to a case: `cases.actions.accept_report` calls this. `seen` is how many decisions stood
    on the page: a later one of a colleague is not decided over. Raises ReportNotFound, DecidedMeanwhile,
    DecisionImpossible, ReasonMissing.
    """
    hold(report)
    lines = decisions_of(report)
    check_seen(lines, seen)
    found = intake_queries.get_report(actor, report=report)
    is_set_aside = found.state is State.SET_ASIDE
    check_decision(standing_of([report]).get(report), decision, is_set_aside=is_set_aside)
    row = models.Decision(
        report_id=report,
        number=len(lines) + 1,
        decision=decision.value,
        reason=check_reason(reason),
        by=actor.id,
        by_name=actor.name,
        at=timezone.now(),
    )
    stood = before(report, found.state)
    row.save(force_insert=True)
    note_step(actor, report, StepKind.DECIDED, stood, after=STATE_AFTER[decision], number=row.number)
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
