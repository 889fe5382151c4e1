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
from meldpunt.disclosure.values import State
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.inquiries import queries as inquiry_queries
from meldpunt.inquiries.values import IncomingId

from ..forms.disclosures import Reason
from ..forms.inquiries import ReplyToBody


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
    form = ReplyToBody(request.POST, cases=case_queries.list_cases(viewer).lines)
    preview = None
    if form.is_valid():
        said, of = form.reply(), IncomingId(incoming)
        try:
            if "confirm" in request.POST:
                told = inquiry_actions.reply_to_body(viewer, incoming=of, form=said, reason=form.cleaned_data["reason"])
                _say(request, told.state)
                return redirect("show_incoming", incoming=incoming)
            preview = inquiry_queries.preview_reply(viewer, incoming=of, form=said)
        except RuleBroken as broken:
            form.add_error(None, in_words(broken))
    context: dict[str, object] = {"reply": form, "preview": preview}
    return _page(request, IncomingId(incoming), status=422 if form.errors else 200, **context)


@requires(Permission.INQUIRY_HANDLE)
@require_POST
def tell_nothing(request: HttpRequest, incoming: UUID) -> HttpResponse:
    """Tell the body that there is nothing that may be told."""
    form = Reason(request.POST, auto_id="nothing_%s")
    if not form.is_valid():
        return _page(request, IncomingId(incoming), status=422, nothing=form)
    told = inquiry_actions.tell_nothing(
        actor_of(request), incoming=IncomingId(incoming), reason=form.cleaned_data["reason"]
    )
    _say(request, told.state)
    return redirect("show_incoming", incoming=incoming)


def _say(request: HttpRequest, state: State) -> None:
    if state is State.DELIVERED:
        messages.success(request, gettext("The body was told."))
    elif state is State.REFUSED:
        messages.warning(
            request, gettext("The law refuses this reply. It is kept with the verdict; the body sees nothing.")
        )
    else:
        messages.success(request, gettext("The reply waits for a second person; the body sees nothing yet."))


def _page(request: HttpRequest, incoming: IncomingId, *, status: int = 200, **shown: object) -> HttpResponse:
    viewer = actor_of(request)
    context: dict[str, object] = {"handled": inquiry_queries.get_incoming(viewer, incoming=incoming)}
    if "reply" not in shown:
        context["reply"] = ReplyToBody(cases=case_queries.list_cases(viewer).lines)
    context["nothing"] = Reason(auto_id="nothing_%s")
    return render(request, "desk/inquiries/incoming.html", context | shown, status=status)
