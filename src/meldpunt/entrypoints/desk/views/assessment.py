"""What a report is, how grave, and what it may do to society."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Disruption

from ..charts import chart_of
from ..forms.assessment import Assess, Estimate, Override
from ..report_page import report_page


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def assess(request: HttpRequest, report: UUID) -> HttpResponse:
    """Classify and score; a colleague's version that was not seen is not overwritten."""
    form = Assess(request.POST)
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, assess=form)
    said = form.cleaned_data
    triage_actions.assess_report(
        actor_of(request),
        report=ReportId(report),
        rsit=said["rsit"],
        reason=said["reason"],
        nciss=form.nciss(),
        seen=said["seen"],
    )
    messages.success(request, gettext("The assessment was kept."))
    return redirect("show_report", report=report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def estimate(request: HttpRequest, report: UUID) -> HttpResponse:
    """Compute what the outage does to the vital processes."""
    form = Estimate(request.POST)
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, estimate=form)
    outage = form.outage()
    triage_actions.estimate_consequence(
        actor_of(request),
        report=ReportId(report),
        outage=outage.shares,
        until_hour=outage.until_hour,
        recovers_in_hours=outage.recovers_in_hours,
    )
    messages.success(request, gettext("The consequence was computed."))
    return redirect("show_report", report=report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def override(request: HttpRequest, report: UUID) -> HttpResponse:
    """A person's word over the model's; the computed value stays beside it."""
    form = Override(request.POST, auto_id="override_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, override=form)
    triage_actions.override_disruption(
        actor_of(request),
        report=ReportId(report),
        disruption=Disruption(form.cleaned_data["disruption"]),
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, gettext("Your judgement was kept beside the computed one."))
    return redirect("show_report", report=report)


@requires(Permission.TRIAGE_READ)
@require_GET
def show_chart(request: HttpRequest, report: UUID) -> HttpResponse:
    """The estimate as a picture; the table beside it says the same."""
    assessment = triage_queries.get_triage(actor_of(request), report=ReportId(report)).assessment
    if assessment is None or assessment.estimate is None:
        raise Http404
    context = {"chart": chart_of(assessment.estimate)}
    return render(request, "desk/reports/consequence.svg", context, content_type="image/svg+xml")
