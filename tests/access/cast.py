"""Machines as they show themselves: the database believes a key, and never what a session claims."""

from __future__ import annotations

from uuid import UUID

from meldpunt.access.actions import create_machine_key
from meldpunt.access.queries import find_actor_by_key
from meldpunt.access.values import JOB, Actor, OrganisationId, Role


def machine(role: Role, organisation: UUID | None = None) -> Actor:
    """A machine with a key of its own."""
    speaks_for = OrganisationId(organisation) if organisation else None
    found = find_actor_by_key(create_machine_key(JOB, name=f"a {role}", role=role, organisation=speaks_for))
    assert found is not None
    return found
