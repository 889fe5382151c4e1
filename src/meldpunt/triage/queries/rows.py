"""From rows to values. Rows never leave the room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.intake.values import ReportId
from meldpunt.vocabulary.errors import UnknownWord
from meldpunt.vocabulary.nciss import Level, default_thresholds
from meldpunt.vocabulary.rsit import IncidentClass, IncidentType, incident_class, incident_type

from .. import models
from ..packing import unpack_estimate
from ..values import Assessment, AssessmentBrief, By, Decision, DecisionLine, Disruption, Objection, Severity, View


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
    return DecisionLine(row.number, Decision(row.decision), row.reason, By(ActorId(row.by), row.by_name, row.at))


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
    return {row.report_id: row for row in rows.order_by("report_id", "-version").distinct("report_id")}


def standing_of(reports: Iterable[UUID]) -> Mapping[UUID, Decision]:
    """The last decision of each report that had one; REOPEN where it is undecided again."""
    rows = models.Decision.objects.filter(report_id__in=list(reports))
    last = rows.order_by("report_id", "-number").distinct("report_id").values_list("report_id", "decision")
    return {report: Decision(decision) for report, decision in last}


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
