"""Who asks is who connects; behind a proxy of ours it is who the proxy says."""

from __future__ import annotations

import importlib
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import override_settings

from meldpunt.entrypoints.web import wsgi
from meldpunt.entrypoints.web.account import visitor_of

pytestmark = pytest.mark.django_db

VISITOR, PROXY, STRANGER = "192.0.2.9", "10.0.0.7", "203.0.113.5"


@override_settings(PROXIES=["10.0.0.0/24"], SECURE_SSL_REDIRECT=True)
def ask(*, connecting: str, forwarded: str) -> tuple[str, str]:
    """The status of the first page asked over plain HTTP, and the address that attempts would be counted for."""
    given = {"REMOTE_ADDR": connecting, "HTTP_X_FORWARDED_FOR": forwarded, "HTTP_X_FORWARDED_PROTO": "https"}
    environ: dict[str, object] = given | {"HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    setup_testing_defaults(environ)
    statuses: list[str] = []
    addresses: list[str] = []

    def note(environ: dict[str, object], **_: object) -> None:
        addresses.append(visitor_of(WSGIRequest(environ)))

    # As Django's own test client does: the connection is in the transaction of this test.
    request_started.disconnect(close_old_connections)
    request_started.connect(note)
    try:
        application = importlib.reload(wsgi).application
        for _ in application(environ, lambda status, _headers, _exc=None: statuses.append(status)):
            pass
    finally:
        request_started.disconnect(note)
        request_started.connect(close_old_connections)
    return statuses[0], addresses[0]


def test_a_proxy_of_ours_says_who_asks_and_that_it_was_over_tls() -> None:
    assert ask(connecting=PROXY, forwarded=VISITOR) == ("200 OK", VISITOR)


def test_nobody_gives_the_proxy_another_address_than_their_own() -> None:
    assert ask(connecting=PROXY, forwarded=f"{STRANGER}, {VISITOR}") == ("200 OK", VISITOR)


def test_of_anybody_else_the_headers_are_nothing() -> None:
    assert ask(connecting=STRANGER, forwarded=VISITOR) == ("301 Moved Permanently", STRANGER)
