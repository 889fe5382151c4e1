"""The ledger as everybody may see it: its keys, its newest signed head, and that the head extends earlier ones.

No entry stands here. What the size of the tree tells over time is said in SECURITY.md.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldpunt.entrypoints.web.gate import actor_of, open_to_strangers
from meldpunt.ledger import queries as ledger_queries

_WHY = "a signed head is meant to be handed around; who compares it needs it"


@open_to_strangers(reason=_WHY)
@require_safe
def show_ledger(request: HttpRequest) -> HttpResponse:
    """What the ledger is, its keys with their history, its newest head, and how to check it."""
    viewer = actor_of(request)
    keys = ledger_queries.list_keys(viewer)
    context = {"checkpoint": ledger_queries.find_checkpoint(viewer), "keys": keys[::-1]}
    return render(request, "public_site/ledger.html", context)


@open_to_strangers(reason=_WHY)
@require_safe
def show_checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest head as the signed text that programs read (C2SP tlog-checkpoint)."""
    checkpoint = ledger_queries.find_checkpoint(actor_of(request))
    if checkpoint is None:
        raise Http404
    return _text(checkpoint.note)


@open_to_strangers(reason=_WHY)
@require_safe
def show_consistency(request: HttpRequest) -> HttpResponse:
    """The newest head with the proof that it extends the tree of `since` leaves, for `meldpunt ledger witness`."""
    since = request.GET.get("since", "")
    if not (since.isascii() and since.isdecimal() and len(since) < 19):
        raise Http404
    return _text(ledger_queries.consistency_request(actor_of(request), since=int(since)))


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
