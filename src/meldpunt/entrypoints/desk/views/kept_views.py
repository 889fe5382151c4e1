"""The views of the queue that somebody keeps."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import SavedViewId

from ..forms.ticking import ticked
from ..forms.views import ViewForm
from ..queue_tabs import address_of, read_form
from ..returning import back


@requires(Permission.TRIAGE_READ)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the list that was on the page under a name."""
    form, asked = ViewForm(request.POST), read_form(QueryDict(request.POST.get("asked", "")).dict()).asked()
    if not form.is_valid():
        messages.warning(request, gettext("Give the view a name."))
        return _to(asked)
    said = form.cleaned_data
    triage_actions.save_view(actor_of(request), name=said["name"], asked=asked, is_shared=said["is_shared"])
    return _to(asked)


@requires(Permission.TRIAGE_READ)
@require_POST
def rename_view(request: HttpRequest, view: UUID) -> HttpResponse:
    """Another name, or shared, or no longer."""
    form = ViewForm(request.POST)
    if form.is_valid():
        triage_actions.rename_view(actor_of(request), view=SavedViewId(view), **form.cleaned_data)
    else:
        messages.warning(request, gettext("Give the view a name."))
    return back(request, otherwise="home")


@requires(Permission.TRIAGE_READ)
@require_POST
def move_view(request: HttpRequest, view: UUID) -> HttpResponse:
    """A place nearer to the front."""
    triage_actions.move_view(actor_of(request), view=SavedViewId(view))
    return back(request, otherwise="home")


@requires(Permission.TRIAGE_READ)
@require_POST
def remove_view(request: HttpRequest, view: UUID) -> HttpResponse:
    """Away with it."""
    triage_actions.remove_view(actor_of(request), view=SavedViewId(view))
    return back(request, otherwise="home")


@requires(Permission.TRIAGE_READ)
@require_POST
def land_on(request: HttpRequest) -> HttpResponse:
    """The queue opens with this one from now on, or as it does for everybody."""
    chosen = ticked(request.POST, "view")
    triage_actions.land_on(actor_of(request), view=SavedViewId(chosen[0]) if chosen else None)
    return back(request, otherwise="home")


def _to(asked: Mapping[str, str]) -> HttpResponse:
    """The list that was on the page."""
    return redirect(f"{reverse('home')}{address_of(asked)}")
