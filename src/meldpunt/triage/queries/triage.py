"""Everything a page of triage shows about one report."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from importlib.resources import files
from typing import Final

from django.db import connection

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Channel, Report, ReportId, StageId
from meldpunt.vocabulary.nciss import score_categories
from meldpunt.vocabulary.vital import vital_process

from .. import models
from ..rules.nature import suggest_rsit
from ..rules.then import changes_since, last_weighed
from ..thresholds import house_thresholds
from ..values import (
    Addition,
    Assessment,
    By,
    Changes,
    Consultation,
    Decision,
    DecisionLine,
    FeedSummary,
    RsitSuggestion,
    Stood,
    Triage,
)
from ..wordlist import rsit_words
from .assessments import list_versions
from .consultations import list_consultations
from .rows import decisions_of, standing_of
from .scales import read_scaling

_FIRST_ROWS = 10
_STOOD: Final = (files("meldpunt.triage") / "sql" / "stood.sql").read_text()
_SAID_IN = ("type", "classification", "rsit")


@look(Permission.TRIAGE_READ)
def get_triage(viewer: Actor, /, *, report: ReportId) -> Triage:
    """The report with clocks, suggestions, assessment, views and decisions. Raises ReportNotFound."""
    found = intake_queries.get_report(viewer, report=report)
    organisation = _organisation(viewer, found)
    feed = _feed(viewer, found)
    versions = list_versions(viewer, report=report)
    taken = models.Assignment.objects.filter(report_id=report).first()
    asked, decisions = list_consultations(viewer, report=report), decisions_of(report)
    return Triage(
        report=found,
        organisation=organisation,
        clocks=intake_queries.clocks_in(viewer, report=found),
        feed=feed,
        suggestions=_suggestions(found, feed),
        categories=score_categories(),
        processes=tuple(map(vital_process, organisation.vital_processes)) if organisation else (),
        assessment=versions[0] if versions and not versions[0].is_blank else None,
        version=versions[0].version if versions else 0,
        history=versions if versions and versions[0].is_blank else versions[1:],
        consultations=asked,
        decisions=decisions,
        taken=By(ActorId(taken.actor), taken.name, taken.at) if taken else None,
        additions=_additions(found),
        thresholds=house_thresholds(),
        scaling=read_scaling(found, organisation, versions),
        origin=_origin(report),
        since=_since(found, versions, asked, decisions),
    )


@look(Permission.TRIAGE_READ)
def list_standing(viewer: Actor, /, *, reports: Collection[ReportId]) -> Mapping[ReportId, Decision]:
    """What was decided last about each of these reports; those about which nothing was are left out."""
    return {ReportId(report): decision for report, decision in standing_of(reports).items()}


@look(Permission.TRIAGE_READ)
def list_stood(viewer: Actor, /, *, reports: Collection[ReportId]) -> Mapping[ReportId, Stood]:
    """What whoever decides about these reports from one page has seen; those the viewer may not see are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_STOOD, [list(reports)])
        return {ReportId(report): Stood(*counts) for report, *counts in cursor.fetchall()}


def _since(
    report: Report,
    versions: tuple[Assessment, ...],
    asked: tuple[Consultation, ...],
    decisions: tuple[DecisionLine, ...],
) -> Changes | None:
    last = last_weighed(decisions)
    return changes_since(report, versions=versions, consultations=asked, since=last.by.at) if last else None


def _additions(report: Report) -> Mapping[StageId, Addition]:
    late = [one.id for one in report.stages if one.is_after_decision]
    rows = models.FollowUp.objects.filter(stage_id__in=late).select_related("became")
    followed = {row.stage_id: row for row in rows} if late else {}
    return {one: _addition(one, followed.get(one)) for one in late}


def _addition(stage: StageId, row: models.FollowUp | None) -> Addition:
    if row is None:
        return Addition(stage)
    by = By(ActorId(row.by), row.by_name, row.at)
    return Addition(stage, by, ReportId(row.became.id), row.became.reference) if row.became else Addition(stage, by)


def _origin(report: ReportId) -> tuple[ReportId, str] | None:
    row = models.FollowUp.objects.filter(became=report).select_related("stage__report").first()
    return (ReportId(row.stage.report_id), row.stage.report.reference) if row else None


def _organisation(viewer: Actor, report: Report) -> Organisation | None:
    if report.organisation is None:
        return None
    return constituency_queries.get_organisation(viewer, organisation=report.organisation)


def _feed(viewer: Actor, report: Report) -> FeedSummary | None:
    if report.channel is not Channel.FEED and not report.feed:
        return None
    counted = intake_queries.count_feed_rows(viewer, report=report.id)
    first = intake_queries.list_feed_rows(viewer, report=report.id)[:_FIRST_ROWS]
    return FeedSummary(counted.rows, counted.readable, counted.attributed, first)


def _suggestions(report: Report, feed: FeedSummary | None) -> tuple[RsitSuggestion, ...]:
    kinds = [row.rsit for row in feed.first if row.rsit] if feed else []
    return suggest_rsit(
        title=report.title,
        text=report.text,
        words=rsit_words(),
        feed=kinds[0] if kinds else "",
        said=[report.answers[name] for name in _SAID_IN if report.answers.get(name)],
    )
