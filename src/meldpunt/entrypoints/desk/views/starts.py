"""New starts: an administrator asks one for who lost a password or a factor, and a second person approves it."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access import starting
from meldpunt.access.proving import Answer, Session
from meldpunt.access.values import ActorId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.account import visitor_of
from meldpunt.entrypoints.web.gate import actor_of, requires, session_of
from meldpunt.entrypoints.web.logging_in import WHY_NO_CODE, CodeForm


@requires(Permission.ACCOUNT_MANAGE)
@require_POST
@never_cache
def ask_new_start(request: HttpRequest, account: UUID) -> HttpResponse:
    """Ask it for somebody; the first half of the code, shown this once."""
    half = constituency_actions.ask_new_start(actor_of(request), session=_session(request), account=ActorId(account))
    return render(request, "desk/people/half.html", {"half": half, "first": True})


@requires(Permission.ACCOUNT_APPROVE)
@require_safe
@never_cache
def list_new_starts(request: HttpRequest) -> HttpResponse:
    """What waits for a second pair of eyes."""
    return _list(request, CodeForm(prefix=""))


@requires(Permission.ACCOUNT_APPROVE)
@require_POST
@never_cache
@sensitive_post_parameters()
def approve_new_start(request: HttpRequest, start: UUID) -> HttpResponse:
    """Approve one with a code of one's own; the other half, shown this once."""
    form = CodeForm(request.POST)
    if form.is_valid():
        answer, half = constituency_actions.approve_new_start(
            actor_of(request),
            session=_session(request),
            start=start,
            code=form.cleaned_data["code"],
            visitor=visitor_of(request),
        )
        if answer is Answer.OPEN:
            return render(request, "desk/people/half.html", {"half": half, "first": False})
        form.add_error(None, str(WHY_NO_CODE[answer]))
    return _list(request, form, status=422)


def _list(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    waiting = starting.list_waiting(viewer)
    codes = constituency_queries.list_codes_of_waiting(
        viewer, organisations=[one.organisation for one in waiting if one.organisation]
    )
    starts = [
        (one, codes.get(one.organisation, "") if one.organisation else "", one.may_be_approved_by(viewer))
        for one in waiting
    ]
    return render(request, "desk/people/starts.html", {"starts": starts, "form": form}, status=status)


def _session(request: HttpRequest) -> Session:
    session = session_of(request)
    if session is None:
        raise Http404
    return session
