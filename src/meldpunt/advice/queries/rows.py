"""Rows into values. Whoever calls has an actor bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.triage.values import By

from .. import models
from ..rules import state_of
from ..values import Answer, AnswerKind, FollowUp, Measure, MeasureId, Outcome


def measure_from(row: models.Measure, *, text: str, answers: tuple[Answer, ...]) -> Measure:
    """One measure; `text` is given, because the portal's role cannot read the column."""
    return Measure(MeasureId(row.id), row.number, text, row.due_on, state_of(answers), answers)


def answers_to(measures: Iterable[UUID]) -> Mapping[UUID, tuple[Answer, ...]]:
    """The answers to each measure, oldest first."""
    found: defaultdict[UUID, tuple[Answer, ...]] = defaultdict(tuple)
    for row in models.Answer.objects.filter(measure_id__in=list(measures)).order_by("answered_at", "id"):
        found[row.measure_id] += (Answer(AnswerKind(row.kind), row.reason, row.answered_at),)
    return found


def measures_of(advice: Collection[UUID]) -> Mapping[UUID, tuple[Measure, ...]]:
    """The measures of each advice in their order, for the desk."""
    rows = list(models.Measure.objects.filter(advice_id__in=list(advice)).order_by("number"))
    answers = answers_to(row.id for row in rows)
    found: defaultdict[UUID, tuple[Measure, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.advice_id] += (measure_from(row, text=row.text, answers=answers[row.id]),)
    return found


def follow_ups_of(advice: Collection[UUID]) -> Mapping[UUID, tuple[FollowUp, ...]]:
    """The rounds of each advice in their order."""
    found: defaultdict[UUID, tuple[FollowUp, ...]] = defaultdict(tuple)
    for row in models.FollowUp.objects.filter(advice_id__in=list(advice)).order_by("round"):
        found[row.advice_id] += (_follow_up(row),)
    return found


def _follow_up(row: models.FollowUp) -> FollowUp:
    done = By(ActorId(row.done_by), row.done_by_name, row.done_at) if row.done_by and row.done_at else None
    return FollowUp(
        round=row.round,
        due_at=row.due_at,
        planned=By(ActorId(row.planned_by), row.planned_by_name, row.planned_at),
        done=done,
        outcome=Outcome(row.outcome) if row.outcome else None,
        note=row.note,
    )
