"""What the desk asks of bodies: what it waits for, asking with the law's answer first, and what came back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.values import Preview, Sight
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.evidence.values import EvidenceId
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.inquiries import queries as inquiry_queries
from meldpunt.inquiries.values import AnswerId, InquiryId, State

from ..forms.disclosures import Reason
from ..forms.inquiries import AskBody, KeepInCase
from ..forms.turning import page_asked, turned
from ..forms.widening import ask_why_wider

PAGE = inquiry_queries.PAGE


@requires(Permission.INQUIRY_HANDLE)
@require_GET
def list_inquiries(request: HttpRequest) -> HttpResponse:
    """What we wait for and what bodies ask us, what is due first on top; with `?all=1` everything, newest first."""
    viewer, number, everything = actor_of(request), page_asked(request), request.GET.get("all") == "1"
    asked = inquiry_queries.list_inquiries(viewer, is_awaited=not everything, page=number)
    incoming = inquiry_queries.list_incoming(viewer, is_open=not everything, page=number)
    turn = turned(number, size=PAGE, lines=asked if len(asked) > len(incoming) else incoming)
    context = {"asked": asked, "incoming": incoming, "everything": everything, "turn": turn}
    return render(request, "desk/inquiries/list.html", context)


@requires(Permission.INQUIRY_ASK)
@require_http_methods(["GET", "POST"])
def ask_body(request: HttpRequest) -> HttpResponse:
    """The form; then what the body would be asked, on what ground and without what; then the asking."""
    viewer = actor_of(request)
    form = AskBody(
        request.POST or None,
        bodies=constituency_queries.list_parties(viewer),
        cases=case_queries.list_cases(viewer).lines,
        initial={"due_at": inquiry_queries.usual_term(timezone.now()), "case": request.GET.get("case", "")},
    )
    if not (request.method == "POST" and form.is_valid()):
        return _form(request, form, status=422 if form.is_bound else 200)

    def ask(seen: Sight) -> HttpResponse:
        done = inquiry_actions.ask_body(viewer, form=form.inquiry(), seen=seen)
        if done.state is State.REFUSED_BY_LAW:
            messages.warning(request, gettext("The law refuses this inquiry. It is kept with the verdict."))
        else:
            messages.success(request, gettext("The inquiry is kept, with how far it came."))
        return redirect("show_inquiry", inquiry=done.id)

    def show(status: int) -> HttpResponse:
        return _form(request, form, inquiry_queries.preview_inquiry(viewer, form=form.inquiry()), status=status)

    try:
        return tell(request, ask, again=show) if form.is_confirmed else show(200)
    except RuleBroken as broken:
        form.add_error(None, in_words(broken))
        return _form(request, form, status=422)


@requires(Permission.INQUIRY_HANDLE)
@require_GET
def show_inquiry(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """What was asked and on what ground, the answers, the reminders."""
    return _page(request, InquiryId(inquiry))


@requires(Permission.INQUIRY_ASK)
@require_POST
def withdraw_inquiry(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Take it back."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, InquiryId(inquiry), status=422, end=form)
    inquiry_actions.withdraw_inquiry(actor_of(request), inquiry=InquiryId(inquiry), reason=form.cleaned_data["reason"])
    messages.success(request, gettext("The inquiry was withdrawn; the body reads why."))
    return redirect("show_inquiry", inquiry=inquiry)


@requires(Permission.INQUIRY_HANDLE)
@require_POST
def close_inquiry(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Wait for nothing more."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, InquiryId(inquiry), status=422, end=form)
    inquiry_actions.close_inquiry(actor_of(request), inquiry=InquiryId(inquiry), reason=form.cleaned_data["reason"])
    messages.success(request, gettext("The inquiry was closed."))
    return redirect("show_inquiry", inquiry=inquiry)


@requires(Permission.INQUIRY_HANDLE)
@require_POST
def file_answer(request: HttpRequest, answer: UUID) -> HttpResponse:
    """Keep an answer as a document of a case."""
    viewer = actor_of(request)
    form = KeepInCase(request.POST, cases=case_queries.list_cases(viewer).lines)
    if not form.is_valid():
        return redirect("list_inquiries")
    case = CaseId(form.cleaned_data["case"])
    document = inquiry_actions.file_answer(viewer, answer=AnswerId(answer), case=case)
    return redirect("show_document", document=document)


# A POST, because to open it is a deed with a ledger entry: nothing that fetches links ahead may do it.
@requires(Permission.INQUIRY_HANDLE)
@require_POST
def open_answer_file(request: HttpRequest, item: UUID) -> HttpResponse:
    """The bytes as a download of no type, so that no program opens them by itself."""
    opened = inquiry_actions.open_answer_file(actor_of(request), item=EvidenceId(item), anyway="anyway" in request.POST)
    return as_download(name=opened.name, media_type="application/octet-stream", data=opened.data)


def _form(request: HttpRequest, form: AskBody, preview: Preview | None = None, *, status: int) -> HttpResponse:
    if preview:
        form.show(preview)
    if preview or not form.non_field_errors():
        ask_why_wider(form, [preview] if preview else ())
    return render(request, "desk/inquiries/ask.html", {"form": form, "preview": preview}, status=status)


def _page(request: HttpRequest, inquiry: InquiryId, *, status: int = 200, end: Reason | None = None) -> HttpResponse:
    viewer = actor_of(request)
    found = inquiry_queries.get_inquiry(viewer, inquiry=inquiry)
    context: dict[str, object] = {"inquiry": found, "end": end or Reason(), "questions": found.disclosure.kept[1:]}
    context["answers"] = [
        (one, tuple(zip(found.disclosure.kept[1:], one.texts, strict=False))) for one in found.answers
    ]
    if found.answers:
        initial = {"case": str(found.case)} if found.case else {}
        context["keep"] = KeepInCase(cases=case_queries.list_cases(viewer).lines, initial=initial, auto_id=False)
    return render(request, "desk/inquiries/one.html", context, status=status)
