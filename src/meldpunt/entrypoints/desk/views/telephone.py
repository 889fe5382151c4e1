"""Somebody calls."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.codes import carried_code, carry_code, drop_code
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import TimeImpossible
from meldpunt.intake.values import Channel, ReportId, ReportKind

from ..forms.telephone import Call


# The permission of triage: at the desk, who reports by telephone is who takes the call.
@requires(Permission.TRIAGE_READ)
@never_cache
def take_call(request: HttpRequest) -> HttpResponse:
    """The form. The receipt is shown by the page after it, so that reloading reports nothing twice."""
    form = Call(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "desk/telephone/form.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        receipt = intake_actions.receive_report(actor_of(request), form=form.report(), channel=Channel.TELEPHONE)
    except TimeImpossible as problem:
        form.add_error("aware_at", in_words(problem))
        return render(request, "desk/telephone/form.html", {"form": form}, status=422)
    return carry_code(redirect("show_call", report=receipt.report), receipt.code)


@requires(Permission.TRIAGE_READ)
@require_safe
@never_cache
def show_call(request: HttpRequest, report: UUID) -> HttpResponse:
    """The receipt, to read out; the code is on it the first time only."""
    viewer = actor_of(request)
    found = intake_queries.get_report(viewer, report=ReportId(report))
    clocks = intake_queries.clocks_of(viewer, report=found.id)
    context = {
        "report": found,
        "code": carried_code(request),
        "clocks": clocks,
        "lacks_clock": found.kind is ReportKind.STATUTORY and not clocks,
    }
    return drop_code(render(request, "desk/telephone/receipt.html", context))
