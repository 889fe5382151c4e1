"""Organisations, people and drafts of the tests of the door."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from tests.access.cast import machine

from meldpunt.access.rules import digest_of
from meldpunt.access.values import JOB, STRANGER, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Hours, IsacId, Person, Registration
from meldpunt.disclosure.values import Attachment, Audience, AudienceKind, Draft, ItemKind, Origin, Part
from meldpunt.law import Condition, DataKind, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

NAME = "Waterbedrijf Zuiderwiel"
RECEIPT = "MK7Q-2V9C-XH4T-88RD"

BEYOND_PEOPLE = {AudienceKind.PUBLIC, AudienceKind.DETECTION_NETWORK}
"""Circles that no PAP below GREEN reaches."""

OFFENCE = frozenset({Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.RISK_OF_SOCIETAL_DISRUPTION})
"""What makes the police a recipient without consent, after four eyes."""


def actor_of(role: Role, door: Door, *, organisation: UUID | None = None) -> Actor:
    return Actor(
        id=ActorId(uuid4()),
        name=role.value,
        door=door,
        roles=frozenset({role}),
        organisation=OrganisationId(organisation) if organisation else None,
    )


def analyst() -> Actor:
    return actor_of(Role.ANALYST, Door.DESK)


def duty_officer() -> Actor:
    return actor_of(Role.DUTY_OFFICER, Door.DESK)


def constituent(organisation: UUID) -> Actor:
    return actor_of(Role.CONSTITUENT, Door.PORTAL, organisation=organisation)


def official(organisation: UUID) -> Actor:
    return actor_of(Role.PARTY, Door.PORTAL, organisation=organisation)


def sensor(organisation: UUID) -> Actor:
    return machine(Role.SENSOR, organisation)


def stranger(receipt: str = "") -> Actor:
    return replace(STRANGER, receipt=receipt)


@dataclass(frozen=True)
class Country:
    """A small one."""

    water: OrganisationId
    energy: OrganisationId
    bank: OrganisationId
    police: OrganisationId
    intelligence: OrganisationId
    ministry: OrganisationId
    isac: IsacId


def found_country() -> Country:
    """The water company reports; energy takes part in the network; energy and bank share a table."""
    forms = (
        Registration(
            kind="constituent",
            sector="drinking-water",
            name=NAME,
            entity_kind="essential",
            aliases=("WBZ",),
            people=(Person("Jantine Verhoog", "CISO", "jantine@zuiderwiel.example", "+31 20 555 0101", Hours.DAY),),
            networks=(Holding("192.0.2.0/28"),),
            domains=(Holding("zuiderwiel.example"),),
        ),
        Registration(kind="constituent", sector="energy", name="Energie De Windhoek", entity_kind="essential"),
        Registration(kind="constituent", sector="banking", name="Bank De Korenbeurs", entity_kind="essential"),
        Registration(kind="party", sector="central-government", name="Politie, team", party_kind="police"),
        Registration(kind="party", sector="central-government", name="De dienst", party_kind="general-intelligence"),
        Registration(kind="party", sector="central-government", name="Het ministerie", party_kind="ministry"),
    )
    water, energy, bank, police, intelligence, ministry = constituency_actions.register_organisations(JOB, forms=forms)
    isac = constituency_actions.create_isac(JOB, sector="energy", name="Energie-ISAC")
    for member in (energy, bank):
        constituency_actions.join_isac(JOB, isac=isac, organisation=member)
    constituency_actions.join_detection_network(JOB, organisation=energy)
    return Country(water, energy, bank, police, intelligence, ministry, isac)


def let_in(name: str, organisation: UUID, *, role: Role = Role.CONSTITUENT) -> Actor:
    """Somebody new who comes in at the portal for this organisation."""
    account = constituency_actions.admit_person(
        JOB,
        email=f"{uuid4().hex}@people.example",
        name=name,
        roles=[role],
        password=secrets.token_urlsafe(),
        organisation=OrganisationId(organisation),
    )
    return Actor(account, name, Door.PORTAL, frozenset({role}), OrganisationId(organisation))


def told(kind: DataKind, text: str = "Er is ingebroken.") -> Part:
    return Part(kind, Bilingual("Wat er speelt", "What is going on"), text)


def origin_at(organisation: UUID | None, *, report: UUID | None = None) -> Origin:
    return Origin(report or uuid.uuid4(), organisation, digest_of(RECEIPT))


def to(*organisations: UUID) -> tuple[Audience, ...]:
    return tuple(Audience(AudienceKind.ORGANISATION, one) for one in organisations)


def draft_for(
    audience: Iterable[Audience],
    *parts: Part,
    purpose: Purpose = Purpose.CONSULT,
    conditions: frozenset[Condition] = frozenset(),
    origins: tuple[Origin, ...] = (),
    attachments: tuple[Attachment, ...] = (),
    item: ItemKind = ItemKind.CONSULTATION,
    title: str = "Een inbraak",
    tlp: TLP = TLP.RED,
) -> Draft:
    told_to = tuple(audience)
    return Draft(
        item=item,
        subject=uuid4(),
        title=title,
        parts=parts or (told(DataKind.INCIDENT_NATURE),),
        audience=told_to,
        purpose=purpose,
        tlp=tlp,
        pap=PAP.GREEN if {one.kind for one in told_to} & BEYOND_PEOPLE else PAP.AMBER,
        conditions=conditions,
        origins=origins,
        attachments=attachments,
        vouching="De melder zei het vandaag aan de telefoon.",
        widening="Iedereen die hier zit moet dit vandaag weten.",
    )


def escalation(country: Country, *, origins: tuple[Origin, ...] = ()) -> Draft:
    """A letter that asks four eyes and meets every condition."""
    met = {Condition.ADVICE_GIVEN, Condition.ADVICE_NOT_FOLLOWED, Condition.RISK_OF_SOCIETAL_DISRUPTION}
    return draft_for(
        to(country.ministry),
        told(DataKind.ADVICE, "Sluit de toegang op afstand."),
        purpose=Purpose.ESCALATE,
        conditions=frozenset(met),
        origins=origins,
        item=ItemKind.ESCALATION,
    )


def for_intelligence(country: Country, *parts: Part, origins: tuple[Origin, ...] = (), **more: str) -> Draft:
    """A consultation that is allowed, without who reported."""
    return draft_for(
        to(country.intelligence),
        *parts,
        conditions=frozenset({Condition.RECIPIENT_TASK}),
        origins=origins,
        title=more.get("title", "Een inbraak"),
    )
