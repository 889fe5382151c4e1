"""What an answer cost, for who measures; no installation says it."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from meldpunt.entrypoints.web.timing import HEADER, TimingMiddleware

pytestmark = pytest.mark.django_db


def two_statements(_request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute("SELECT 1")
    return HttpResponse()


def test_an_answer_says_its_statements_and_its_time() -> None:
    answer = TimingMiddleware(two_statements)(RequestFactory().get("/"))
    assert re.fullmatch(r"cpu;dur=\d+\.\d, statements;dur=2", answer[HEADER])


def test_no_installation_tells_how_long_it_took(client: Client) -> None:
    assert not [name for name in settings.MIDDLEWARE if "timing" in name]
    assert HEADER not in client.get("/")
