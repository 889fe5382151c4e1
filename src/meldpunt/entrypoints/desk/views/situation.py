"""All that stands still now, in one picture."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.services import queries as service_queries
from meldpunt.services.values import Service
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import ReportOutage, Situation

from ..charts import chart_of
from ..forms.services import Suppose

_SHOWN = 20
"""Reports that nobody estimated, by their reference."""


@requires(Permission.TRIAGE_READ)
@require_GET
def show_situation(request: HttpRequest) -> HttpResponse:
    """What the reports say together, what each adds, and what nobody estimated yet."""
    viewer, form = actor_of(request), Suppose(request.GET)
    service, situation = _situation(viewer, form)
    waiting = triage_queries.list_unestimated(viewer)
    outages = situation.outages if situation else ()
    names = triage_queries.get_network(viewer, nodes=[node for one in outages for node in one.outage.shares]).names
    reports = intake_queries.list_by_ids(viewer, reports={*(one.report for one in outages), *waiting[:_SHOWN]})
    added = situation.added if situation else {}
    context = {
        "form": form,
        "supposed": service,
        "found": situation.estimate if situation else None,
        "lines": [
            (
                reports[one.report],
                one.estimated_at,
                [(names[node], share) for node, share in one.outage.shares.items() if node in names],
                added.get(one.report),
            )
            for one in outages
            if one.report in reports
        ],
        "adds_known": bool(added),
        "waiting": [reports[one] for one in waiting[:_SHOWN] if one in reports],
        "more": max(len(waiting) - _SHOWN, 0),
    }
    return render(request, "desk/situation/now.html", context, status=200 if form.is_valid() else 422)


@requires(Permission.TRIAGE_READ)
@require_GET
def show_picture(request: HttpRequest) -> HttpResponse:
    """The same as a picture; the table beside it says the same."""
    _, situation = _situation(actor_of(request), Suppose(request.GET))
    if situation is None:
        raise Http404
    context = {"chart": chart_of(situation.estimate)}
    return render(request, "desk/reports/consequence.svg", context, content_type="image/svg+xml")


def _situation(viewer: Actor, form: Suppose) -> tuple[Service | None, Situation | None]:
    """The service that is supposed to stop too, if any, and all that stands still with it."""
    said = form.cleaned_data["service"] if form.is_valid() else ""
    service = service_queries.find_by_code(viewer, code=said) if said else None
    if said and service is None:
        form.add_error("service", form.UNKNOWN)
    supposed = {service.node: 1.0} if service else None
    return service, triage_queries.get_situation(viewer, outages=_going_on(viewer), supposed=supposed)


def _going_on(viewer: Actor) -> tuple[ReportOutage, ...]:
    """Of reports that are undecided or in a case on which we work."""
    outages = triage_queries.list_outages(viewer)
    closed = case_queries.list_in_closed(viewer, reports=[one.report for one in outages])
    return tuple(one for one in outages if one.report not in closed)
