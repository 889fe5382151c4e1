"""The menu of each door, and which entries an actor sees. A door adds its own entries when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Door, Permission


@dataclass(frozen=True)
class Entry:
    """One line of a menu: the name of a URL, its words, and the permission behind it (None: everybody)."""

    url_name: str
    label: str | Promise
    permission: Permission | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)


MENUS: dict[Door, tuple[Entry, ...]] = {}


def entries_for(door: Door, actor: Actor | None) -> list[Entry]:
    """What of the door's menu this actor may use."""
    return [
        entry
        for entry in MENUS.get(door, ())
        if entry.permission is None or (actor is not None and may(actor.roles, entry.permission))
    ]
