"""From rows to values. Rows never leave the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef

from meldpunt.access.values import ActorId
from meldpunt.intake.values import ReportId, State
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.nciss import Level, default_thresholds
from meldpunt.vocabulary.rsit import IncidentClass, IncidentType, incident_class, incident_type

from .. import models
from ..packing import unpack_estimate
from ..values import (
    Assessment,
    AssessmentBrief,
    By,
    Decision,
    DecisionLine,
    Disruption,
    Objection,
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


def decision_from(row: models.Decision) -> DecisionLine:
    """One decision."""
    by = By(ActorId(row.by), row.by_name, row.at)
    return DecisionLine(row.number, Decision(row.decision), row.reason, by, row.undoes)


def decisions_of(report: UUID) -> tuple[DecisionLine, ...]:
    """All that was decided about a report, in order."""
    return tuple(map(decision_from, models.Decision.objects.filter(report_id=report).order_by("number")))


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
    )


def view_from(row: models.View) -> View:
    """What a party answered."""
    return View(
        nature=row.nature,
        severity=Severity(row.severity),
        own_interest=row.own_interest,
        objection=Objection(row.objection),
        text=row.text,
        by=By(ActorId(row.given_by), row.given_by_name, row.given_at),
    )


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
