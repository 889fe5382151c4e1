"""What was added to a report after it was decided: somebody reads it, or it becomes a report of its own."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import ReportNotFound
from meldpunt.intake.values import UNDECIDED, ReportId, StageId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import DecisionImpossible
from ..values import Decision
from .deciding import decide_report
from .locking import hold

_BELONGS = "Hoort toch bij %(origin)s. / Belongs to %(origin)s after all."


@deed(Permission.TRIAGE_DECIDE)
def read_addition(actor: Actor, /, *, report: ReportId, stage: StageId) -> None:
    """Say that somebody read it, and that the decision stands. Raises ReportNotFound, DecisionImpossible."""
    _check_late(actor, report, stage)
    _follow_up(actor, report, stage, became=None)


@deed(Permission.TRIAGE_DECIDE)
def split_addition(actor: Actor, /, *, report: ReportId, stage: StageId) -> ReportId:
    """Make a report of its own of it, which names this one.

    Raises ReportNotFound, DecisionImpossible, IdentitySealed.
    """
    _check_late(actor, report, stage)
    became = intake_actions.report_addition(actor, stage=stage).report
    _follow_up(actor, report, stage, became=became)
    return became


@deed(Permission.TRIAGE_DECIDE)
def take_back_follow_up(actor: Actor, /, *, report: ReportId, stage: StageId) -> None:
    """It waits for somebody again. A report of its own that it became is declined, with that as the reason.

    Raises ReportNotFound, DecisionImpossible where that report was decided already.
    """
    hold(report)
    row = models.FollowUp.objects.filter(stage_id=stage, stage__report_id=report).first()
    if row is None:
        raise ReportNotFound("no such addition")
    if row.became_id:
        became, origin = ReportId(row.became_id), intake_queries.get_report(actor, report=report)
        if intake_queries.get_report(actor, report=became).state not in UNDECIDED:
            raise DecisionImpossible("The report that it became was decided already. Reopen that one first.")
        decide_report(actor, report=became, decision=Decision.DECLINE, reason=_BELONGS % {"origin": origin.reference})
    models.FollowUp.objects.filter(stage_id=stage).delete()
    _record(actor, report, stage, became=None, is_taken_back=True)


def _check_late(actor: Actor, report: ReportId, stage: StageId) -> None:
    hold(report)
    late = [one.id for one in intake_queries.get_report(actor, report=report).stages if one.is_after_decision]
    if stage not in late:
        raise ReportNotFound("no such addition")
    if models.FollowUp.objects.filter(stage_id=stage).exists():
        raise DecisionImpossible("A colleague did something with this addition already.")


def _follow_up(actor: Actor, report: ReportId, stage: StageId, *, became: ReportId | None) -> None:
    row = models.FollowUp(stage_id=stage, became_id=became, by=actor.id, by_name=actor.name, at=timezone.now())
    row.save(force_insert=True)
    _record(actor, report, stage, became=became)


def _record(
    actor: Actor, report: ReportId, stage: StageId, *, became: UUID | None, is_taken_back: bool = False
) -> None:
    details: dict[str, Json] = {
        "addition": str(stage),
        "became": str(became) if became else "",
        "taken_back": is_taken_back,
    }
    ledger.record(actor, kind=Kind.ASSESSED, subject=report, details=details)
