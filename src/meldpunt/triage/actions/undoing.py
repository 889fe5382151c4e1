"""One's own last deed about a report is undone: what stood before it stands again, and the history keeps both."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Max, QuerySet
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import StepNotFound
from ..queries.rows import decisions_of, step_from
from ..rules.undoing import UNDONE, check_not_asked, check_not_put_back, check_undo
from ..values import Decision, Step, StepId, StepKind, standing_line
from .locking import hold
from .stepping import note_holding

V = TypeVar("V", models.Assessment, models.Vulnerability, models.Scaling)


@deed(Permission.TRIAGE_DECIDE)
def undo_step(actor: Actor, /, *, step: StepId, is_back_in_case: bool = False) -> Step:
    """Undo a decision, an assessment, a judgement, a place on the scales, a taking or a release of one's own.

    What the reporter could read meanwhile stays readable, and so does that it was undone. What was accepted, merged or
    taken out belongs to a case: `cases.actions.undo_step` calls this, and says where it put a report back into its
    case. Raises StepNotFound, UndoImpossible.
    """
    row = models.Step.objects.select_related("report").filter(id=step).first()
    if row is None:
        raise StepNotFound("no such step")
    report = ReportId(row.report_id)
    hold(report)
    row.refresh_from_db(fields=["undone_at"])
    done, found = step_from(row), intake_queries.get_report(actor, report=report)
    check_undo(done, actor=actor.id, now=timezone.now(), later=_later(row), state=found.state)
    if done.kind is StepKind.DECIDED and not is_back_in_case:
        lines = decisions_of(report)
        undone = next(line for line in lines if line.number == done.number)
        check_not_put_back(undone.decision, standing_line([line for line in lines if line is not undone]))
    _UNDO[done.kind](actor, done, found)
    if done.state_before is not found.state:
        intake_actions.note_progress(actor, report=report, mark=done.state_before.value)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    return step_from(row)


def _later(row: models.Step) -> Step | None:
    later = models.Step.objects.filter(report_id=row.report_id, at__gt=row.at, undone_at=None)
    found = later.select_related("report").order_by("-at").first()
    return step_from(found) if found else None


def _undo_decision(actor: Actor, done: Step, report: Report) -> None:
    lines = decisions_of(report.id)
    row = models.Decision(
        report_id=report.id,
        number=lines[-1].number + 1,
        decision=Decision.UNDO.value,
        undoes=done.number,
        reason=UNDONE,
        by=actor.id,
        by_name=actor.name,
        at=timezone.now(),
    )
    row.save(force_insert=True)
    ledger.record(
        actor,
        kind=Kind.DECIDED,
        subject=report.id,
        about=report.organisation if report.is_own else None,
        details={"decision": Decision.UNDO.value, "number": row.number, "undoes": done.number},
        receipt_digest=report.receipt_digest,
    )


def _undo_assessment(actor: Actor, done: Step, report: Report) -> None:
    asked = models.Consultation.objects.filter(report_id=report.id, asked_at__gt=done.by.at)
    check_not_asked(is_asked=asked.exists())
    versions = models.Assessment.objects.filter(report_id=report.id)
    version = _restore(actor, done, versions, models.Assessment(report_id=report.id))
    details = {"version": version, "undoes": done.number}
    ledger.record(actor, kind=Kind.ASSESSED, subject=report.id, details=details)


def _undo_judgement(actor: Actor, done: Step, report: Report) -> None:
    versions = models.Vulnerability.objects.filter(report_id=report.id, cve=done.cve)
    version = _restore(actor, done, versions, models.Vulnerability(report_id=report.id, cve=done.cve))
    details: dict[str, Json] = {"vulnerability": done.cve, "version": version, "undoes": done.number}
    ledger.record(actor, kind=Kind.ASSESSED, subject=report.id, details=details)


def _undo_scaling(actor: Actor, done: Step, report: Report) -> None:
    versions = models.Scaling.objects.filter(report_id=report.id)
    version = _restore(actor, done, versions, models.Scaling(report_id=report.id, assessment=0))
    details = {"scale": version, "undoes": done.number}
    ledger.record(actor, kind=Kind.ASSESSED, subject=report.id, details=details)


def _restore(actor: Actor, done: Step, versions: QuerySet[V], blank: V) -> int:
    """What stood before the step as a new version, or `blank` where nothing did; its number."""
    before = versions.filter(version__lt=done.number).order_by("-version").first()
    row = before or blank
    row.pk = row._meta.pk.get_default()
    row._state.adding = True
    row.version = versions.aggregate(last=Max("version"))["last"] + 1
    row.is_blank = before is None or before.is_blank
    row.undoes, row.by, row.by_name, row.at = done.number, actor.id, actor.name, timezone.now()
    row.save(force_insert=True)
    return row.version


def _undo_holding(actor: Actor, done: Step, report: Report) -> None:
    models.Assignment.objects.filter(report_id=report.id).delete()
    if done.holder is not None:
        held = done.holder
        models.Assignment(report_id=report.id, actor=held.actor, name=held.name, at=held.at).save(force_insert=True)
    note_holding(actor, report.id, done.holder)
    ledger.record(
        actor, kind=Kind.ASSESSED, subject=report.id, details={"taken": done.holder is not None, "undone": True}
    )


_UNDO = {
    StepKind.DECIDED: _undo_decision,
    StepKind.ASSESSED: _undo_assessment,
    StepKind.JUDGED: _undo_judgement,
    StepKind.SCALED: _undo_scaling,
    StepKind.TAKEN: _undo_holding,
    StepKind.RELEASED: _undo_holding,
}
