"""What a government party was asked, and its view."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.entrypoints.portal.forms.consultations import ViewForm
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.paging import page_number
from meldpunt.entrypoints.web.reading import open_told
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
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
    open_told(request, viewer, disclosure=asked.told.id)
    return render(request, "portal/consultation.html", {"asked": asked, "told": asked.told, "form": ViewForm()})


@requires(Permission.CONSULTATION_ANSWER)
@require_POST
def give_view(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """Record the view of the party, once."""
    form = ViewForm(request.POST)
    if not form.is_valid():
        asked = triage_queries.get_asked(actor_of(request), consultation=ConsultationId(consultation))
        context = {"asked": asked, "told": asked.told, "form": form}
        return render(request, "portal/consultation.html", context, status=422)
    triage_actions.give_view(actor_of(request), consultation=ConsultationId(consultation), form=form.view())
    return redirect("show_consultation", consultation=consultation)
