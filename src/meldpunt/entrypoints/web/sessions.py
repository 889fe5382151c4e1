"""Sessions that only who holds the key can read, in a cookie of the door's own."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connection
from django.http import HttpRequest, HttpResponse


def _name_session(key: str | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('meldpunt.session', %s, true)", [key or ""])


class SessionStore(DatabaseSessions):
    """Database sessions whose row policy shows a row only to who names its key (`sql/policies/django_session.sql`)."""

    def load(self) -> dict[str, Any]:
        _name_session(self.session_key)
        return super().load()

    def exists(self, session_key: str) -> bool:
        _name_session(session_key)
        return super().exists(session_key)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002
        if self.session_key is None:
            return self.create()
        _name_session(self.session_key)
        return super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        _name_session(session_key or self.session_key)
        super().delete(session_key)


class DoorSessionMiddleware(SessionMiddleware):
    """Each door has a cookie of its own name and path, so that one browser can stand at two doors of the demo."""

    def process_request(self, request: HttpRequest) -> None:
        request.session = SessionStore(request.COOKIES.get(self._cookie(request)))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        mine, djangos = self._cookie(request), settings.SESSION_COOKIE_NAME
        if mine in request.COOKIES:
            request.COOKIES[djangos] = request.COOKIES[mine]
        response = super().process_response(request, response)
        if djangos in response.cookies:
            morsel = response.cookies.pop(djangos)
            response.cookies[mine] = morsel.value
            response.cookies[mine].update(morsel)
            response.cookies[mine]["path"] = request.entrance.mount or "/"  # type: ignore[attr-defined]
        return response

    @staticmethod
    def _cookie(request: HttpRequest) -> str:
        return f"meldpunt_{request.entrance.door.value}"  # type: ignore[attr-defined]
