"""Nothing is told before it was shown: a view that tells something hands on what stood on the page it comes from.

There is one way to do it, and a house test holds that every view that tells something goes that way: the page carries
`seen`, the deed compares it within its own transaction, and where something changed meanwhile the page is shown as it
is now, with what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from meldpunt.disclosure.errors import SeenChanged
from meldpunt.disclosure.values import Sight
from meldpunt.entrypoints.web.errors import in_words


def sight_in(posted: Mapping[str, str]) -> Sight:
    """What was on the page that this comes from; no field of the form, which would show what was seen before again."""
    return Sight(posted.get("seen", ""))


def tell(
    request: HttpRequest, deed: Callable[[Sight], HttpResponse], *, again: Callable[[int], HttpResponse]
) -> HttpResponse:
    """The answer of the deed, which is handed what was seen; else the page of now, under the status that says why."""
    try:
        return deed(sight_in(request.POST))
    except SeenChanged as changed:
        messages.error(request, in_words(changed))
        return again(409)
