"""Freedom-of-information requests: documents, decision, release."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import Actor, Permission
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseFilters, CaseId, CaseLine
from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Preview, Sight, seen_together
from meldpunt.entrypoints.web.downloads import as_download
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.telling import tell
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.values import ReleaseId, Request, RequestId, State

from ..colleagues import names_of
from ..forms.disclosures import Reason
from ..forms.openness import STATE_LABELS, Decide, FindDocuments, Hear, RequestFilters, Take
from ..forms.turning import page_asked, turned
from ..forms.widening import ask_why_wider

PAGE = 50


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_GET
def list_requests(request: HttpRequest) -> HttpResponse:
    """Requests, what must be decided first on top."""
    form, number = RequestFilters(request.GET), page_asked(request)
    state = State(form.cleaned_data["state"]) if form.is_valid() and form.cleaned_data["state"] else None
    lines = openness_queries.list_requests(actor_of(request), state=state, page=number)
    context = {
        "form": form,
        "lines": [(line, STATE_LABELS[line.state]) for line in lines],
        "turn": turned(number, size=PAGE, lines=lines),
    }
    return render(request, "desk/openness/list.html", context)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_GET
def show_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """One request: who asks what, by when, which documents, and the decisions."""
    return _page(request, RequestId(asked))


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def select_document(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Take a document of a case into the request, as it is now."""
    form = Take(request.POST)
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422)
    selection = openness_actions.select_document(
        actor_of(request),
        request=RequestId(asked),
        document=form.cleaned_data["document"],
        kind=form.chosen_kind(),
    )
    return redirect("show_selection", selection=selection.id)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def adjourn_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Take the longer term that the act allows once."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, reason=form)
    openness_actions.adjourn_request(actor_of(request), request=RequestId(asked), reason=form.cleaned_data["reason"])
    return redirect("show_request", asked=asked)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def decide_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """What who asks would read; once that was seen, every document without what is withheld, for a second person."""
    found = openness_queries.get_request(actor_of(request), request=RequestId(asked))
    form = Decide(
        request.POST,
        asked=found,
        is_anybody_unheard=_is_anybody_unheard(found, _to_hear(request, found)),
    )
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, decide=form)
    if not form.is_confirmed:
        return _page(request, RequestId(asked), decide=form)

    def decide(seen: Sight) -> HttpResponse:
        unheard = form.cleaned_data.get("unheard", "")
        openness_actions.decide_request(
            actor_of(request),
            request=RequestId(asked),
            unheard=unheard,
            widening=form.cleaned_data.get("widening", ""),
            seen=seen,
            **form.said(),
        )
        said = gettext("Decided. No trace of what is withheld was found. A colleague has to approve.")
        messages.success(request, said)
        return redirect("show_request", asked=asked)

    return tell(request, decide, again=lambda status: _page(request, RequestId(asked), status=status, decide=form))


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def hear_organisation(request: HttpRequest, asked: UUID) -> HttpResponse:
    """What an organisation concerned would read; once that was seen, it is asked for its view."""
    found = openness_queries.get_request(actor_of(request), request=RequestId(asked))
    form = Hear(request.POST, to_hear=_to_hear(request, found))
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, hear=form)
    if not form.is_confirmed:
        return _page(request, RequestId(asked), hear=form)

    def hear(seen: Sight) -> HttpResponse:
        openness_actions.hear_organisation(
            actor_of(request),
            request=RequestId(asked),
            organisation=form.chosen(),
            due_at=form.due_at(),
            reason=form.cleaned_data["reason"],
            seen=seen,
        )
        return redirect("show_request", asked=asked)

    return tell(request, hear, again=lambda status: _page(request, RequestId(asked), status=status, hear=form))


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def hold_release(request: HttpRequest, asked: UUID) -> HttpResponse:
    """The court was asked: the documents wait for it."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, reason=form)
    openness_actions.hold_release(actor_of(request), request=RequestId(asked), reason=form.cleaned_data["reason"])
    return redirect("show_request", asked=asked)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def date_release(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Nothing stands in the way any more: set the day."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, reason=form)
    openness_actions.date_release(actor_of(request), request=RequestId(asked), reason=form.cleaned_data["reason"])
    return redirect("show_request", asked=asked)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def approve_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """The second pair of eyes."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, reason=form)

    def approve(seen: Sight) -> HttpResponse:
        openness_actions.approve_request(
            actor_of(request), request=RequestId(asked), reason=form.cleaned_data["reason"], seen=seen
        )
        return redirect("show_request", asked=asked)

    return tell(request, approve, again=lambda status: _page(request, RequestId(asked), status=status, reason=form))


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def publish_decision(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Propose the delivered decision to everybody."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, reason=form)

    def publish(seen: Sight) -> HttpResponse:
        told = openness_actions.publish_decision(
            actor_of(request), request=RequestId(asked), reason=form.cleaned_data["reason"], seen=seen
        )
        return redirect("show_disclosure", disclosure=told.id)

    return tell(request, publish, again=lambda status: _page(request, RequestId(asked), status=status, reason=form))


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_POST
def reopen_request(request: HttpRequest, asked: UUID) -> HttpResponse:
    """Take a decision back that was not delivered."""
    form = Reason(request.POST)
    if not form.is_valid():
        return _page(request, RequestId(asked), status=422, reason=form)
    openness_actions.reopen_request(actor_of(request), request=RequestId(asked), reason=form.cleaned_data["reason"])
    return redirect("show_request", asked=asked)


@requires(Permission.INFORMATION_REQUEST_HANDLE)
@require_GET
def download_release(request: HttpRequest, release: UUID) -> HttpResponse:
    """The released PDF."""
    found = openness_queries.get_release(actor_of(request), release=ReleaseId(release))
    return as_download(name=found.name, media_type="application/pdf", data=found.data)


def _page(
    request: HttpRequest,
    asked: RequestId,
    *,
    status: int = 200,
    reason: Reason | None = None,
    decide: Decide | None = None,
    hear: Hear | None = None,
) -> HttpResponse:
    viewer = actor_of(request)
    found = openness_queries.get_request(viewer, request=asked)
    find = FindDocuments(request.GET or None, cases=_cases(request))
    sought = find.cleaned_data if find.is_bound and find.is_valid() else {}
    documents = (
        case_queries.list_documents(
            viewer, case=CaseId(sought["case"]) if sought.get("case") else None, text=sought.get("text", "")
        )
        if sought
        else ()
    )
    to_hear = _to_hear(request, found)
    hear = hear or Hear(to_hear=to_hear)
    decide = decide or Decide(asked=found, is_anybody_unheard=_is_anybody_unheard(found, to_hear))
    people = [one for decision in found.decisions for one in (decision.decided_by, decision.approved_by)]
    context = {
        "asked": found,
        "state": STATE_LABELS[found.state],
        "is_open": found.state is State.OPEN,
        "is_finished": found.decision is not None and found.decision.publication is not None,
        "find": find,
        "documents": [(line, Take(initial={"document": line.id}, auto_id=f"{line.id}_%s")) for line in documents],
        "names": names_of(viewer, people),
        "reason": reason or Reason(auto_id="reason_%s"),
        "adjourn": Reason(auto_id="adjourn_%s"),
        "decide": decide,
        "decision_preview": _decision_preview(viewer, found, decide),
        "publication_preview": _publication_preview(viewer, found),
        "to_hear": to_hear,
        "hear": hear,
        "hearing_preview": _hearing_preview(viewer, found, hear),
    }
    return render(request, "desk/openness/one.html", context, status=status)


def _decision_preview(viewer: Actor, asked: Request, decide: Decide) -> Preview | None:
    """Of what was written and is whole; before that there is nothing to see."""
    if not decide.is_bound or decide.errors:
        ask_why_wider(decide)
        return None
    preview = openness_queries.preview_decision(viewer, request=asked.id, **decide.said())
    decide.show(preview)
    ask_why_wider(decide, [preview])
    return preview


def _hearing_preview(viewer: Actor, asked: Request, hear: Hear) -> Preview | None:
    if not hear.is_bound or hear.errors:
        return None
    preview = openness_queries.preview_hearing(
        viewer, request=asked.id, organisation=hear.chosen(), due_at=hear.due_at()
    )
    hear.show(preview)
    return preview


def _publication_preview(viewer: Actor, asked: Request) -> tuple[Preview, Sight] | None:
    if not openness_queries.is_publishable(viewer, asked=asked):
        return None
    preview = openness_queries.preview_publication(viewer, request=asked.id)
    return preview, seen_together([preview.sight])


def _to_hear(request: HttpRequest, asked: Request) -> tuple[Organisation, ...]:
    if asked.state is not State.OPEN:
        return ()
    return openness_queries.list_to_hear(actor_of(request), request=asked.id, selections=asked.selections)


def _is_anybody_unheard(asked: Request, to_hear: tuple[Organisation, ...]) -> bool:
    return bool(to_hear) or asked.suspended_until is not None


def _cases(request: HttpRequest) -> tuple[CaseLine, ...]:
    return case_queries.list_cases(actor_of(request), filters=CaseFilters(state=None)).lines
