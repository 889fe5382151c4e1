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

from ..queue_tabs import address_of, landing_address, read_form, tabs_of


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
    landing = "" if request.GET else landing_address(actor_of(request))
    if landing:
        return redirect(f"{request.path}{landing}")
    form = read_form(request.GET.dict())
    queue = triage_queries.list_queue(
        actor_of(request),
        filters=form.filters(),
        order=form.sorting(),
        page=form.cleaned_data.get("page") or 1,
        after=form.cleaned_data.get("after") or "",
    )
    viewer = actor_of(request)
    tabs = tabs_of(viewer, form)
    context = {
        "alarms": disclosure_queries.count_alarms(viewer) if may(viewer.roles, Permission.DISCLOSURE_OVERSEE) else 0,
        "key_trouble": evidence_queries.find_key_trouble(viewer),
        "mailboxes": [one for one in intake_queries.list_mailboxes(viewer) if one.trouble],
        "form": form,
        "is_misread": bool(form.errors.keys() - {"page", "after"}),
        "queue": queue,
        "order": queue.order,
        "is_sorted_otherwise": queue.order is not form.sorting(),
        "next": queue.page + 1,
        "tabs": tabs,
        "tab_here": next((tab for tab in tabs if tab.is_current), None),
        "here": address_of(form.asked())[1:],
        "may_take": may(actor_of(request).roles, Permission.TRIAGE_DECIDE),
        "may_decide": may(actor_of(request).roles, Permission.CASE_WRITE),
    }
    return render(request, "desk/queue/list.html", context)
