"""Which cases, and which undecided reports, may be about the same incident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Order, QueueFilters

from .. import models
from ..rules.correlating import Likeness, Sign, likeness, ranked, trigrams_of
from ..values import CaseState, DocumentKind, ReportSuggestion, Suggestion
from .lists import lines_from

_MOST_SHOWN = 10
_MOST_CANDIDATES = 60
_MOST_VALUES = 20


@look(Permission.CASE_READ)
def suggest_cases(viewer: Actor, /, *, report: ReportId) -> tuple[Suggestion, ...]:
    """Open cases that the report may belong to, likeliest first, each with its reasons. Raises ReportNotFound.

    Candidates are cases about the same organisation, cases that share an observable, and the newest open ones.
    """
    sign = _sign_of_report(intake_queries.get_report(viewer, report=report))
    rows = list(_candidates(sign))
    signs = _signs_of_cases([row.id for row in rows])
    found = [(row, likeness(sign, signs[row.id])) for row in rows if row.id in signs]
    alike = [(row, one) for row, one in found if one is not None]
    order = ranked([(one, row.reference) for row, one in alike])[:_MOST_SHOWN]
    lines = lines_from(viewer, [alike[place][0] for place in order])
    likenesses = [alike[place][1] for place in order]
    return tuple(Suggestion(line, one.reasons, one.strength) for line, one in zip(lines, likenesses, strict=True))


@look(Permission.TRIAGE_READ)
def suggest_reports(viewer: Actor, /, *, report: ReportId) -> tuple[ReportSuggestion, ...]:
    """Other undecided reports that may be about the same incident, likeliest first. Raises ReportNotFound.

    Candidates are reports about the same organisation, and reports that share one of the first twenty observables.
    """
    found = intake_queries.get_report(viewer, report=report)
    sign = _sign_of_report(found)
    alike: list[tuple[Report, Likeness]] = []
    for candidate in _other_reports(viewer, found):
        other = intake_queries.get_report(viewer, report=candidate)
        one = likeness(sign, _sign_of_report(other))
        if one is not None:
            alike.append((other, one))
    order = ranked([(one, other.reference) for other, one in alike])
    lines = triage_queries.list_lines(viewer, reports=[other.id for other, _ in alike])
    chosen = [alike[place] for place in order if alike[place][0].id in lines][:_MOST_SHOWN]
    return tuple(ReportSuggestion(lines[other.id], one.reasons, one.strength) for other, one in chosen)


def _other_reports(viewer: Actor, report: Report) -> Sequence[ReportId]:
    sharing: list[ReportId] = []
    for observable in report.observables[:_MOST_VALUES]:
        sharing += [line.report for line in intake_queries.list_observables(viewer, value=observable.value)]
    if report.organisation:
        about = QueueFilters(organisation=report.organisation)
        page = triage_queries.list_queue(viewer, filters=about, order=Order.NEWEST)
        sharing += [line.report.id for line in page.lines]
    undecided = QueueFilters().states
    lines = triage_queries.list_lines(viewer, reports=set(sharing) - {report.id})
    return [line.id for line in lines.values() if line.state in undecided][:_MOST_SHOWN]


def _candidates(sign: Sign) -> Iterable[models.Case]:
    mine = models.CaseReport.objects.filter(report__organisation_id__in=sign.organisations, taken_out_at=None)
    sharing = models.Observable.objects.filter(value__in=sign.values)
    open_cases = models.Case.objects.filter(state=CaseState.OPEN.value).order_by("-opened_at", "-id")
    near = (
        Q(organisation_id__in=sign.organisations)
        | Q(id__in=mine.values("case_id"))
        | Q(id__in=sharing.values("case_id"))
    )
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
        trigrams=trigrams_of(f"{report.title}\n{report.text}"),
    )


def _signs_of_cases(cases: Sequence[UUID]) -> dict[UUID, Sign]:
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
    texts = dict(first.order_by("case_id", "written_at", "id").distinct("case_id").values_list("case_id", "text"))
    return {
        case: Sign(
            frozenset(organisations[case]), frozenset(values[case]), *days[case], trigrams_of(texts.get(case, ""))
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
