"""Which cases, and which undecided reports, may be about the same incident."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import MARK, Report, ReportId, ReportLine, Told
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import QueueFilters

from .. import models
from ..rules.correlating import (
    NOTHING_IN_COMMON,
    InCommon,
    Rarity,
    Sign,
    likeness,
    ranked,
    rarity_among,
    span_of,
    words_of,
)
from ..values import CaseState, ReportSuggestion, Suggestion
from .lists import lines_from
from .rows import inside, tops_of, wholes_of

_MOST_SHOWN = 10
_MOST_CANDIDATES = 60
_MOST_LOOKED_AT = 200


@look(Permission.CASE_READ)
def suggest_cases(viewer: Actor, /, *, report: Report) -> tuple[Suggestion, ...]:
    """Open cases that the report may belong to, likeliest first, each with its reasons.

    `report` is the report as the viewer reads it. Candidates are cases about the same organisation, cases that share
    an observable or hold a report that is worded alike, and the newest open ones; each whole, with what was merged.
    """
    return _cases(viewer, report, _Wording(viewer, report))


@look(Permission.TRIAGE_READ)
def suggest_reports(viewer: Actor, /, *, report: Report) -> tuple[ReportSuggestion, ...]:
    """Other undecided reports that may be about the same incident, likeliest first.

    `report` is the report as the viewer reads it. Candidates are the newest reports about the same organisation,
    reports that share one of the first sixty observables, unless everybody names it, and reports worded alike.
    """
    return _reports(viewer, report, _Wording(viewer, report))


@look(Permission.CASE_READ)
def suggest_both(viewer: Actor, /, *, report: Report) -> tuple[tuple[Suggestion, ...], tuple[ReportSuggestion, ...]]:
    """What `suggest_cases` and `suggest_reports` say, for less than the two."""
    wording = _Wording(viewer, report)
    return _cases(viewer, report, wording), _reports(viewer, report, wording)


class _Wording:
    """How a report is worded among the others: read when it is asked for, and once."""

    def __init__(self, viewer: Actor, report: Report) -> None:
        self._viewer, self._report = viewer, report.id

    @cached_property
    def alike(self) -> tuple[ReportId, ...]:
        return intake_queries.list_alike(self._viewer, report=self._report)

    @cached_property
    def rarity(self) -> Rarity:
        return rarity_among([_words(told) for told in intake_queries.list_newest_words(self._viewer)])


def _cases(viewer: Actor, report: Report, wording: _Wording) -> tuple[Suggestion, ...]:
    sign = _sign_of(report)
    shared = _shared_with_cases(report.id)
    rows = list(_candidates(sign, shared, wording.alike))
    signs = _signs_of_cases(viewer, [row.id for row in rows], wording.alike) if rows else {}
    found = [
        (row, likeness(sign, signs[row.id], shared=shared.get(row.id, NOTHING_IN_COMMON), rarity=wording.rarity))
        for row in rows
        if row.id in signs
    ]
    judged = [(row, one) for row, one in found if one is not None]
    if not judged:
        return ()
    order = ranked([(one, row.reference) for row, one in judged])[:_MOST_SHOWN]
    lines = lines_from(viewer, [judged[place][0] for place in order])
    likenesses = [judged[place][1] for place in order]
    return tuple(Suggestion(line, one.reasons, one.strength) for line, one in zip(lines, likenesses, strict=True))


def _reports(viewer: Actor, report: Report, wording: _Wording) -> tuple[ReportSuggestion, ...]:
    sign = _sign_of(report)
    met = intake_queries.weigh_shared(viewer, report=report.id)
    shared = {other: InCommon(one.sealed, one.weight) for other, one in met.items()}
    lines = _other_reports(viewer, report, {*shared, *wording.alike})
    others = intake_queries.list_by_ids(viewer, reports=lines.keys()) if lines else {}
    signs = {key: _sign_of(one) for key, one in others.items()}
    judged = {
        key: likeness(sign, one, shared=shared.get(key, NOTHING_IN_COMMON), rarity=wording.rarity)
        for key, one in signs.items()
    }
    alike = [(others[key], one) for key, one in judged.items() if one is not None]
    order = ranked([(one, other.reference) for other, one in alike])[:_MOST_SHOWN]
    chosen = [alike[place] for place in order]
    return tuple(ReportSuggestion(lines[other.id], one.reasons, one.strength) for other, one in chosen)


def _other_reports(viewer: Actor, report: Report, near: Collection[ReportId]) -> Mapping[ReportId, ReportLine]:
    """What lies near, and the newest about the same organisation; of those the undecided."""
    found = set(near)
    if report.organisation:
        found |= set(intake_queries.list_of_organisation(viewer, organisation=report.organisation))
    undecided = QueueFilters().states
    lines = triage_queries.list_lines(viewer, reports=found - {report.id})
    return dict([(one, line) for one, line in lines.items() if line.state in undecided][:_MOST_CANDIDATES])


def _shared_with_cases(report: ReportId) -> dict[UUID, InCommon]:
    """What the report and each case where work goes on both name, also what is sealed for the viewer.

    Of a case of several parts what the part names that has most in common: what two parts name counts once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT sharing, sealed, weight FROM cases_sharing(%s)", [report])
        parts = {case: InCommon(sealed, weight) for case, sealed, weight in cursor.fetchall()}
    found: dict[UUID, InCommon] = {}
    for part, top in tops_of(parts).items():
        found[top] = max(found.get(top, NOTHING_IN_COMMON), parts[part], key=lambda one: one.weight)
    return found


def _candidates(sign: Sign, shared: Collection[UUID], alike: Collection[ReportId]) -> Iterable[models.Case]:
    held = models.CaseReport.objects.filter(taken_out_at=None)
    mine = held.filter(report__organisation_id__in=sign.organisations)
    about = Q(organisation_id__in=sign.organisations) | Q(id__in=mine.values("case_id"))
    newest = models.Case.objects.order_by("-opened_at", "-id")
    near = {*shared, *held.filter(report__in=alike).values_list("case_id", flat=True)}
    near |= set(newest.filter(about).values_list("id", flat=True)[:_MOST_LOOKED_AT])
    open_cases = newest.filter(state=CaseState.OPEN.value)
    found = {row.id: row for row in open_cases.filter(id__in=set(tops_of(near).values()))[:_MOST_CANDIDATES]}
    found |= {row.id: row for row in open_cases[: _MOST_CANDIDATES - len(found)]}
    return found.values()


def _sign_of(report: Report) -> Sign:
    ended = [one for one in (report.ended_at, *(stage.ended_at for stage in report.stages)) if one]
    first, last = span_of(
        occurred_on=report.occurred_on,
        aware_on=_day(report.aware_at),
        ended_on=_day(max(ended, default=None)),
        received_on=timezone.localdate(report.received_at),
    )
    return Sign(
        organisations=frozenset({report.organisation} if report.organisation else ()),
        values=frozenset(one.value for one in report.observables),
        first_day=first,
        last_day=last,
        texts=(_words(Told(report.title, report.text)),),
    )


def _words(told: Told) -> frozenset[str]:
    # A mark is no word: two masked texts are not alike by being masked.
    return words_of(f"{told.title}\n{told.text}".replace(MARK, " "))


def _signs_of_cases(viewer: Actor, cases: Collection[UUID], alike: Collection[ReportId]) -> dict[UUID, Sign]:
    """The signs of cases that have reports; the words are those of the first report, and of those worded alike."""
    tops = {part: case for case, whole in wholes_of(cases).items() for part in whole}
    held = list(_reports_of(tops))
    signs: dict[UUID, list[_Held]] = defaultdict(list)
    for one in held:
        signs[tops[one.case]].append(one)
    values: dict[UUID, set[str]] = defaultdict(set)
    standing = models.Observable.objects.filter(Q(report=None) | inside(), case__in=tops)
    for part, value in standing.values_list("case_id", "value"):
        values[tops[part]].add(value)
    read = {reports[0].report for reports in signs.values()} | {one.report for one in held if one.report in set(alike)}
    words = {report: _words(told) for report, told in intake_queries.list_words(viewer, reports=read).items()}
    return {
        case: Sign(
            organisations=frozenset(one.organisation for one in reports if one.organisation),
            values=frozenset(values[case]),
            first_day=min(one.first_day for one in reports),
            last_day=max(one.last_day for one in reports),
            texts=tuple(words[one.report] for one in reports if one.report in words),
        )
        for case, reports in signs.items()
    }


@dataclass(frozen=True, slots=True)
class _Held:
    """A report in a case, as far as signs go."""

    case: UUID
    report: ReportId
    organisation: UUID | None
    first_day: date
    last_day: date


def _reports_of(parts: Collection[UUID]) -> Iterator[_Held]:
    rows = models.CaseReport.objects.filter(case__in=parts, taken_out_at=None).order_by("added_at", "id")
    told = ("organisation_id", "occurred_on", "aware_at", "ended_at", "received_at")
    for case, report, organisation, occurred_on, aware_at, ended_at, received_at in rows.values_list(
        "case_id", "report_id", *(f"report__{name}" for name in told)
    ):
        span = span_of(
            occurred_on=occurred_on,
            aware_on=_day(aware_at),
            ended_on=_day(ended_at),
            received_on=timezone.localdate(received_at),
        )
        yield _Held(case, ReportId(report), organisation, *span)


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
