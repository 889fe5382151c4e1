"""Organisations by code; by name once somebody unsealed it for a purpose."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access import queries as access_queries
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.errors import IdentitySealed
from meldpunt.constituency.values import Unsealing
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import Filters
from meldpunt.vocabulary.vital import vital_process

from ..forms.organisations import MachineName, OrganisationFilters, Purpose

PAGE = 50


@requires(Permission.CONSTITUENCY_READ)
@require_GET
def list_organisations(request: HttpRequest) -> HttpResponse:
    """A page of the register."""
    viewer, form = actor_of(request), OrganisationFilters(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kind, sector, text = asked.get("kind") or None, asked.get("sector") or None, asked.get("text", "")
    total = constituency_queries.count_organisations(viewer, kind=kind, sector=sector, text=text)
    page = Paginator(range(total), PAGE).get_page(asked.get("page") or 1)
    found = constituency_queries.list_organisations(viewer, kind=kind, sector=sector, text=text, page=page.number)
    context = {"form": form, "organisations": found, "total": total, "page": page}
    return render(request, "desk/organisations/list.html", context)


@requires(Permission.CONSTITUENCY_READ)
@require_GET
def show_organisation(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """One organisation, and what was reported about it."""
    return _page(request, OrganisationId(organisation), Purpose())


@requires(Permission.IDENTITY_UNSEAL)
@require_POST
def unseal(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Know who it is, for a purpose, until the unsealing lapses."""
    form = Purpose(request.POST)
    if not form.is_valid():
        return _page(request, OrganisationId(organisation), form, status=422)
    constituency_actions.unseal_identity(
        actor_of(request), organisation=OrganisationId(organisation), purpose=form.cleaned_data["purpose"]
    )
    messages.success(request, gettext("You may know this identity for now. The ledger holds your purpose."))
    return redirect("show_organisation", organisation=organisation)


def _page(request: HttpRequest, organisation: OrganisationId, form: Purpose, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    found = constituency_queries.get_organisation(viewer, organisation=organisation)
    context = {
        "organisation": found,
        "processes": [vital_process(process) for process in found.vital_processes],
        "reports": intake_queries.list_reports(viewer, filters=Filters(organisation=organisation)).lines,
        "form": form,
        "may_unseal": may(viewer.roles, Permission.IDENTITY_UNSEAL),
        **_machines(viewer, organisation),
        **_identity(viewer, organisation),
    }
    return render(request, "desk/organisations/one.html", context, status=status)


def _machines(viewer: Actor, organisation: OrganisationId) -> dict[str, object]:
    """Keys with which its machines read, for who hands them out."""
    if not may(viewer.roles, Permission.CONSTITUENCY_MANAGE):
        return {}
    keys = access_queries.list_keys_of(viewer, organisation=organisation)
    return {"machines": keys, "naming": MachineName()}


def _identity(viewer: Actor, organisation: OrganisationId) -> dict[str, object]:
    """What is known by name; nothing while sealed."""
    try:
        identity = constituency_queries.get_identity(viewer, organisation=organisation)
    except IdentitySealed:
        return {"identity": None}
    return {
        "identity": identity,
        "contacts": constituency_queries.list_contacts(viewer, organisation=organisation),
        "unsealing": _unsealing(viewer, organisation),
    }


def _unsealing(viewer: Actor, organisation: OrganisationId) -> Unsealing | None:
    if not may(viewer.roles, Permission.IDENTITY_UNSEAL):
        return None
    return constituency_queries.find_unsealing(viewer, organisation=organisation)
