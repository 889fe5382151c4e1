"""Where somebody lands: the queue for who triages, else the first page of their own menu."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from meldpunt.access.rules import may
from meldpunt.access.values import Door, Permission
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.navigation import entries_for
from meldpunt.evidence import queries as evidence_queries
from meldpunt.intake import queries as intake_queries
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import Order

from ..forms.queue import QueueForm


# Everybody of the desk may prove what stands in the ledger: the one permission all its roles share.
@requires(Permission.LEDGER_PROVE)
@require_GET
def show_home(request: HttpRequest) -> HttpResponse:
    """The queue; for who does not triage, the first page they may see."""
    viewer = actor_of(request)
    if may(viewer.roles, Permission.TRIAGE_READ):
        return _queue(request)
    entries = entries_for(Door.DESK, viewer)
    return redirect(entries[0].url) if entries else render(request, "desk/home.html")


def _queue(request: HttpRequest) -> HttpResponse:
    form = QueueForm(request.GET or {"state": "", "order": ""})
    form.is_valid()
    queue = triage_queries.list_queue(
        actor_of(request),
        filters=form.filters(),
        order=form.sorting(),
        page=form.cleaned_data.get("page") or 1,
        after=form.cleaned_data.get("after") or "",
    )
    viewer = actor_of(request)
    context = {
        "alarms": disclosure_queries.count_alarms(viewer) if may(viewer.roles, Permission.DISCLOSURE_OVERSEE) else 0,
        "key_trouble": evidence_queries.find_key_trouble(viewer),
        "mailboxes": [one for one in intake_queries.list_mailboxes(viewer) if one.trouble],
        "form": form,
        "queue": queue,
        "previous": queue.page - 1,
        "next": queue.page + 1,
        "is_by_age": form.sorting() in (Order.NEWEST, Order.OLDEST),
        "may_take": may(actor_of(request).roles, Permission.TRIAGE_DECIDE),
        "may_decide": may(actor_of(request).roles, Permission.CASE_WRITE),
    }
    return render(request, "desk/queue/list.html", context)
