"""The menu of each door, and which entries an actor sees. A door adds its own entries when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise

from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Door, Permission

FITS: Final = 12
"""So many entries stand on one line of 1366 pixels, in Dutch too."""


@dataclass(frozen=True)
class Entry:
    """One line of a menu: the name of a URL, its words, and the permission behind it (None: everybody).

    `also` are first segments of other paths that belong to it; what `is_seldom` asked for is folded away where the
    menu is long.
    """

    url_name: str
    label: str | Promise
    permission: Permission | None = None
    also: tuple[str, ...] = ()
    is_seldom: bool = False

    @property
    def url(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Menu:
    """What stands in the menu of one page, what is folded away, and which entry the page belongs to."""

    shown: tuple[Entry, ...] = ()
    folded: tuple[Entry, ...] = ()
    current: Entry | None = None


MENUS: dict[Door, tuple[Entry, ...]] = {}


def entries_for(door: Door, actor: Actor | None) -> list[Entry]:
    """What of the door's menu this actor may use."""
    return [
        entry
        for entry in MENUS.get(door, ())
        if entry.permission is None or (actor is not None and may(actor.roles, entry.permission))
    ]


def menu_for(door: Door, actor: Actor | None, *, path: str, mount: str) -> Menu:
    """The menu as it stands on the page with this path. The entry of the page itself is never folded away."""
    entries = entries_for(door, actor)
    current = _entry_of(entries, path, mount)
    folded = tuple(one for one in entries if one.is_seldom and one is not current) if len(entries) > FITS else ()
    return Menu(tuple(one for one in entries if one not in folded), folded, current)


def _entry_of(entries: list[Entry], path: str, mount: str) -> Entry | None:
    """The entry whose path is the longest beginning of this one; the start of a door begins only itself."""
    beginnings = {f"{mount}/{one}": entry for entry in entries for one in entry.also} | {e.url: e for e in entries}
    found = [one for one in beginnings if path == one or (one != f"{mount}/" and path.startswith(f"{one}/"))]
    return beginnings[max(found, key=len)] if found else None
