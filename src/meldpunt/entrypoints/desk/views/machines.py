"""Machines of an organisation that fetch what it is told: a key is handed out once, and taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.values import ActorId, OrganisationId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.gate import actor_of, requires

from ..forms.organisations import MachineName


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def issue_key(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """A key for a machine that reads. It stands on this answer and nowhere else: looking again shows it no more."""
    form, actor = MachineName(request.POST), actor_of(request)
    whose = constituency_queries.get_organisation(actor, organisation=OrganisationId(organisation))
    if not form.is_valid():
        messages.error(request, gettext("Say which machine the key is for."))
        return redirect("show_organisation", organisation=organisation)
    name = form.cleaned_data["name"]
    secret = constituency_actions.issue_reader_key(actor, organisation=whose.id, name=name)
    context = {"organisation": whose, "name": name, "secret": secret}
    answer = render(request, "desk/organisations/key.html", context, status=201)
    answer["Cache-Control"] = "no-store"
    return answer


@requires(Permission.CONSTITUENCY_MANAGE)
@require_POST
def revoke_key(request: HttpRequest, organisation: UUID, machine: UUID) -> HttpResponse:
    """From now on the key opens nothing."""
    constituency_actions.revoke_reader_key(actor_of(request), key=ActorId(machine))
    messages.success(request, gettext("This key opens nothing any more."))
    return redirect("show_organisation", organisation=organisation)
