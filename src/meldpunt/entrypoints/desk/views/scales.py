"""Where a report stands on the scales of others."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions

from ..forms.scales import Place
from ..report_page import report_page


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def scale_report(request: HttpRequest, report: UUID) -> HttpResponse:
    """Keep where it stands, beside what follows from the assessment."""
    form = Place(request.POST)
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, place=form)
    try:
        triage_actions.scale_report(
            actor_of(request), report=ReportId(report), form=form.said(), seen=form.cleaned_data["seen"]
        )
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return report_page(request, ReportId(report), status=422, place=form)
    messages.success(request, gettext("Kept, beside what follows from the assessment."))
    return redirect("show_report", report=report)
