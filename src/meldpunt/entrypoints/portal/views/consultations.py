"""What a government party was asked, its view, and what followed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.entrypoints.portal.forms.consultations import CounterQuestionForm, ViewForm
from meldpunt.entrypoints.web.errors import in_words
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.reading import open_told
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.errors import ViewChanged, ViewEmpty
from meldpunt.triage.values import ConsultationId


@requires(Permission.CONSULTATION_ANSWER)
@require_safe
def list_consultations(request: HttpRequest) -> HttpResponse:
    """What was asked, newest first."""
    page = page_number(request)
    asked = triage_queries.list_asked(actor_of(request), page=page)
    return render(request, "portal/consultations.html", {"asked_all": asked, "page": page})


@requires(Permission.CONSULTATION_ANSWER)
@require_safe
def show_consultation(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """What was disclosed for it, which counts as read from now on, and the form or the view that was given."""
    viewer = actor_of(request)
    asked = triage_queries.get_asked(viewer, consultation=ConsultationId(consultation))
    for told in (asked.told, *(told for _kind, told in asked.sequels)):
        open_told(request, viewer, disclosure=told.id)
    return _page(request, ConsultationId(consultation))


@requires(Permission.CONSULTATION_ANSWER)
@require_POST
def give_view(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """Record the view of the party, or its next version."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _page(request, ConsultationId(consultation), status=422, form=form)
    try:
        triage_actions.give_view(actor_of(request), consultation=ConsultationId(consultation), form=form.view())
    except (ViewChanged, ViewEmpty) as refused:
        form.add_error(None, in_words(refused))
        return _page(request, ConsultationId(consultation), status=409, form=form)
    return redirect("show_consultation", consultation=consultation)


@requires(Permission.CONSULTATION_ANSWER)
@require_POST
def ask_desk(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """Ask the desk back."""
    form = CounterQuestionForm(request.POST)
    if not form.is_valid():
        return _page(request, ConsultationId(consultation), status=422, question=form)
    triage_actions.ask_desk(
        actor_of(request), consultation=ConsultationId(consultation), text=form.cleaned_data["question"]
    )
    messages.success(request, gettext("The desk has your question. It answers here."))
    return redirect("show_consultation", consultation=consultation)


def _page(request: HttpRequest, consultation: ConsultationId, *, status: int = 200, **refused: Form) -> HttpResponse:
    asked = triage_queries.get_asked(actor_of(request), consultation=consultation)
    context = {
        "asked": asked,
        "told": asked.told,
        "form": ViewForm.of(asked.view),
        "question": CounterQuestionForm(auto_id="back_%s"),
        **refused,
    }
    return render(request, "portal/consultation.html", context, status=status)
