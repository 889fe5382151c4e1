"""The front page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.entrypoints.public_site.contact import contact
from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers

from .publications import anybody


@open_to_strangers(reason="the front page tells everybody how to report")
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """How to report, how to come back, and what was published last."""
    published = disclosure_queries.list_delivered(anybody(actor_of(request)))[:5]
    return render(request, "public_site/home.html", {"contact": contact(), "published": published})
