"""Spam and what else was set aside: nothing of it is deleted, and somebody looks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Decision

from ..forms.set_aside import SetAside
from ..returning import back
from ..together import set_aside_together
from .together import ids_of, say


@requires(Permission.TRIAGE_READ)
@require_safe
def list_set_aside(request: HttpRequest) -> HttpResponse:
    """What lies there, why, and who sent it."""
    return _page(request, SetAside())


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def decide_set_aside(request: HttpRequest) -> HttpResponse:
    """Take what was ticked in after all, or set it aside, with one reason."""
    actor, form = actor_of(request), SetAside(request.POST)
    known = triage_queries.list_lines(actor, reports=ids_of(request.POST.getlist("report")))
    if not known:
        messages.warning(request, gettext("No report was ticked."))
        return redirect("list_set_aside")
    if not form.is_valid():
        return _page(request, form, status=422, ticked=frozenset(map(str, known)))
    decision, reason = Decision(form.cleaned_data["becomes"]), form.cleaned_data["reason"]
    say(request, set_aside_together(actor, lines=known.values(), decision=decision, reason=reason))
    return back(request, otherwise="list_set_aside")


def _page(
    request: HttpRequest, form: SetAside, *, status: int = 200, ticked: frozenset[str] = frozenset()
) -> HttpResponse:
    viewer = actor_of(request)
    context = {
        "page": triage_queries.list_set_aside(viewer, after=request.GET.get("after", "")),
        "form": form,
        "ticked": ticked,
        "may_decide": may(viewer.roles, Permission.TRIAGE_DECIDE),
    }
    return render(request, "desk/queue/set_aside.html", context, status=status)
