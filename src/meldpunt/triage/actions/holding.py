"""Who has a report in hand."""

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
from ..errors import AlreadyTaken
from ..rules.deciding import check_taken_in
from ..values import By, StepKind
from .locking import hold
from .stepping import before, note_holding, note_step


@deed(Permission.TRIAGE_DECIDE)
def take_report(actor: Actor, /, *, report: ReportId, from_colleague: bool = False) -> None:
    """Take a report; from a colleague only on purpose. What was merely received is in triage from here on.

    Raises ReportNotFound, AlreadyTaken, DecisionImpossible for what is set aside: it is taken in first.
    """
    hold(report)
    state = intake_queries.get_report(actor, report=report).state
    check_taken_in(is_set_aside=state is State.SET_ASIDE)
    taken = models.Assignment.objects.filter(report_id=report).first()
    if taken is not None and taken.actor == actor.id:
        return
    if taken is not None and not from_colleague:
        raise AlreadyTaken(taken.name)
    stood, is_new = before(report, state), state in (State.RECEIVED, State.KEPT)
    models.Assignment.objects.filter(report_id=report).delete()
    now = timezone.now()
    models.Assignment(report_id=report, actor=actor.id, name=actor.name, at=now).save(force_insert=True)
    note_holding(actor, report, By(actor.id, actor.name, now))
    note_step(actor, report, StepKind.TAKEN, stood, after=State.IN_TRIAGE if is_new else state)
    if is_new:
        intake_actions.note_progress(actor, report=report, mark=State.IN_TRIAGE.value)
    ledger.record(actor, kind=Kind.ASSESSED, subject=report, details={"taken": True})


@deed(Permission.TRIAGE_DECIDE)
def release_report(actor: Actor, /, *, report: ReportId) -> None:
    """Let a report go, one's own or a colleague's who left; it is nobody's again."""
    hold(report)
    state = intake_queries.get_report(actor, report=report).state
    stood = before(report, state)
    freed, _ = models.Assignment.objects.filter(report_id=report).delete()
    if freed:
        note_holding(actor, report, None)
        note_step(actor, report, StepKind.RELEASED, stood, after=state)
        ledger.record(actor, kind=Kind.ASSESSED, subject=report, details={"taken": False})
