"""Keys of the shared cache carry the door in front, so that row policies keep doors apart."""

from __future__ import annotations

from meldpunt.access.binding import bound_actor


def key_of_door(key: str, key_prefix: str, version: int) -> str:
    """`<door>:<prefix>:<version>:<key>`; without a door bound there is nothing to share."""
    actor = bound_actor()
    door = actor.door.value if actor else "none"
    return f"{door}:{key_prefix}:{version}:{key}"
