"""The one translator of the doors for people: what a room raises becomes an answer.

Missing and forbidden look the same (404). A broken rule is said in words (409). Nothing else is caught.
"""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_noop
from psycopg.errors import DiskFull

from meldpunt.access.errors import AccessRefused, RuleBroken, Value, fill
from meldpunt.access.values import Door

from .doors import Respond
from .kept import comes_from_here, kept_of
from .templatetags.words import in_language

_FULL = gettext_noop("There is no room left, so nothing was kept. Keep your text, and call us if it is urgent.")


class ErrorMiddleware:
    """Answers for errors that rooms raise on purpose."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if answer.status_code != 405 or request.entrance.door is Door.SENSOR:  # type: ignore[attr-defined]
            return answer
        page = render(request, "web/only_forms.html", status=405)
        page["Allow"] = answer["Allow"]
        return page

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AccessRefused):
            return not_found(request)
        if isinstance(exception, RuleBroken):
            context = {"reason": in_words(exception), "kept": kept_of(request)}
            return render(request, "web/refused.html", context, status=409)
        if isinstance(exception, OperationalError) and isinstance(exception.__cause__, DiskFull):
            # Rolled back with every other 5xx (`DoorMiddleware`), and what was written goes back to who wrote it.
            return render(request, "web/refused.html", {"reason": gettext(_FULL), "kept": kept_of(request)}, status=507)
        return None


def in_words(broken: RuleBroken) -> str:
    """Why a rule was broken, in the language of who asked."""
    return fill(gettext(broken.sentence), {name: _said(value) for name, value in broken.values.items()})


def _said(value: Value) -> str:
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    return in_language(value)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing here, or nothing for you: the same page."""
    return render(request, "web/not_found.html", status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The gate stayed shut."""
    return render(request, "web/forbidden.html", status=403)


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke; what was acknowledged before is safe."""
    return render(request, "web/failed.html", status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was stale or came from elsewhere. What stood in a form of our own goes back, to be sent again."""
    kept = kept_of(request) if comes_from_here(request) else ()
    context = {"kept": kept, "files": bool(kept and request.FILES), "again": bool(kept)}
    answer = render(request, "web/stale_form.html", context, status=403)
    add_never_cache_headers(answer)
    return answer


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What came could not be read as a request: too large, too many fields, or broken."""
    return render(request, "web/bad_request.html", status=400)
