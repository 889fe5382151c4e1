"""The receipt code of a report, carried to the receipt page once and never kept."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)

_COOKIE = "meldpunt_new_receipt"
_SALT = "new-receipt"
_SECONDS = 300


def carry_code(response: R, code: str) -> R:
    """Give the code to this browser for the next page."""
    response.set_signed_cookie(
        _COOKIE,
        code,
        salt=_SALT,
        max_age=_SECONDS,
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def carried_code(request: HttpRequest) -> str:
    """The code that was carried here; empty when the page is opened again."""
    return request.get_signed_cookie(_COOKIE, default="", salt=_SALT, max_age=_SECONDS) or ""


def drop_code(response: HttpResponse) -> HttpResponse:
    """It was shown: once is enough."""
    response.delete_cookie(_COOKIE, samesite="Strict")
    return response
