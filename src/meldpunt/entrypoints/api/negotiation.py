"""What is refused before anybody is known: the clear, a forged certificate, a type that nobody reads or writes."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from meldpunt.entrypoints.web.client_certificates import is_forged

from .operations import Operation
from .problems import problem


def refusal(request: HttpRequest, operation: Operation | None) -> HttpResponse | None:
    """The problem with the form of a request; None where there is none."""
    if settings.SECURE_SSL_REDIRECT and not request.is_secure():
        # Not redirected: whoever sent it this way once would do so again, and the key was read on the way.
        detail = "Ask over TLS alone. A key that was sent in the clear has to be counted as read: ask for a new one."
        return problem(HTTPStatus.FORBIDDEN, detail=detail)
    if is_forged(request):
        detail = "Which certificate a machine came with, the proxy of this installation says and nobody else."
        return problem(HTTPStatus.BAD_REQUEST, detail=detail)
    if operation is None:
        return None
    if not any(request.accepts(one) for one in operation.gives):
        return problem(HTTPStatus.NOT_ACCEPTABLE, detail=f"Here one gets: {', '.join(operation.gives)}.")
    if operation.method == "POST" and not _is_taken(request, operation):
        response = problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, detail=f"Here one sends: {', '.join(operation.takes)}.")
        response["Accept-Post"] = ", ".join(operation.takes)
        return response
    return None


def _is_taken(request: HttpRequest, operation: Operation) -> bool:
    if not operation.takes:
        return not (request.content_type or "").startswith("multipart/")
    is_empty = (request.META.get("CONTENT_LENGTH") or "0") == "0" and not request.content_type
    return is_empty or request.content_type in operation.takes
