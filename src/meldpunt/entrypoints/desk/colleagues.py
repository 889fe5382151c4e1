"""Whose deed it was, by name: the people of the desk know each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from meldpunt.access.queries import find_actor
from meldpunt.access.values import JOB, Door


def names_of(people: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """The names of people of the desk by id; whoever has no account here is not in it."""
    found: dict[UUID, str] = {}
    for one in dict.fromkeys(people):
        if one == JOB.id:
            found[JOB.id] = JOB.name
        elif one is not None and (known := find_actor(one, door=Door.DESK)):
            found[one] = known.name
    return found
