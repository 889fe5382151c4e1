"""What organisations ended of what the desk told of their services, and putting it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.services import actions as service_actions
from meldpunt.services import queries as service_queries
from meldpunt.services.values import DependencyId, ServiceId


@requires(Permission.TRIAGE_READ)
@require_GET
def list_undone(request: HttpRequest) -> HttpResponse:
    """What they ended, by whom and when."""
    return render(request, "desk/services/undone.html", {"undone": service_queries.list_undone(actor_of(request))})


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def put_back_service(request: HttpRequest, service: UUID) -> HttpResponse:
    """It is delivered after all."""
    service_actions.put_back_service(
        actor_of(request), service=ServiceId(service), reason=request.POST.get("reason", "")
    )
    messages.success(request, gettext("This service counts again, with what it leant on."))
    return redirect("show_service", service=service)


@requires(Permission.TRIAGE_DECIDE)
@require_POST
def put_back_dependency(request: HttpRequest, dependency: UUID) -> HttpResponse:
    """It leans on it after all."""
    service_actions.put_back_dependency(
        actor_of(request), dependency=DependencyId(dependency), reason=request.POST.get("reason", "")
    )
    messages.success(request, gettext("From now on every estimate takes this dependency into account."))
    return redirect("list_undone")
