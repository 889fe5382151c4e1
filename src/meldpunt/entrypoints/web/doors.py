"""Which door a request came to, and the database role that goes with it.

A door is a process with its own URLs, cookie and database role (`MELDPUNT_DOOR`). The demo plays all of them in
one process: there the first segment of the path names the door, and the rest is mounted under it as a WSGI
server would mount it (PEP 3333, SCRIPT_NAME).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import set_script_prefix, set_urlconf

from meldpunt.access.binding import bound
from meldpunt.access.values import Actor, ActorId, Door

R = TypeVar("R")
Respond = Callable[[HttpRequest], HttpResponseBase]


@dataclass(frozen=True)
class Entrance:
    """Where a door is reached and what stands behind it."""

    door: Door
    mount: str
    urls: str


ENTRANCES = {
    Door.DESK: Entrance(Door.DESK, "/desk", "meldpunt.entrypoints.desk.urls"),
    Door.PORTAL: Entrance(Door.PORTAL, "/portal", "meldpunt.entrypoints.portal.urls"),
    Door.SENSOR: Entrance(Door.SENSOR, "/api", "meldpunt.entrypoints.api.urls"),
    Door.PUBLIC: Entrance(Door.PUBLIC, "", "meldpunt.entrypoints.public_site.urls"),
}


def entrance_for(path: str) -> Entrance:
    """The entrance a path leads to in a process that plays all doors."""
    for entrance in ENTRANCES.values():
        if entrance.mount and (path == entrance.mount or path.startswith(entrance.mount + "/")):
            return entrance
    return ENTRANCES[Door.PUBLIC]


def entrance_of(request: HttpRequest) -> Entrance:
    """The entrance a request came to: the one door that this process is, at the root, or the one of its path."""
    return replace(ENTRANCES[Door(settings.DOOR)], mount="") if settings.DOOR else entrance_for(request.path_info)


_NOBODY = UUID(int=0)


def nobody_at(door: Door) -> Actor:
    """The actor before anybody is known: the role of the door, and no permission."""
    return Actor(id=ActorId(_NOBODY), name="", door=door, roles=frozenset())


class DoorMiddleware:
    """Finds the door, runs the request in one transaction under its role, and rolls back what ends in an error."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        fixed = settings.DOOR
        entrance = entrance_of(request)
        request.entrance = entrance  # type: ignore[attr-defined]
        request.urlconf = entrance.urls
        # Django does this when it looks up the view: too late for the page that says the database is gone.
        set_urlconf(entrance.urls)
        if not fixed:
            request.path_info = request.path_info[len(entrance.mount) :] or "/"
            request.META["SCRIPT_NAME"] = entrance.mount
            # Also for the door at the root: the prefix belongs to the thread, and stays from the request before.
            set_script_prefix(entrance.mount + "/")
        with bound(nobody_at(entrance.door)):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
