"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldpunt.entrypoints.web.gate import open_to_strangers


@open_to_strangers(reason="the front page tells everybody how to report")
def show_home(request: HttpRequest) -> HttpResponse:
    """What Meldpunt is, how to report, what was published."""
    return render(request, "public_site/home.html")
