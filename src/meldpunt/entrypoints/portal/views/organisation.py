"""What we know of the organisation of whoever looks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldpunt.access.errors import NotFound
from meldpunt.access.values import Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.entrypoints.web.gate import actor_of, requires


@requires(Permission.ORGANISATION_READ_OWN)
@require_safe
def show_organisation(request: HttpRequest) -> HttpResponse:
    """Networks, domains, contacts and tables, as they stand with us."""
    viewer = actor_of(request)
    if viewer.organisation is None:
        raise NotFound("the account speaks for no organisation")
    context = {
        "organisation": constituency_queries.get_organisation(viewer, organisation=viewer.organisation),
        "identity": constituency_queries.get_identity(viewer, organisation=viewer.organisation),
        "contacts": constituency_queries.list_contacts(viewer, organisation=viewer.organisation),
        "isacs": constituency_queries.list_isacs(viewer),
    }
    return render(request, "portal/organisation.html", context)
