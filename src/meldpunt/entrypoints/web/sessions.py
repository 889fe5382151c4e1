"""The key of a session, in a cookie of the door's own: one browser can stand at two doors of the demo."""

from __future__ import annotations

import re
from typing import Final, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from .doors import Entrance

R = TypeVar("R", bound=HttpResponseBase)

_KEY: Final = re.compile(r"[\w-]{20,100}", re.ASCII)


def key_of(request: HttpRequest) -> str:
    """The key that the browser brought; empty where it brought nothing like one."""
    brought = request.COOKIES.get(_cookie(request), "")
    return brought if _KEY.fullmatch(brought) else ""


def keep_key(request: HttpRequest, response: R, key: str) -> R:
    """Give the key to this browser, until it is closed."""
    response.set_cookie(
        _cookie(request),
        key,
        path=_mount(request),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def drop_key(request: HttpRequest, response: R) -> R:
    """Take the key from this browser."""
    response.delete_cookie(_cookie(request), path=_mount(request), samesite="Lax")
    return response


def _cookie(request: HttpRequest) -> str:
    return f"meldpunt_{_entrance(request).door.value}"


def _mount(request: HttpRequest) -> str:
    return _entrance(request).mount or "/"


def _entrance(request: HttpRequest) -> Entrance:
    entrance: Entrance = request.entrance  # type: ignore[attr-defined]
    return entrance
