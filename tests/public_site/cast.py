"""Somebody at the public door, in tests."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client

from meldpunt.entrypoints.web.gate import RECEIPT_COOKIE


def fields(**given: object) -> dict[str, object]:
    """A report as somebody in a hurry fills it in; `given` is filled in as well."""
    return {"title": "Alle schermen zijn zwart", "kind": "voluntary", **given}


def report(client: Client, **given: object) -> HttpResponse:
    """Send the form and follow to the receipt."""
    return client.post("/report", fields(**given), follow=True)


def code_of(client: Client) -> str:
    """The receipt code that this browser holds."""
    return str(client.cookies[RECEIPT_COOKIE].value).split(":")[0]
