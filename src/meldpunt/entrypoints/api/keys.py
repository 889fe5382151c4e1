"""The key a machine shows, and what each operation asks of it."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from ninja.security import APIKeyHeader, HttpBearer

from meldpunt.access.binding import rebind, require
from meldpunt.access.queries import find_actor_by_key
from meldpunt.access.values import Actor, Permission
from meldpunt.entrypoints.web.client_certificates import certificate_of

_LONGEST: Final = 200


class BearerKey(HttpBearer):
    """`Authorization: Bearer …` (RFC 6750). A known key without the permission finds nothing here."""

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, key: str) -> Actor | None:
        return _actor_with(request, key, self.permission)


class HeaderKey(APIKeyHeader):
    """`X-API-Key: …`, for systems that cannot set the other."""

    param_name = "X-API-Key"

    def __init__(self, permission: Permission) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        return _actor_with(request, key or "", self.permission)


def key_for(permission: Permission) -> list[BearerKey | HeaderKey]:
    """What an operation declares: either header, and the permission of the deed or look behind it."""
    return [BearerKey(permission), HeaderKey(permission)]


def machine_of(request: HttpRequest) -> Actor:
    """The machine whose key opened this operation."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def _actor_with(request: HttpRequest, key: str, permission: Permission) -> Actor | None:
    """Who shows the key, with the certificate that it may ask; None where nobody does. Raises PermissionMissing."""
    if not key or len(key) > _LONGEST or not (key.isascii() and key.isprintable()):
        return None
    actor = find_actor_by_key(key, certificate=certificate_of(request))
    if actor is not None:
        require(actor, permission)
        rebind(actor)
    return actor
