"""Who acts in the tests of the ledger."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from tests.access.cast import machine

from meldpunt.access.values import STRANGER, Actor, ActorId, Door, OrganisationId, Role


def actor_of(role: Role, door: Door, *, organisation: UUID | None = None) -> Actor:
    speaks_for = OrganisationId(organisation) if organisation else None
    return Actor(
        id=ActorId(uuid4()),
        name=role.value,
        door=door,
        roles=frozenset({role}),
        organisation=speaks_for,
    )


def analyst() -> Actor:
    return actor_of(Role.ANALYST, Door.DESK)


def administrator() -> Actor:
    return actor_of(Role.ADMINISTRATOR, Door.DESK)


def constituent(organisation: UUID) -> Actor:
    return actor_of(Role.CONSTITUENT, Door.PORTAL, organisation=organisation)


def stranger(receipt: str = "") -> Actor:
    return replace(STRANGER, receipt=receipt)


def sensor() -> Actor:
    return machine(Role.SENSOR)
