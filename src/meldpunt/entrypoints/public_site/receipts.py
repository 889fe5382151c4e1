"""The receipt a visitor came back with: kept in a signed cookie of this browser, and forgotten on request."""

from __future__ import annotations

from typing import TypeVar

from django.conf import settings
from django.http import HttpResponseBase

from meldpunt.entrypoints.web.gate import RECEIPT_COOKIE

R = TypeVar("R", bound=HttpResponseBase)


def remember_receipt(response: R, code: str) -> R:
    """Let this browser hold the receipt for as long as `RECEIPT_SECONDS`; scripts cannot read it."""
    response.set_signed_cookie(
        RECEIPT_COOKIE,
        code,
        salt="receipt",
        max_age=settings.RECEIPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def forget_receipt(response: R) -> R:
    """Leave nothing of the receipt on this device."""
    response.delete_cookie(RECEIPT_COOKIE, samesite="Lax")
    return response
