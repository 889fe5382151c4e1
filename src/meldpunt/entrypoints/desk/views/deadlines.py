"""What the law still asks of whoever reported: due soon, and overdue, the first due first."""

from __future__ import annotations

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meldpunt.access.values import Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries

from ..forms.deadlines import DeadlineFilters

PAGE = 50


@requires(Permission.TRIAGE_READ)
@require_GET
def list_deadlines(request: HttpRequest) -> HttpResponse:
    """Deadlines within so many hours, and those that passed."""
    viewer, form = actor_of(request), DeadlineFilters(request.GET or None)
    found = intake_queries.list_deadlines(viewer, within=timedelta(hours=form.hours()))
    page = Paginator(found.lines, PAGE).get_page(request.GET.get("page"))
    about = {one.report.organisation for one in page.object_list if one.report.organisation}
    known = constituency_queries.list_by_ids(viewer, organisations=about)
    lines = [(one, known.get(one.report.organisation) if one.report.organisation else None) for one in page.object_list]
    context = {"form": form, "lines": lines, "page": page, "found": found, "total": len(found.lines)}
    return render(request, "desk/deadlines/list.html", context)
