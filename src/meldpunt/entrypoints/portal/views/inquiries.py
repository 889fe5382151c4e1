"""What the desk asks of this organisation, and what a body asks of the desk."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldpunt.access.errors import RuleBroken
from meldpunt.access.rules import may
from meldpunt.access.values import Permission
from meldpunt.entrypoints.portal.forms.inquiries import AnswerInquiry, PutInquiry
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.reading import open_told
from meldpunt.entrypoints.web.uploads import attached_of, takes_files
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.inquiries import queries as inquiry_queries
from meldpunt.inquiries.values import IncomingId, InquiryId


@requires(Permission.INQUIRY_ANSWER)
@require_safe
def list_inquiries(request: HttpRequest) -> HttpResponse:
    """What was asked of the organisation, and what it asked itself where it is a body that may; newest first."""
    viewer, page = actor_of(request), page_number(request)
    context: dict[str, object] = {"asked_all": inquiry_queries.list_own_inquiries(viewer, page=page), "page": page}
    if may(viewer.roles, Permission.INQUIRY_SUBMIT):
        context["put_all"] = inquiry_queries.list_own_incoming(viewer, page=page)
    return render(request, "portal/inquiries.html", context)


@requires(Permission.INQUIRY_ANSWER)
@require_safe
def show_inquiry(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """What was asked, which counts as read from now on, what was answered, and the form for an answer."""
    viewer = actor_of(request)
    asked = inquiry_queries.get_own_inquiry(viewer, inquiry=InquiryId(inquiry))
    open_told(request, viewer, disclosure=asked.told.id)
    return _page(request, InquiryId(inquiry))


@requires(Permission.INQUIRY_ANSWER)
@require_POST
@takes_files
def answer_inquiry(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Answer, or add to an answer."""
    actor = actor_of(request)
    asked = inquiry_queries.get_own_inquiry(actor, inquiry=InquiryId(inquiry))
    form = AnswerInquiry(request.POST, request.FILES, questions=asked.told.parts[1:])
    if not form.is_valid():
        return _page(request, InquiryId(inquiry), form=form, status=422)
    files = attached_of(form.cleaned_data["attachments"])
    try:
        inquiry_actions.answer_inquiry(actor, inquiry=InquiryId(inquiry), form=form.answer(), files=files)
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _page(request, InquiryId(inquiry), form=form, status=422)
    messages.success(request, gettext("Your answer is with the desk. You can add to it while the inquiry is open."))
    return redirect("show_inquiry", inquiry=inquiry)


@requires(Permission.INQUIRY_SUBMIT)
@require_http_methods(["GET", "HEAD", "POST"])
def put_inquiry(request: HttpRequest) -> HttpResponse:
    """Ask the desk for data."""
    form = PutInquiry(request.POST or None, initial={"wanted_at": inquiry_queries.usual_term(timezone.now())})
    if request.method == "POST" and form.is_valid():
        try:
            put = inquiry_actions.submit_incoming(actor_of(request), form=form.inquiry())
        except RuleBroken as broken:
            form.add_error(None, in_words(broken))
        else:
            return redirect("show_own_inquiry", incoming=put.incoming.id)
    status = 422 if form.is_bound else 200
    return render(request, "portal/put_inquiry.html", {"form": form}, status=status)


@requires(Permission.INQUIRY_SUBMIT)
@require_safe
def show_own_inquiry(request: HttpRequest, incoming: UUID) -> HttpResponse:
    """What the body asked, and what it was told, which counts as read from now on."""
    viewer = actor_of(request)
    put = inquiry_queries.get_own_incoming(viewer, incoming=IncomingId(incoming))
    for told in put.told:
        open_told(request, viewer, disclosure=told.id)
    return render(request, "portal/own_inquiry.html", {"put": put})


def _page(
    request: HttpRequest, inquiry: InquiryId, *, form: AnswerInquiry | None = None, status: int = 200
) -> HttpResponse:
    asked = inquiry_queries.get_own_inquiry(actor_of(request), inquiry=inquiry)
    questions = asked.told.parts[1:]
    answers = [(one, tuple(zip(questions, one.texts, strict=False))) for one in asked.answers]
    context: dict[str, object] = {"asked": asked, "told": asked.told, "answers": answers}
    context["form"] = form or AnswerInquiry(questions=questions)
    return render(request, "portal/inquiry.html", context, status=status)
