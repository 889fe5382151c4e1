"""Somebody calls."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web import drafts
from meldpunt.entrypoints.web.codes import carried_code, carry_code, drop_code
from meldpunt.entrypoints.web.draft_codes import go_on
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.errors import TimeImpossible
from meldpunt.intake.values import Channel, Draft, ReportId, ReportKind

from ..forms.telephone import Call


# The permission of triage: at the desk, who reports by telephone is who takes the call.
@requires(Permission.TRIAGE_READ)
@never_cache
def take_call(request: HttpRequest) -> HttpResponse:
    """The form. The receipt is shown by the page after it; received twice it is one report."""
    actor = actor_of(request)
    if request.method != "POST":
        kept = drafts.find_kept(request, actor)
        return _form(request, Call(drafts.as_data(kept)).unchecked() if kept else Call(), kept=kept)
    if "save" in request.POST:
        return drafts.remember(redirect("take_call"), request, drafts.save(request, actor).code)
    form = Call(request.POST)
    if "show" in request.POST:
        return _form(request, form.unchecked())
    if not form.is_valid():
        return _form(request, form, status=422)
    code = drafts.code_in(request)
    try:
        receipt = intake_actions.receive_report(actor, form=form.report(), channel=Channel.TELEPHONE, draft=code)
    except TimeImpossible as problem:
        form.add_error("aware_at", in_words(problem))
        return _form(request, form, status=422)
    return drafts.forget(carry_code(redirect("show_call", report=receipt.report), receipt.code), request)


@requires(Permission.TRIAGE_READ)
@require_POST
def save_draft(request: HttpRequest) -> HttpResponse:
    """What the script of the form sends during a call."""
    return drafts.saved(request, actor_of(request))


@requires(Permission.TRIAGE_READ)
@never_cache
def continue_draft(request: HttpRequest) -> HttpResponse:
    """Go on with a call that was begun in another browser."""
    return go_on(request, actor_of(request), page="desk/telephone/continue.html", to="take_call")


@requires(Permission.TRIAGE_READ)
@require_POST
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Take away what this browser saved of a call."""
    drafts.discard(request, actor_of(request))
    return drafts.forget(redirect("take_call"), request)


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


def _form(request: HttpRequest, form: Call, *, kept: Draft | None = None, status: int = 200) -> HttpResponse:
    code = kept.code if kept else drafts.code_in(request)
    context = {"form": form, "keys": Call.keys(), "kept": kept, "draft_code": code, "save_url": reverse("save_draft")}
    return render(request, "desk/telephone/form.html", context, status=status)
