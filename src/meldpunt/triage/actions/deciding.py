"""The decision about a report, with its reason, and with what it did with the views of those who looked along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId, State
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..queries.consultations import list_consultations
from ..queries.rows import decision_from, decisions_of, standing_of
from ..rules.deciding import STATE_AFTER, check_decision, check_reason, check_seen
from ..rules.heeding import WEIGHS_VIEWS, heed_views
from ..values import Consultation, ConsultationId, Decision, DecisionLine, Heeded, Heeding, StepKind, Stood
from .locking import hold
from .stepping import before, note_step


@deed(Permission.TRIAGE_DECIDE)
def decide_report(
    actor: Actor,
    /,
    *,
    report: ReportId,
    decision: Decision,
    reason: str,
    stood: Stood | None = None,
    followed: Mapping[ConsultationId, Heeding] | None = None,
    is_over_hold: bool = False,
) -> DecisionLine:
    """Accept, merge, redirect, decline, or reopen what was decided; set aside, or take in what was set aside.

    The reporter sees which, not why. Kept aside once more it stays where it is, and nothing of it begins anew.
    Accepting and merging belong to a case: `cases.actions.accept_report` calls this. `stood` is what stood on
    the page: nothing is decided over what somebody decided, added or answered since. `followed` says what is done with
    the view of each party: a dissent has to be answered, and a hold that still runs is passed over only with
    `is_over_hold`. Raises ReportNotFound, DecidedMeanwhile, AddedMeanwhile, AnsweredMeanwhile, DecisionImpossible,
    ReasonMissing, DissentUnanswered, HoldStands, ConsultationNotFound.
    """
    hold(report)
    intake_actions.hold_additions(actor, report=report)
    found, lines = intake_queries.get_report(actor, report=report), decisions_of(report)
    asked = _asked(actor, report)
    check_seen(stood or Stood(), decisions=lines, stages=found.stages, asked=asked)
    is_set_aside = found.state is State.SET_ASIDE
    check_decision(standing_of([report]).get(report), decision, is_set_aside=is_set_aside)
    now, reason = timezone.now(), check_reason(reason)
    heeded = heed_views(asked, followed or {}, now=now, is_over_hold=is_over_hold) if decision in WEIGHS_VIEWS else ()
    row = models.Decision(
        report_id=report,
        number=len(lines) + 1,
        decision=decision.value,
        reason=reason,
        rests_on=_rests_on(report),
        by=actor.id,
        by_name=actor.name,
        at=now,
    )
    was = before(report, found.state)
    row.save(force_insert=True)
    _keep(row, heeded)
    note_step(actor, report, StepKind.DECIDED, was, after=STATE_AFTER[decision], number=row.number)
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
    return decision_from(row, heeded)


def _rests_on(report: ReportId) -> int | None:
    """The version of the assessment that counts; None where there is none, or where it was taken back."""
    last = models.Assessment.objects.filter(report_id=report).only("version", "is_blank").order_by("-version").first()
    return None if last is None or last.is_blank else last.version


def _asked(actor: Actor, report: ReportId) -> Sequence[Consultation]:
    if not models.Consultation.objects.filter(report_id=report, refused=False).exists():
        return ()
    return list_consultations(actor, report=report)


def _keep(row: models.Decision, heeded: tuple[Heeded, ...]) -> None:
    """The views as they counted, with the decision."""
    if not heeded:
        return
    given = models.View.objects.filter(consultation__in=[one.consultation for one in heeded])
    views = {
        (consultation, version): view
        for view, consultation, version in given.values_list("id", "consultation_id", "version")
    }
    models.Heeded.objects.bulk_create(
        models.Heeded(
            decision=row,
            consultation_id=one.consultation,
            view_id=views.get((one.consultation, one.version or 0)),
            heed=one.heed.value,
            reason=one.reason,
        )
        for one in heeded
    )
