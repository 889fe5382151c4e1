"""What a page of a report tells by itself: who is at it, and what was typed; and how one wants the desk to behave."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake.values import ReportId
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Habit

from ..drafting import FORMS, typed_in
from ..one_by_one import to_report
from ..returning import back


@requires(Permission.TRIAGE_READ)
@require_POST
def be_present(request: HttpRequest, report: UUID) -> HttpResponse:
    """Who else has it open. The page says every twenty seconds that it is there, and when it is left."""
    actor, of = actor_of(request), ReportId(report)
    if "leave" in request.POST:
        triage_actions.leave_report(actor, report=of)
    else:
        triage_actions.stay_at_report(actor, report=of, is_deciding="deciding" in request.POST)
    present = triage_queries.list_present(actor, report=of)
    return render(request, "desk/reports/presence.html", {"present": present})


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def save_typed(request: HttpRequest, report: UUID) -> HttpResponse:
    """Keep what is being typed into a form of the page, or throw it away."""
    actor, of, form = actor_of(request), ReportId(report), request.POST.get("form", "")
    if form not in FORMS:
        return HttpResponse(status=422)
    if "discard" in request.POST:
        triage_actions.forget_draft(actor, report=of, form=form)
        messages.success(request, gettext("What you had typed was thrown away."))
        return to_report(request, report)
    triage_actions.save_draft(actor, report=of, form=form, fields=typed_in(request.POST))
    return render(request, "desk/reports/saved.html", {"at": timezone.now()})


@requires(Permission.TRIAGE_READ)
@require_POST
def keep_habit(request: HttpRequest) -> HttpResponse:
    """Single keys or none, and whether the next report opens by itself."""
    habit = Habit(has_keys="has_keys" in request.POST, opens_next="opens_next" in request.POST)
    triage_actions.keep_habit(actor_of(request), habit=habit)
    messages.success(request, gettext("The desk behaves so for you from now on."))
    return back(request, otherwise="home")
