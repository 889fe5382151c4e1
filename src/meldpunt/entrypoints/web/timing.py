"""What an answer cost the server, in the header that browsers show beside it (Server-Timing, W3C).

Not among the middleware of an installation: how long an answer took can tell a stranger what it found.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from .doors import Respond

HEADER = "Server-Timing"


class TimingMiddleware:
    """Adds milliseconds of CPU of the thread that answered, and how many statements it sent to the database."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        statements: list[str] = []

        def note(
            execute: Callable[..., object], sql: str, params: Sequence[object] | None, many: object, context: object
        ) -> object:
            statements.append(sql)
            return execute(sql, params, many, context)

        begun = time.thread_time()
        with connection.execute_wrapper(note):
            response = self.get_response(request)
        spent = (time.thread_time() - begun) * 1000
        response[HEADER] = f"cpu;dur={spent:.1f}, statements;dur={len(statements)}"
        return response
