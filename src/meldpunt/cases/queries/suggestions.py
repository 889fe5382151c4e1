"""Which cases, and which undecided reports, may be about the same incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import MARK, Report, ReportId, ReportLine, Told
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import QueueFilters

from .. import models
from ..rules.correlating import NOTHING_IN_COMMON, InCommon, Sign, likeness, ranked, trigrams_of
from ..values import CaseState, DocumentKind, ReportSuggestion, Suggestion
from .lists import lines_from

_MOST_SHOWN = 10
_MOST_CANDIDATES = 60


@look(Permission.CASE_READ)
def suggest_cases(viewer: Actor, /, *, report: Report) -> tuple[Suggestion, ...]:
    """Open cases that the report may belong to, likeliest first, each with its reasons.

    `report` is the report as the viewer reads it. Candidates are cases about the same organisation, cases that share
    an observable, and the newest open ones.
    """
    sign = _sign_of_report(report)
    shared = _shared_with_cases(report.id)
    rows = list(_candidates(sign, shared))
    signs = _signs_of_cases(viewer, [row.id for row in rows])
    found = [
        (row, likeness(sign, signs[row.id], shared=shared.get(row.id, NOTHING_IN_COMMON)))
        for row in rows
        if row.id in signs
    ]
    alike = [(row, one) for row, one in found if one is not None]
    order = ranked([(one, row.reference) for row, one in alike])[:_MOST_SHOWN]
    lines = lines_from(viewer, [alike[place][0] for place in order])
    likenesses = [alike[place][1] for place in order]
    return tuple(Suggestion(line, one.reasons, one.strength) for line, one in zip(lines, likenesses, strict=True))


@look(Permission.TRIAGE_READ)
def suggest_reports(viewer: Actor, /, *, report: Report) -> tuple[ReportSuggestion, ...]:
    """Other undecided reports that may be about the same incident, likeliest first.

    `report` is the report as the viewer reads it. Candidates are the newest reports about the same organisation, and
    reports that share one of the first sixty observables, unless everybody names it.
    """
    sign = _sign_of_report(report)
    met = intake_queries.weigh_shared(viewer, report=report.id)
    shared = {other: InCommon(one.sealed, one.weight) for other, one in met.items()}
    lines = _other_reports(viewer, report, shared)
    others = intake_queries.list_by_ids(viewer, reports=lines.keys())
    judged = {
        key: likeness(sign, _sign_of_report(one), shared=shared.get(key, NOTHING_IN_COMMON))
        for key, one in others.items()
    }
    alike = [(others[key], one) for key, one in judged.items() if one is not None]
    order = ranked([(one, other.reference) for other, one in alike])[:_MOST_SHOWN]
    chosen = [alike[place] for place in order]
    return tuple(ReportSuggestion(lines[other.id], one.reasons, one.strength) for other, one in chosen)


def _other_reports(viewer: Actor, report: Report, shared: Mapping[ReportId, InCommon]) -> Mapping[ReportId, ReportLine]:
    near = set(shared)
    if report.organisation:
        near |= set(intake_queries.list_of_organisation(viewer, organisation=report.organisation))
    undecided = QueueFilters().states
    lines = triage_queries.list_lines(viewer, reports=near - {report.id})
    return dict([(one, line) for one, line in lines.items() if line.state in undecided][:_MOST_SHOWN])


def _shared_with_cases(report: ReportId) -> dict[UUID, InCommon]:
    """What the report and each case both name, also what is sealed for the viewer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing, sealed, weight FROM cases_sharing(%s)", [report])
        return {case: InCommon(sealed, weight) for case, sealed, weight in cursor.fetchall()}


def _candidates(sign: Sign, shared: Mapping[UUID, InCommon]) -> Iterable[models.Case]:
    mine = models.CaseReport.objects.filter(report__organisation_id__in=sign.organisations, taken_out_at=None)
    open_cases = models.Case.objects.filter(state=CaseState.OPEN.value).order_by("-opened_at", "-id")
    near = Q(organisation_id__in=sign.organisations) | Q(id__in=mine.values("case_id")) | Q(id__in=list(shared))
    found = {row.id: row for row in open_cases.filter(near)[:_MOST_CANDIDATES]}
    found |= {row.id: row for row in open_cases[: _MOST_CANDIDATES - len(found)]}
    return found.values()


def _sign_of_report(report: Report) -> Sign:
    day = report.occurred_on or (report.aware_at or report.received_at).date()
    return Sign(
        organisations=frozenset({report.organisation} if report.organisation else ()),
        values=frozenset(one.value for one in report.observables),
        first_day=day,
        last_day=max(day, report.received_at.date()),
        trigrams=_trigrams(Told(report.title, report.text)),
    )


def _trigrams(told: Told) -> frozenset[str]:
    # A mark is no word: two masked texts are not alike by being masked.
    return trigrams_of(f"{told.title}\n{told.text}".replace(MARK, " "))


def _signs_of_cases(viewer: Actor, cases: Sequence[UUID]) -> dict[UUID, Sign]:
    """The signs of cases that have reports; the words are those of the first report."""
    days = _days_of(cases)
    inside = models.CaseReport.objects.filter(case__in=cases, taken_out_at=None)
    organisations: dict[UUID, set[UUID]] = {case: set() for case in cases}
    for case, organisation in inside.values_list("case_id", "report__organisation_id"):
        if organisation:
            organisations[case].add(organisation)
    values: dict[UUID, set[str]] = {case: set() for case in cases}
    for case, value in models.Observable.objects.filter(case__in=cases).values_list("case_id", "value"):
        values[case].add(value)
    first = models.Document.objects.filter(case__in=cases, kind=DocumentKind.REPORT.value)
    of_case = dict(
        first.order_by("case_id", "written_at", "id").distinct("case_id").values_list("case_id", "report_id")
    )
    words = intake_queries.list_words(viewer, reports=of_case.values())
    trigrams = {case: _trigrams(words[ReportId(report)]) for case, report in of_case.items() if report in words}
    return {
        case: Sign(
            frozenset(organisations[case]), frozenset(values[case]), *days[case], trigrams.get(case, frozenset())
        )
        for case in cases
        if case in days
    }


def _days_of(cases: Sequence[UUID]) -> dict[UUID, tuple[date, date]]:
    inside = models.CaseReport.objects.filter(case__in=cases, taken_out_at=None)
    rows = inside.values("case_id").annotate(
        occurred=Min("report__occurred_on"), first=Min("report__received_at"), last=Max("report__received_at")
    )
    return {
        row["case_id"]: (min(row["occurred"] or row["first"].date(), row["first"].date()), row["last"].date())
        for row in rows
    }
