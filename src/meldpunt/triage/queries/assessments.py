"""What the desk thinks of reports: now, and version by version."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.intake.formats.shadowserver import known_reports
from meldpunt.intake.values import ReportId
from meldpunt.law import IN_FORCE

from .. import models
from ..rules.nature import class_of
from ..values import Assessment, AssessmentBrief, ClassifiedReport
from .rows import assessment_from, brief_from, latest_of


@look(Permission.TRIAGE_READ)
def find_assessment(viewer: Actor, /, *, report: ReportId) -> Assessment | None:
    """The assessment that counts; None where nobody assessed the report."""
    row = models.Assessment.objects.filter(report_id=report).order_by("-version").first()
    return assessment_from(row) if row and not row.is_blank else None


@look(Permission.TRIAGE_READ)
def list_versions(viewer: Actor, /, *, report: ReportId) -> tuple[Assessment, ...]:
    """Every version, latest first: what was known at the time, as it was known."""
    rows = models.Assessment.objects.filter(report_id=report).order_by("-version")
    return tuple(map(assessment_from, rows))


@look(Permission.TRIAGE_READ)
def list_assessments(viewer: Actor, /, *, reports: Collection[UUID]) -> Mapping[ReportId, AssessmentBrief]:
    """What counts for each of these reports; those that nobody assessed are left out."""
    return {ReportId(report): brief_from(row) for report, row in latest_of(reports).items()}


@look(Permission.FIGURES_COMPILE)
def list_classified(viewer: Actor, /, *, first_day: date, last_day: date) -> tuple[ClassifiedReport, ...]:
    """Every readable report of the period, with the class it counts under; both days are included.

    The desk's class counts; where nobody assessed the report, that of the feed or of its sender; else `other`.
    Without a sector of its own a report counts in the sector of the organisation it is about.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT report, sector, organisation, occurred, class, feed, said FROM triage_classified(%s, %s, %s)",
            [first_day, last_day, IN_FORCE.zone.key],
        )
        rows = cursor.fetchall()
    organisations = constituency_queries.list_by_ids(viewer, organisations={row[2] for row in rows if row[2]})
    feeds = known_reports()
    return tuple(
        ClassifiedReport(
            report=ReportId(report),
            sector=sector or (organisations[organisation].sector if organisation in organisations else ""),
            rsit_class=class_of(assessed=assessed or "", feed=feeds.get(feed, ""), said=said),
            organisation=OrganisationId(organisation) if organisation else None,
            on=occurred,
        )
        for report, sector, organisation, occurred, assessed, feed, said in rows
    )
