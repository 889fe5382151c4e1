"""Opening what was told counts as reading it, where a person looks and not a program on their behalf."""

from __future__ import annotations

from django.http import HttpRequest

from meldpunt.access.values import Actor
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Delivered, DisclosureId

_PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
"""Where browsers, older ones too, say that they fetch ahead or for a preview (Fetch, 5.2: Sec-Purpose)."""
_AHEAD = ("prefetch", "prerender", "preview")


def open_told(request: HttpRequest, viewer: Actor, *, disclosure: DisclosureId) -> Delivered:
    """What was told; from now on it is read, unless nobody looked. Raises DisclosureNotFound."""
    if is_looked_at(request):
        return disclosure_actions.open_disclosure(viewer, disclosure=disclosure)
    return disclosure_queries.get_delivered(viewer, disclosure=disclosure)


def is_looked_at(request: HttpRequest) -> bool:
    """Whether a page was asked to be shown: not HEAD, not fetched ahead, not as a part of another page."""
    said = " ".join(request.headers.get(name, "") for name in _PURPOSES).lower()
    shown = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return request.method != "HEAD" and shown and not any(word in said for word in _AHEAD)
