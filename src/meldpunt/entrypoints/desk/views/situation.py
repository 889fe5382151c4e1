"""All that stands still now, in one picture."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Report, ReportId
from meldpunt.services import queries as service_queries
from meldpunt.services.values import Service
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Added, ReportOutage, Situation
from meldpunt.vocabulary.bilingual import Bilingual

from ..charts import chart_of
from ..forms.services import Suppose

_SHOWN = 20
"""Reports that nobody estimated, by their reference."""
_Line: TypeAlias = tuple[Report, datetime, list[tuple[Bilingual, float]], Added | None]


@requires(Permission.TRIAGE_READ)
@require_GET
def show_situation(request: HttpRequest) -> HttpResponse:
    """What the reports say together, what each adds, and what nobody estimated yet."""
    viewer, form = actor_of(request), Suppose(request.GET)
    service = _supposed(viewer, form)
    going_on, left_out = _going_on(viewer)
    situation = triage_queries.get_situation(
        viewer, outages=going_on, supposed={service.node: 1.0} if service else None
    )
    waiting = triage_queries.list_unestimated(viewer)
    reports = intake_queries.list_by_ids(viewer, reports={*(one.report for one in going_on), *waiting[:_SHOWN]})
    context = {
        "form": form,
        "supposed": service,
        "found": situation.estimate if situation else None,
        "chart": chart_of(situation.estimate) if situation else None,
        "lines": _lines(situation, reports) if situation else [],
        "adds_known": bool(situation and situation.added),
        "left_out": left_out,
        "most": triage_queries.MOST_OUTAGES,
        "waiting": [reports[one] for one in waiting[:_SHOWN] if one in reports],
        "more": max(len(waiting) - _SHOWN, 0),
    }
    return render(request, "desk/situation/now.html", context, status=200 if form.is_valid() else 422)


def _lines(situation: Situation, reports: Mapping[ReportId, Report]) -> list[_Line]:
    """Each report with since when what of it is out, and what it adds."""
    names = situation.names
    return [
        (
            reports[one.report],
            one.began_at,
            [(names[node], share) for node, share in one.outage.shares.items() if node in names],
            situation.added.get(one.report),
        )
        for one in situation.outages
        if one.report in reports
    ]


def _supposed(viewer: Actor, form: Suppose) -> Service | None:
    """The service that is supposed to stop too, if any."""
    said = form.cleaned_data["service"] if form.is_valid() else ""
    service = service_queries.find_by_code(viewer, code=said) if said else None
    if said and service is None:
        form.add_error("service", form.UNKNOWN)
    return service


def _going_on(viewer: Actor) -> tuple[tuple[ReportOutage, ...], int]:
    """Of reports that are undecided or in a case on which we work; and of how many nobody looked."""
    outages = triage_queries.list_outages(viewer)
    closed = case_queries.list_in_closed(viewer, reports=[one.report for one in outages.going_on])
    return tuple(one for one in outages.going_on if one.report not in closed), outages.left_out
