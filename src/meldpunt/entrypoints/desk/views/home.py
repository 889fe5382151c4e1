"""Where somebody lands: the queue for who triages, else the first page of their own menu."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from meldpunt.access.values import Door, Permission
from meldpunt.entrypoints.web.gate import actor_of, requires
from meldpunt.entrypoints.web.navigation import entries_for


# Everybody of the desk may prove what stands in the ledger: the one permission all its roles share.
@requires(Permission.LEDGER_PROVE)
def show_home(request: HttpRequest) -> HttpResponse:
    """The first page after logging in."""
    entries = [entry for entry in entries_for(Door.DESK, actor_of(request)) if entry.url_name != "home"]
    return redirect(entries[0].url) if entries else render(request, "desk/home.html")
