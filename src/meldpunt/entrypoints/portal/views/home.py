"""Where somebody lands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldpunt.access.values import Permission
from meldpunt.entrypoints.web.gate import requires


@requires(Permission.DISCLOSURE_READ)
def show_home(request: HttpRequest) -> HttpResponse:
    """The first page after logging in."""
    return render(request, "portal/home.html")
