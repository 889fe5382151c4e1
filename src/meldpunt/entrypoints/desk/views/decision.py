"""What becomes of a report: into a case, elsewhere, or nowhere; and back again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.values import Permission
from meldpunt.cases import actions as case_actions
from meldpunt.cases import queries as case_queries
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import DissentUnanswered, HoldStands
from meldpunt.triage.values import Decision

from ..forms.decision import Accept, Reason
from ..forms.heeding import Heeds
from ..report_page import report_page


@requires(Permission.CASE_WRITE)
@require_POST
def accept(request: HttpRequest, report: UUID) -> HttpResponse:
    """Into a new case, or into one about the same incident."""
    actor = actor_of(request)
    told = intake_queries.get_report(actor, report=ReportId(report))
    suggestions = case_queries.suggest_cases(actor, report=told)
    form = Accept(request.POST, suggestions=suggestions, auto_id="accept_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, accept=form)
    heeds = heeds_in(request, ReportId(report), "accept_%s")
    said = form.cleaned_data
    try:
        case = case_actions.accept_report(
            actor,
            report=ReportId(report),
            title=said["title"],
            reason=said["reason"],
            case=form.chosen(),
            followed=heeds.followed(),
            is_over_hold=heeds.is_over_hold,
        )
    except (DissentUnanswered, HoldStands) as refused:
        heeds.add_error(None, in_words(refused))
        return report_page(request, ReportId(report), status=422, accept=form, heeds_accept=heeds)
    messages.success(request, gettext("The report is in this case."))
    return redirect("show_case", case=case)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def decline(request: HttpRequest, report: UUID) -> HttpResponse:
    """Nothing for us."""
    return _decide(request, report, Decision.DECLINE)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def send_on(request: HttpRequest, report: UUID) -> HttpResponse:
    """Somebody else's work: the reason says whose."""
    return _decide(request, report, Decision.REDIRECT)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def reopen(request: HttpRequest, report: UUID) -> HttpResponse:
    """Decide anew, out of its case if it is in one; the decision before it stays in the history."""
    form = Reason(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, close=form)
    case_actions.reopen_report(actor_of(request), report=ReportId(report), reason=form.cleaned_data["reason"])
    messages.success(request, gettext("The decision was kept, with its reason."))
    return redirect("show_report", report=report)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def set_aside(request: HttpRequest, report: UUID) -> HttpResponse:
    """Where spam lies; it can be taken in from there."""
    return _decide(request, report, Decision.SET_ASIDE)


def _decide(request: HttpRequest, report: UUID, decision: Decision) -> HttpResponse:
    form = Reason(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return report_page(request, ReportId(report), status=422, close=form)
    heeds = heeds_in(request, ReportId(report), "close_%s")
    try:
        triage_actions.decide_report(
            actor_of(request),
            report=ReportId(report),
            decision=decision,
            reason=form.cleaned_data["reason"],
            followed=heeds.followed() if decision is not Decision.SET_ASIDE else None,
            is_over_hold=heeds.is_over_hold,
        )
    except (DissentUnanswered, HoldStands) as refused:
        heeds.add_error(None, in_words(refused))
        return report_page(request, ReportId(report), status=422, close=form, heeds_close=heeds)
    messages.success(request, gettext("The decision was kept, with its reason."))
    return redirect("show_report", report=report)


def heeds_in(request: HttpRequest, report: ReportId, auto_id: str) -> Heeds:
    """What was said of the views; of a form that was tampered with nothing, and then the deed asks for it."""
    heeds = Heeds(
        request.POST, asked=triage_queries.list_consultations(actor_of(request), report=report), auto_id=auto_id
    )
    if not heeds.is_valid():
        heeds.cleaned_data = {field: heeds.cleaned_data.get(field, "") for field in heeds.fields}
    return heeds
