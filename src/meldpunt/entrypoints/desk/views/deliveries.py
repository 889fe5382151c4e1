"""Deliveries by mail that need somebody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from meldpunt.access.values import Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import EnvelopeId
from meldpunt.entrypoints.web.gate import actor_of, requires

from ..forms.keys import Settlement

PAGE = 50


@requires(Permission.DISCLOSURE_OVERSEE)
@require_GET
def list_alarms(request: HttpRequest) -> HttpResponse:
    """What nobody settled yet, the longest waiting first."""
    return _page(request, Settlement())


@requires(Permission.DISCLOSURE_OVERSEE)
@require_POST
def settle_alarm(request: HttpRequest, envelope: UUID) -> HttpResponse:
    """Somebody was reached another way, or saw to the key."""
    form = Settlement(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    disclosure_actions.settle_alarm(actor_of(request), envelope=EnvelopeId(envelope), note=form.cleaned_data["note"])
    messages.success(request, gettext("This delivery needs nobody any more."))
    return redirect("list_alarms")


def _page(request: HttpRequest, form: Settlement, *, status: int = 200) -> HttpResponse:
    viewer = actor_of(request)
    total = disclosure_queries.count_alarms(viewer)
    page = Paginator(range(total), PAGE).get_page(request.GET.get("page"))
    context = {
        "alarms": disclosure_queries.list_alarms(viewer, page=page.number),
        "total": total,
        "page": page,
        "form": form,
        "mail": disclosure_queries.get_mail_state(viewer),
    }
    return render(request, "desk/deliveries/list.html", context, status=status)
