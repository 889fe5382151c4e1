"""Cases become one, and two again; they close, and open again; a report is taken out. Always with a reason."""

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
from meldpunt.cases.values import CaseId
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId

from ..case_page import case_page
from ..forms.cases import Merge
from ..forms.decision import Reason


@requires(Permission.CASE_WRITE)
@require_POST
def merge(request: HttpRequest, case: UUID) -> HttpResponse:
    """Another case goes on in this one."""
    actor = actor_of(request)
    form = Merge(request.POST, cases=case_queries.list_cases(actor).lines, auto_id="merge_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, merge=form)
    said = form.cleaned_data
    case_actions.merge_cases(actor, into=CaseId(case), other=CaseId(said["other"]), reason=said["reason"])
    messages.success(request, gettext("The cases are one now. Undo it on the page of the case that was merged."))
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def split(request: HttpRequest, case: UUID) -> HttpResponse:
    """Undo the merge of this case into another; nothing is lost."""
    form = Reason(request.POST, auto_id="reason_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, reason=form)
    case_actions.split_case(actor_of(request), case=CaseId(case), reason=form.cleaned_data["reason"])
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def close(request: HttpRequest, case: UUID) -> HttpResponse:
    """The work is done."""
    form = Reason(request.POST, auto_id="reason_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, reason=form)
    case_actions.close_case(actor_of(request), case=CaseId(case), reason=form.cleaned_data["reason"])
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def reopen(request: HttpRequest, case: UUID) -> HttpResponse:
    """There is more to do."""
    form = Reason(request.POST, auto_id="reason_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, reason=form)
    case_actions.reopen_case(actor_of(request), case=CaseId(case), reason=form.cleaned_data["reason"])
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def take_out(request: HttpRequest, case: UUID, report: UUID) -> HttpResponse:
    """The report is about something else after all."""
    form = Reason(request.POST, auto_id="reason_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, reason=form)
    case_actions.take_out_report(actor_of(request), report=ReportId(report), reason=form.cleaned_data["reason"])
    return redirect("show_case", case=case)
