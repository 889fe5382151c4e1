"""Whose deed it was, by name: the people of the desk know each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from meldpunt.access.queries import list_names
from meldpunt.access.values import JOB, Actor


def names_of(viewer: Actor, people: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """The names of people of the desk by id; whoever has no account here is not in it."""
    wanted = {one for one in people if one is not None}
    names = dict(list_names(viewer, people=wanted - {JOB.id}))
    return names | {JOB.id: JOB.name} if JOB.id in wanted else names
