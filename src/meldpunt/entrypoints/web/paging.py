"""Which page of a list somebody asks for."""

from __future__ import annotations

from django.http import HttpRequest

_LAST = 10_000


def page_number(request: HttpRequest) -> int:
    """The number in `?page=`, from 1 to 10,000; the first page for anything else, since links get mangled."""
    given = request.GET.get("page", "")
    if not (given.isascii() and given.isdecimal() and len(given) <= len(str(_LAST))):
        return 1
    return min(max(int(given), 1), _LAST)
