"""What a report is, how grave, and what it may do to society."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Disruption

from ..charts import chart_of
from ..forms.assessment import Assess, Override
from ..meanwhile import meanwhile
from ..one_by_one import to_report
from ..outages import posted_estimate
from ..report_page import report_page


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def assess(request: HttpRequest, report: UUID) -> HttpResponse:
    """Classify and score; a colleague's version that was not seen is not overwritten."""
    form = Assess(request.POST)
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, assess=form)
    said, of = form.cleaned_data, ReportId(report)
    try:
        triage_actions.assess_report(
            actor_of(request),
            report=of,
            rsit=said["rsit"],
            reason=said["reason"],
            nciss=form.nciss(),
            seen=said["seen"],
        )
    except RuleBroken as broken:
        return report_page(request, of, status=409, stands=meanwhile(request, of, form, broken), assess=form)
    triage_actions.forget_draft(actor_of(request), report=of, form="assess")
    messages.success(request, gettext("The assessment was kept."))
    return to_report(request, report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def estimate(request: HttpRequest, report: UUID) -> HttpResponse:
    """Compute what the outage does to the vital processes, unless a colleague assessed it since."""
    form = posted_estimate(actor_of(request), request.POST)
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, estimate=form)
    outage, of = form.outage(), ReportId(report)
    try:
        triage_actions.estimate_consequence(
            actor_of(request),
            report=of,
            outage=outage.shares,
            until_hour=outage.until_hour,
            recovers_in_hours=outage.recovers_in_hours,
            seen=form.cleaned_data["seen"],
        )
    except RuleBroken as broken:
        return report_page(request, of, status=409, stands=meanwhile(request, of, form, broken), estimate=form)
    triage_actions.forget_draft(actor_of(request), report=ReportId(report), form="estimate")
    messages.success(request, gettext("The consequence was computed."))
    if left_out := form.without_share():
        said = gettext("Without a share, so not taken along: %(names)s.") % {"names": "; ".join(left_out)}
        messages.warning(request, said)
    return to_report(request, report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def override(request: HttpRequest, report: UUID) -> HttpResponse:
    """A person's word over the model's, which stays beside it; not over one that a colleague gave since."""
    form = Override(request.POST, auto_id="override_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, override=form)
    said, of = form.cleaned_data, ReportId(report)
    try:
        triage_actions.override_disruption(
            actor_of(request),
            report=of,
            disruption=Disruption(said["disruption"]),
            reason=said["reason"],
            seen=said["seen"],
        )
    except RuleBroken as broken:
        return report_page(request, of, status=409, stands=meanwhile(request, of, form, broken), override=form)
    triage_actions.forget_draft(actor_of(request), report=ReportId(report), form="override")
    messages.success(request, gettext("Your judgement was kept beside the computed one."))
    return to_report(request, report)


@requires(Permission.TRIAGE_READ)
@require_GET
def show_chart(request: HttpRequest, report: UUID) -> HttpResponse:
    """The estimate as a picture; the table beside it says the same."""
    assessment = triage_queries.get_triage(actor_of(request), report=ReportId(report)).assessment
    if assessment is None or assessment.estimate is None:
        raise Http404
    context = {"chart": chart_of(assessment.estimate)}
    return render(request, "desk/reports/consequence.svg", context, content_type="image/svg+xml")
