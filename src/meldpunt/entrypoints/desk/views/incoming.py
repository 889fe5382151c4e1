"""What bodies ask the desk: who would be told what, on what ground and without what; or that there is nothing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.disclosure.values import Preview, Sight, State
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.inquiries import queries as inquiry_queries
from meldpunt.inquiries.values import IncomingId

from ..forms.confirming import Confirm
from ..forms.inquiries import ReplyToBody
from ..forms.widening import ask_why_wider


@requires(Permission.INQUIRY_HANDLE)
@require_GET
def show_incoming(request: HttpRequest, incoming: UUID) -> HttpResponse:
    """What a body asks, on what ground of its own, and every reply."""
    return _page(request, IncomingId(incoming))


@requires(Permission.INQUIRY_HANDLE)
@require_POST
def reply_to_body(request: HttpRequest, incoming: UUID) -> HttpResponse:
    """What the body would be told; once confirmed, the reply."""
    viewer = actor_of(request)
    form, of = ReplyToBody(request.POST, cases=case_queries.list_cases(viewer).lines), IncomingId(incoming)
    if not form.is_valid():
        return _page(request, of, status=422, reply=form)

    def reply(seen: Sight) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        told = inquiry_actions.reply_to_body(viewer, incoming=of, form=form.reply(), reason=reason, seen=seen)
        return _say(request, of, told.state)

    def show(status: int) -> HttpResponse:
        preview = inquiry_queries.preview_reply(viewer, incoming=of, form=form.reply())
        return _page(request, of, status=status, reply=form, preview=preview)

    try:
        return tell(request, reply, again=show) if form.is_confirmed else show(200)
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _page(request, of, status=422, reply=form)


@requires(Permission.INQUIRY_HANDLE)
@require_POST
def tell_nothing(request: HttpRequest, incoming: UUID) -> HttpResponse:
    """Tell the body that there is nothing that may be told."""
    form, of = Confirm(request.POST, auto_id="nothing_%s"), IncomingId(incoming)
    if not form.is_valid():
        return _page(request, of, status=422, nothing=form)

    def answer(seen: Sight) -> HttpResponse:
        reason = form.cleaned_data["reason"]
        told = inquiry_actions.tell_nothing(actor_of(request), incoming=of, reason=reason, seen=seen)
        return _say(request, of, told.state)

    return tell(request, answer, again=lambda status: _page(request, of, status=status, nothing=form))


def _say(request: HttpRequest, incoming: IncomingId, state: State) -> HttpResponse:
    if state is State.DELIVERED:
        messages.success(request, gettext("The body was told."))
    elif state is State.REFUSED:
        messages.warning(
            request, gettext("The law refuses this reply. It is kept with the verdict; the body sees nothing.")
        )
    else:
        messages.success(request, gettext("The reply waits for a second person; the body sees nothing yet."))
    return redirect("show_incoming", incoming=incoming)


def _page(
    request: HttpRequest,
    incoming: IncomingId,
    *,
    status: int = 200,
    reply: ReplyToBody | None = None,
    preview: Preview | None = None,
    nothing: Confirm | None = None,
) -> HttpResponse:
    viewer = actor_of(request)
    reply = reply or ReplyToBody(cases=case_queries.list_cases(viewer).lines)
    nothing = nothing or Confirm(auto_id="nothing_%s")
    if preview:
        reply.show(preview)
    if preview or not reply.non_field_errors():
        ask_why_wider(reply, [preview] if preview else ())
    of_nothing = inquiry_queries.preview_nothing(viewer, incoming=incoming)
    nothing.show(of_nothing)
    context = {
        "handled": inquiry_queries.get_incoming(viewer, incoming=incoming),
        "reply": reply,
        "preview": preview,
        "nothing": nothing,
        "nothing_preview": of_nothing,
    }
    return render(request, "desk/inquiries/incoming.html", context, status=status)
