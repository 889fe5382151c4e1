"""The key of a session, in a cookie of the door's own: one browser can stand at two doors of the demo."""

from __future__ import annotations

import re
from typing import Final, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from .doors import Entrance

R = TypeVar("R", bound=HttpResponseBase)

_KEY: Final = re.compile(r"[\w-]{20,100}", re.ASCII)
_DEVICE: Final = re.compile(r"[\w-]{40,100}", re.ASCII)
_DEVICE_SECONDS: Final = 90 * 24 * 60 * 60


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


def device_of(request: HttpRequest) -> str:
    """What this browser kept since somebody came in with it; empty where it kept nothing like it."""
    brought = request.COOKIES.get(f"{_cookie(request)}_device", "")
    return brought if _DEVICE.fullmatch(brought) else ""


def keep_device(request: HttpRequest, response: R, device: str) -> R:
    """Let this browser be known at this door for ninety days. It opens nothing."""
    response.set_cookie(
        f"{_cookie(request)}_device",
        device,
        max_age=_DEVICE_SECONDS,
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
