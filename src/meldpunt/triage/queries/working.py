"""What somebody did and can undo, who is at a report, what was typed and not sent, and where a review stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.intake.values import UNDECIDED, ReportId, State

from .. import models
from ..errors import ReviewNotFound
from ..values import UNDO_WITHIN, Decision, Draft, Habit, Present, Reasons, Review, ReviewId, Step, StepId, StepKind
from ..wordlist import house_reasons
from .queue import list_lines
from .rows import step_from

REASONS = 5
_LOOKED_AT = 60


@look(Permission.TRIAGE_READ)
def find_last_steps(viewer: Actor, /) -> tuple[Step, ...]:
    """What one did last, in one go, within the hour and not undone; the last of them first. Empty for nothing."""
    since = timezone.now() - UNDO_WITHIN
    own = models.Step.objects.filter(by=viewer.id, at__gt=since, undone_at=None).select_related("report")
    last = own.order_by("-at").first()
    return _steps(own.filter(together=last.together).order_by("-at")) if last else ()


@look(Permission.TRIAGE_READ)
def list_steps(viewer: Actor, /, *, since: datetime, reports: Iterable[ReportId]) -> tuple[Step, ...]:
    """What one did about these reports since then, undone or not; the last first."""
    own = models.Step.objects.filter(by=viewer.id, at__gte=since, report_id__in=list(reports))
    return _steps(own.select_related("report").order_by("-at"))


@look(Permission.TRIAGE_READ)
def find_step(viewer: Actor, /, *, step: StepId) -> Step | None:
    """One deed of one's own."""
    found = _steps(models.Step.objects.filter(id=step, by=viewer.id).select_related("report"))
    return found[0] if found else None


def _steps(rows: Iterable[models.Step]) -> tuple[Step, ...]:
    listed = list(rows)
    decided = [row.report_id for row in listed if row.kind == StepKind.DECIDED.value]
    lines = models.Decision.objects.filter(report_id__in=decided) if decided else ()
    known = {(line.report_id, line.number): line.decision for line in lines}
    return tuple(step_from(row, _decision(row, known)) for row in listed)


def _decision(row: models.Step, known: Mapping[tuple[UUID, int], str]) -> str:
    return known.get((row.report_id, row.number or 0), "") if row.kind == StepKind.DECIDED.value else ""


@look(Permission.TRIAGE_READ)
def list_present(viewer: Actor, /, *, report: ReportId) -> tuple[Present, ...]:
    """The colleagues who have the report open, whoever came first first."""
    there = models.Presence.objects.filter(report_id=report, expires_at__gt=timezone.now()).exclude(actor=viewer.id)
    return tuple(Present(ActorId(row.actor), row.name, row.is_deciding, row.at) for row in there.order_by("name"))


@look(Permission.TRIAGE_READ)
def list_drafts(viewer: Actor, /, *, report: ReportId) -> Mapping[str, Draft]:
    """What one typed about a report and did not send, by form."""
    rows = models.Draft.objects.filter(report_id=report, actor=viewer.id, expires_at__gt=timezone.now())
    return {row.form: Draft(row.form, row.fields, row.at) for row in rows}


@look(Permission.TRIAGE_READ)
def get_habit(viewer: Actor, /) -> Habit:
    """How one wants the desk to behave; as it is made where one never said."""
    row = models.Habit.objects.filter(actor=viewer.id).first()
    return Habit(row.has_keys, row.opens_next) if row else Habit()


@look(Permission.TRIAGE_READ)
def list_reasons(viewer: Actor, /) -> Mapping[Decision, Reasons]:
    """By decision the last five reasons that one gave oneself, each once, the last first; and those of the house."""
    rows = models.Decision.objects.filter(by=viewer.id).exclude(decision=Decision.UNDO.value).order_by("-at")
    found: dict[Decision, dict[str, None]] = {}
    for decision, reason in rows.values_list("decision", "reason")[:_LOOKED_AT]:
        found.setdefault(Decision(decision), {})[reason] = None
    return {
        decision: Reasons(tuple(found.get(decision, ()))[:REASONS], house_reasons().get(decision, ()))
        for decision in Decision
        if decision in found or decision in house_reasons()
    }


@look(Permission.TRIAGE_READ)
def get_review(viewer: Actor, /, *, review: ReviewId) -> Review:
    """Where a review of one's own stands. Raises ReviewNotFound."""
    row = models.Review.objects.filter(id=review).first()
    if row is None:
        raise ReviewNotFound("no such review of this actor")
    reports = [ReportId(one) for one in row.reports]
    there = list_lines(viewer, reports=reports)
    held = models.Assignment.objects.filter(report_id__in=reports).exclude(actor=viewer.id)
    passed = {ReportId(taken.report_id): taken.name for taken in held}
    decided = frozenset(one for one in reports if one not in there or not _waits(there[one].state))
    skipped = frozenset(ReportId(one) for one in row.skipped)
    left = [one for one in reports if one not in decided | skipped and one not in passed]
    return Review(
        id=ReviewId(row.id),
        asked=row.asked,
        at=row.at,
        reports=tuple(reports),
        skipped=skipped,
        decided=decided,
        passed={one: name for one, name in passed.items() if one not in decided | skipped},
        next=left[0] if left else None,
    )


def _waits(state: State) -> bool:
    return state in UNDECIDED and state is not State.SET_ASIDE
