"""One value that reports name, and everything that names it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import queries as constituency_queries
from meldpunt.engines.matching.values import ObservableKind
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.triage import queries as triage_queries

from ..observable_page import find_value, holders_of, indicator_of, told_of


@requires(Permission.TRIAGE_READ)
@require_GET
def show_observable(request: HttpRequest, observable: UUID) -> HttpResponse:
    """Reports, feed rows, cases, indicators and disclosures; whose it is by the register. By id: a value says much."""
    viewer = actor_of(request)
    found = find_value(viewer, observable)
    if found is None:
        raise Http404
    kind, value = found
    naming = intake_queries.find_naming(viewer, kind=kind, value=value)
    lines = triage_queries.list_lines(viewer, reports=naming.reports)
    about = {row.organisation for row in naming.rows if row.organisation} | {
        line.organisation for line in lines.values() if line.organisation
    }
    indicator = indicator_of(viewer, value=value)
    context = {
        "kind": kind,
        "value": value,
        "naming": naming,
        "reports": sorted(lines.values(), key=lambda line: line.received_at, reverse=True),
        "organisations": constituency_queries.list_by_ids(viewer, organisations=about),
        "cases": case_queries.list_naming(viewer, kind=kind, value=value),
        "indicator": indicator,
        "told": told_of(viewer, indicator),
        "holders": holders_of(viewer, kind=kind, value=value, at=timezone.now()),
        "users": constituency_queries.list_users_of_product(viewer, product=value)
        if kind == ObservableKind.PRODUCT
        else (),
    }
    return render(request, "desk/observables/one.html", context)
