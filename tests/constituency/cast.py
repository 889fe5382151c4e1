"""Organisations and viewers for tests, of this room and of those downstream."""

from __future__ import annotations

import uuid

from meldpunt.access.values import JOB, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.constituency import actions
from meldpunt.constituency.values import Holding, Hours, Person, Registration

WATER = Registration(
    kind="constituent",
    sector="drinking-water",
    entity_kind="essential",
    name="Waterbedrijf Zuiderwiel",
    aliases=("Zuiderwielwater",),
    place="Zuiderwiel",
    people=(Person("Aafke Molenwiek", "storingsdienst", "aafke@zuiderwiel.example", "+31 88 000 0001", Hours.NIGHT),),
    networks=(Holding("192.0.2.0/28"), Holding("2001:db8:1::/48")),
    domains=(Holding("zuiderwiel.example"),),
    asns=(Holding("AS64496"),),
    products=("Getijde SCADA 7",),
    vital_processes=("D1",),
)

POLICE = Registration(kind="party", party_kind="police", sector="public-order", name="Politie")

BANK = Registration(
    kind="constituent",
    sector="banking",
    entity_kind="essential",
    name="Bank De Korenbeurs",
    networks=(Holding("192.0.2.32/28"),),
    domains=(Holding("korenbeurs.example"),),
)

SECRETS = ("Zuiderwiel", "zuiderwiel", "Aafke", "192.0.2.0/28", "64496", "88 000")
"""Each of these would tell who the water company is."""


def register(form: Registration = WATER) -> OrganisationId:
    """The organisation, registered by the platform itself."""
    return actions.register_organisation(JOB, form=form)


def somebody(door: Door, *roles: Role, organisation: OrganisationId | None = None) -> Actor:
    """An actor nobody else is."""
    return Actor(ActorId(uuid.uuid4()), "somebody", door, frozenset(roles), organisation)


def analyst() -> Actor:
    """An analyst who has unsealed nothing."""
    return somebody(Door.DESK, Role.ANALYST)


def duty_officer() -> Actor:
    """Who keeps the register by hand."""
    return somebody(Door.DESK, Role.DUTY_OFFICER)


def member_of(organisation: OrganisationId, role: Role = Role.CONSTITUENT) -> Actor:
    """Somebody of that organisation in the portal."""
    return somebody(Door.PORTAL, role, organisation=organisation)
