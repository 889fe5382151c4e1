"""Cases: the list, one, and the daily work on it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import OrganisationId, Permission
from meldpunt.cases import actions as case_actions
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId, DocumentId, DocumentKind, PartyRole, TaskId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.gate import actor_of, requires

from ..case_page import case_page
from ..forms.cases import AddParty, CaseForm, Document, Note, Task


@requires(Permission.CASE_READ)
@require_GET
def list_cases(request: HttpRequest) -> HttpResponse:
    """A page of cases, newest first."""
    form = CaseForm(request.GET or {"state": ""})
    form.is_valid()
    viewer = actor_of(request)
    found = case_queries.list_cases(viewer, filters=form.filters(), page=form.cleaned_data.get("page") or 1)
    context = {
        "form": form,
        "cases": found,
        "added_to": {one.case: one.at for one in reversed(case_queries.list_news(viewer))},
        "clocks": case_queries.list_due(viewer, cases=[line.id for line in found.lines]),
        "previous": found.page - 1,
        "next": found.page + 1,
    }
    return render(request, "desk/cases/list.html", context)


@requires(Permission.CASE_READ)
@require_GET
def show_case(request: HttpRequest, case: UUID) -> HttpResponse:
    """One case with everything in it."""
    return case_page(request, CaseId(case))


@requires(Permission.CASE_READ)
@require_GET
def show_document(request: HttpRequest, document: UUID) -> HttpResponse:
    """A document whole."""
    found = case_queries.get_document(actor_of(request), document=DocumentId(document))
    return render(request, "desk/cases/document.html", {"document": found})


@requires(Permission.CASE_WRITE)
@require_POST
def add_note(request: HttpRequest, case: UUID) -> HttpResponse:
    """A line in the timeline."""
    form = Note(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, note=form)
    case_actions.add_entry(actor_of(request), case=CaseId(case), text=form.cleaned_data["text"])
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def refresh(request: HttpRequest, case: UUID) -> HttpResponse:
    """Take over what came in since."""
    case_actions.refresh_case(actor_of(request), case=CaseId(case))
    messages.success(request, gettext("The case holds it now."))
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def add_task(request: HttpRequest, case: UUID) -> HttpResponse:
    """Something to do."""
    form = Task(request.POST, auto_id="task_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, task=form)
    said = form.cleaned_data
    case_actions.add_task(
        actor_of(request), case=CaseId(case), title=said["title"], due_at=said["due_at"], is_mine=said["mine"]
    )
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def finish_task(request: HttpRequest, task: UUID) -> HttpResponse:
    """Done."""
    done = case_actions.finish_task(actor_of(request), task=TaskId(task))
    return redirect("show_case", case=done.case)


@requires(Permission.CASE_WRITE)
@require_POST
def add_document(request: HttpRequest, case: UUID) -> HttpResponse:
    """A document that is never changed after."""
    form = Document(request.POST, auto_id="document_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, document=form)
    said = form.cleaned_data
    case_actions.add_document(
        actor_of(request), case=CaseId(case), kind=DocumentKind(said["kind"]), title=said["title"], text=said["text"]
    )
    return redirect("show_case", case=case)


@requires(Permission.CASE_WRITE)
@require_POST
def add_party(request: HttpRequest, case: UUID) -> HttpResponse:
    """An organisation with a role in the case."""
    actor = actor_of(request)
    form = AddParty(request.POST, organisations=constituency_queries.list_parties(actor), auto_id="party_%s")
    if not form.is_valid():
        return case_page(request, CaseId(case), status=422, party=form)
    said = form.cleaned_data
    case_actions.add_party(
        actor, case=CaseId(case), organisation=OrganisationId(said["organisation"]), role=PartyRole(said["role"])
    )
    return redirect("show_case", case=case)
