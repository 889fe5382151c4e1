"""What holds for every answer of this door, whichever operation gives it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from meldpunt.access.rules.limiting import Spent
from meldpunt.entrypoints.web.gate import open_to_strangers
from meldpunt.entrypoints.web.limits import spent_of

from .negotiation import refusal
from .once import keep
from .operations import Operation
from .problems import not_here, problem, too_many

VERSION: Final = "1.0.0"
"""Semantic version of the interface: its first number is in the path."""

_HEADERS: Final = {
    "API-Version": VERSION,
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Respond = Callable[..., HttpResponseBase]


def declared(pattern: URLPattern, operations: Collection[Operation]) -> URLPattern:
    """The path with its declaration at the gate: who comes shows a key, and each operation asks its own permission."""
    view = pattern.callback
    if not getattr(view, "csrf_exempt", False):
        view = csrf_exempt(require_safe(_for_any_origin(view)))
    reason = "a machine has no session: each operation asks a key and its own permission"
    by_method = {one.method: one for one in operations}
    pattern.callback = open_to_strangers(reason=reason)(_in_form(view, by_method))
    return pattern


def _for_any_origin(view: Respond) -> Respond:
    """The description is public: a page of anybody may read it (NLGov API Design Rules, /core/publish-openapi)."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def _in_form(view: Respond, operations: Mapping[str, Operation]) -> Respond:
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        spent = spent_of(request)
        if spent is not None and not spent.is_granted:
            return _with_headers(_with_limit(too_many(spent), spent))
        refused = refusal(request, operations.get(_method_of(request)))
        if refused is not None:
            return _with_headers(_with_limit(refused, spent) if spent else refused)
        asked, request.method = request.method, _method_of(request)
        response = view(request, *args, **kwargs)
        request.method = asked
        keep(request, response)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = response["Allow"]
            allowed = f"{allowed}, HEAD" if "GET" in allowed and "HEAD" not in allowed else allowed
            response = problem(HTTPStatus.METHOD_NOT_ALLOWED, detail=f"Here one may: {allowed}.")
            response["Allow"] = allowed
        if spent is not None:
            response = _with_limit(response, spent)
        return _with_headers(response)

    return answer


def _method_of(request: HttpRequest) -> str:
    """What HEAD asks is what GET answers, of which the server sends the head alone (RFC 9110, 9.3.2)."""
    return "GET" if request.method == "HEAD" else request.method or ""


def _with_limit(response: HttpResponseBase, spent: Spent) -> HttpResponseBase:
    """How much is left, as draft-ietf-httpapi-ratelimit-headers writes it: of the policy, in requests and seconds."""
    limit = spent.limit
    response["RateLimit-Policy"] = f'"{limit.name}";q={limit.most};w={limit.seconds}'
    response["RateLimit"] = f'"{limit.name}";r={spent.remaining};t={spent.wait}'
    return response


def _with_headers(response: HttpResponseBase) -> HttpResponseBase:
    for name, value in _HEADERS.items():
        response[name] = value
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """What came could not be read as a request."""
    return _with_headers(problem(HTTPStatus.BAD_REQUEST))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """The gate stayed shut."""
    return _with_headers(problem(HTTPStatus.FORBIDDEN))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponseBase:
    """No such path."""
    return _with_headers(not_here())


def failed(request: HttpRequest) -> HttpResponseBase:
    """Something broke: nothing of this request was kept, so send it again."""
    detail = "Something broke on our side. Nothing of this request was kept: send it again later."
    return _with_headers(problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail=detail))
