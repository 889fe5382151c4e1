"""Where somebody lands: what asks for attention."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.advice import queries as advice_queries
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.inquiries import queries as inquiry_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.openness import queries as openness_queries
from meldpunt.triage import queries as triage_queries


@requires(Permission.DISCLOSURE_READ)
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Clocks that run, messages unread, measures to answer, hearings, inquiries and consultations due."""
    viewer = actor_of(request)
    told = disclosure_queries.list_delivered(viewer)
    context: dict[str, object] = {"unread": [one for one in told if not one.read_at and not one.withdrawn_at]}
    if may(viewer.roles, Permission.REPORT_FOLLOW):
        lines = intake_queries.list_own_reports(viewer).lines
        context |= {"reports": lines[:5], "due": [line for line in lines if line.due]}
    if may(viewer.roles, Permission.ADVICE_ANSWER):
        context["advice"] = [one for one in advice_queries.list_own_advice(viewer) if one.to_answer]
    if may(viewer.roles, Permission.HEARING_ANSWER):
        heard = openness_queries.list_own_hearings(viewer)
        context["heard"] = [one for one in heard if one.view is None and one.told.withdrawn_at is None]
    if may(viewer.roles, Permission.INQUIRY_ANSWER):
        context["inquiries"] = [one for one in inquiry_queries.list_own_inquiries(viewer) if one.is_awaited]
    if may(viewer.roles, Permission.CONSULTATION_ANSWER):
        asked = triage_queries.list_asked(viewer)
        context["asked"] = [one for one in asked if one.view is None and one.told.withdrawn_at is None]
    return render(request, "portal/home.html", context)
