"""A report as it was known at a moment: what came later does not stand on the page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meldpunt.access.values import Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId
from meldpunt.triage import queries as triage_queries

from ..forms.then import Moment


@requires(Permission.TRIAGE_READ)
@require_safe
def show_then(request: HttpRequest, report: UUID) -> HttpResponse:
    """The report at `at`; where that is no moment, at this one, and it says so."""
    viewer, now = actor_of(request), timezone.now()
    form = Moment(request.GET if "at" in request.GET else {"at": now})
    is_read = form.is_valid()
    then = triage_queries.get_then(viewer, report=ReportId(report), at=form.cleaned_data["at"] if is_read else now)
    whose = then.attributed.organisation if then.attributed else None
    known = constituency_queries.list_by_ids(viewer, organisations=[whose] if whose else [])
    context = {"then": then, "form": form, "organisation": known.get(whose) if whose else None}
    return render(request, "desk/reports/then.html", context, status=200 if is_read else 422)
