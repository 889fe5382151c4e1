"""Pages of a list: how many lines, and where the next one is (RFC 8288).

A page is asked for by the name of the last line that somebody has, which they know already. A cursor of our own could
only tell them more.
"""

from __future__ import annotations

from typing import Annotated, Final

from django.http import HttpRequest, HttpResponse
from pydantic import Field

PAGE: Final = 50
MOST: Final = 200

Limit = Annotated[int, Field(ge=1, le=MOST, description="How many at most.")]


def link_next(request: HttpRequest, response: HttpResponse, *, after: str) -> None:
    """Name the page after this one, with all that was asked of this one."""
    asked = request.GET.copy()
    asked["after"] = after
    response["Link"] = f'<{request.path}?{asked.urlencode()}>; rel="next"'
