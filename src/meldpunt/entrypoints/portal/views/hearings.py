"""What an organisation is asked before data that concerns it is released, and its view."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from meldpunt.access.values import Permission
from meldpunt.entrypoints.portal.forms.hearings import PartyViewForm
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.reading import open_told
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.values import HearingId, Stance


@requires(Permission.HEARING_ANSWER)
@require_safe
def show_hearing(request: HttpRequest, hearing: UUID) -> HttpResponse:
    """What may be released, which counts as read from now on, and the form or the view that was given."""
    viewer = actor_of(request)
    asked = openness_queries.get_own_hearing(viewer, hearing=HearingId(hearing))
    open_told(request, viewer, disclosure=asked.told.id)
    return render(request, "portal/hearing.html", {"asked": asked, "told": asked.told, "form": PartyViewForm()})


@requires(Permission.HEARING_ANSWER)
@require_POST
def give_party_view(request: HttpRequest, hearing: UUID) -> HttpResponse:
    """Record the view of the organisation, once."""
    form = PartyViewForm(request.POST)
    if not form.is_valid():
        asked = openness_queries.get_own_hearing(actor_of(request), hearing=HearingId(hearing))
        context = {"asked": asked, "told": asked.told, "form": form}
        return render(request, "portal/hearing.html", context, status=422)
    given = form.cleaned_data
    openness_actions.give_party_view(
        actor_of(request), hearing=HearingId(hearing), stance=Stance(given["stance"]), text=given["text"]
    )
    return redirect("show_hearing", hearing=hearing)
