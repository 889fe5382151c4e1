"""From rows to values. Rows never leave the room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef

from meldpunt.access.values import ActorId
from meldpunt.intake.values import ReportId, State
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.markings import TLP
from meldpunt.vocabulary.nciss import Level, default_thresholds
from meldpunt.vocabulary.rsit import IncidentClass, IncidentType, incident_class, incident_type

from .. import models
from ..packing import unpack_estimate
from ..values import (
    Assessment,
    AssessmentBrief,
    By,
    ConsultationId,
    CounterQuestion,
    CounterQuestionId,
    Decision,
    DecisionLine,
    Disruption,
    Heed,
    Heeded,
    Objection,
    Question,
    Severity,
    Step,
    StepId,
    StepKind,
    View,
)


def assessment_from(row: models.Assessment) -> Assessment:
    """One version of an assessment."""
    return Assessment(
        report=ReportId(row.report_id),
        version=row.version,
        rsit_class=_class(row.rsit_class),
        rsit_type=_type(row.rsit_type),
        reason=row.reason,
        nciss=row.nciss,
        score=row.score,
        level=_level(row),
        thresholds=row.thresholds,
        estimate=unpack_estimate(row.estimate) if row.estimate else None,
        override=Disruption(row.override) if row.override else None,
        override_reason=row.override_reason,
        by=By(ActorId(row.by), row.by_name, row.at),
        undoes=row.undoes,
        is_blank=row.is_blank,
    )


def brief_from(row: models.Assessment) -> AssessmentBrief:
    """An assessment for a line of a list."""
    named = _type(row.rsit_type) or _class(row.rsit_class)
    said = row.override or row.computed
    return AssessmentBrief(
        rsit=row.rsit_type or row.rsit_class,
        name=named.name if named else None,
        score=row.score,
        level=_level(row),
        disruption=Disruption(said) if said else None,
    )


def decision_from(row: models.Decision, heeded: Iterable[Heeded] = ()) -> DecisionLine:
    """One decision, with what it did with the views."""
    by = By(ActorId(row.by), row.by_name, row.at)
    return DecisionLine(
        row.number, Decision(row.decision), row.reason, by, row.undoes, rests_on=row.rests_on, heeded=tuple(heeded)
    )


def decisions_of(report: UUID) -> tuple[DecisionLine, ...]:
    """Every decision about a report in order, each with what it did with the views."""
    rows = list(models.Decision.objects.filter(report_id=report).order_by("number"))
    heeded: defaultdict[UUID, list[Heeded]] = defaultdict(list)
    lines = models.Heeded.objects.filter(decision__in=[row.id for row in rows]).select_related("view", "consultation")
    for line in lines.order_by("consultation__asked_at", "consultation_id") if rows else ():
        version = line.view.version if line.view else None
        one = Heeded(ConsultationId(line.consultation_id), Heed(line.heed), line.reason, version)
        heeded[line.decision_id].append(one)
    return tuple(decision_from(row, heeded[row.id]) for row in rows)


def step_from(row: models.Step, decision: str = "") -> Step:
    """One deed that can be undone; its report was selected along."""
    held = By(ActorId(row.holder), row.holder_name, row.held_at) if row.holder and row.held_at else None
    return Step(
        id=StepId(row.id),
        together=row.together,
        report=ReportId(row.report_id),
        reference=row.report.reference,
        kind=StepKind(row.kind),
        number=row.number,
        decision=Decision(decision) if decision else None,
        state_before=State(row.state_before),
        state_after=State(row.state_after),
        holder=held,
        by=By(ActorId(row.by), row.by_name, row.at),
        undone_at=row.undone_at,
        cve=row.cve,
    )


def view_from(row: models.View) -> View:
    """One version of what a party answered."""
    return View(
        version=row.version,
        rsit_class=_class(row.rsit_class),
        nature=row.nature,
        severity=Severity(row.severity),
        has_interest=row.has_interest,
        own_interest=row.own_interest,
        objection=Objection(row.objection),
        hold_until=row.hold_until,
        text=row.text,
        repeatable={Question(question): TLP(tlp) for question, tlp in row.repeatable.items()},
        by=By(ActorId(row.given_by), row.given_by_name, row.given_at),
    )


def views_of(consultations: Collection[UUID]) -> Mapping[UUID, tuple[View, ...]]:
    """The versions of the view of each consultation, oldest first."""
    found: defaultdict[UUID, tuple[View, ...]] = defaultdict(tuple)
    rows = models.View.objects.filter(consultation__in=consultations).order_by("consultation_id", "version")
    for row in rows if consultations else ():
        found[row.consultation_id] += (view_from(row),)
    return found


def counter_questions_of(consultations: Collection[UUID]) -> Mapping[UUID, tuple[CounterQuestion, ...]]:
    """What the party of each consultation asked us back, oldest first."""
    found: defaultdict[UUID, tuple[CounterQuestion, ...]] = defaultdict(tuple)
    rows = models.CounterQuestion.objects.filter(consultation__in=consultations).order_by("asked_at", "id")
    for row in rows if consultations else ():
        by = By(ActorId(row.asked_by), row.asked_by_name, row.asked_at)
        found[row.consultation_id] += (CounterQuestion(CounterQuestionId(row.id), row.text, by),)
    return found


def latest_of(reports: Iterable[UUID]) -> Mapping[UUID, models.Assessment]:
    """The last version of each report that was assessed, without the estimate whole."""
    rows = models.Assessment.objects.filter(report_id__in=list(reports)).defer("estimate")
    last = rows.order_by("report_id", "-version").distinct("report_id")
    return {row.report_id: row for row in last if not row.is_blank}


def standing_of(reports: Iterable[UUID]) -> Mapping[UUID, Decision]:
    """The last decision of each report that had one and was not undone; REOPEN where it is undecided again."""
    rows = models.Decision.objects.filter(report_id__in=list(reports)).exclude(decision=Decision.UNDO.value)
    undone = models.Decision.objects.filter(report_id=OuterRef("report_id"), undoes=OuterRef("number"))
    last = rows.filter(~Exists(undone)).order_by("report_id", "-number").distinct("report_id")
    return {report: Decision(decision) for report, decision in last.values_list("report_id", "decision")}


# Words that a later edition of the standard dropped are shown as if nothing was chosen; the row keeps them.
def _class(class_id: str) -> IncidentClass | None:
    try:
        return incident_class(class_id) if class_id else None
    except UnknownWord:
        return None


def _type(type_id: str) -> IncidentType | None:
    try:
        return incident_type(type_id) if type_id else None
    except UnknownWord:
        return None


def _level(row: models.Assessment) -> Level | None:
    if row.score is None:
        return None
    named = [level for level in default_thresholds().levels if level.id == row.level]
    return named[0] if named else default_thresholds().level_of(row.score)
