"""People, machines and organisations for tests of intake."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from tests.access.cast import machine

from meldpunt.access.values import JOB, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Registration
from meldpunt.intake.values import ReporterDetails, ReportForm, ReportKind, Stage

AWARE = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def analyst() -> Actor:
    """Somebody of the desk."""
    return _actor(Door.DESK, Role.ANALYST)


def administrator() -> Actor:
    """Somebody of the desk who sees no case material."""
    return _actor(Door.DESK, Role.ADMINISTRATOR)


def member_of(organisation: OrganisationId) -> Actor:
    """Somebody who logs in at the portal for this organisation."""
    return _actor(Door.PORTAL, Role.CONSTITUENT, organisation)


def sensor_of(organisation: OrganisationId) -> Actor:
    """A machine of a participant of the detection network."""
    return machine(Role.SENSOR, organisation)


def forwarder(organisation: OrganisationId | None = None) -> Actor:
    """Another national system."""
    return machine(Role.FORWARDER, organisation)


def waterworks() -> OrganisationId:
    """A drinking-water company with a network and a domain."""
    return constituency_actions.register_organisation(
        JOB,
        form=Registration(
            kind="constituent",
            sector="drinking-water",
            entity_kind="essential",
            name="Waterbedrijf Zuiderwiel",
            networks=(Holding("192.0.2.0/25"),),
            domains=(Holding("zuiderwiel.example"),),
        ),
    )


def bank() -> OrganisationId:
    """A bank with a network inside nobody else's."""
    return constituency_actions.register_organisation(
        JOB,
        form=Registration(
            kind="constituent",
            sector="banking",
            entity_kind="essential",
            name="Bank De Korenbeurs",
            networks=(Holding("198.51.100.0/24"),),
            domains=(Holding("korenbeurs.example"),),
        ),
    )


def early_warning(text: str = "De pompen van het station reageren niet meer.") -> ReportForm:
    """What the drinking-water company writes first."""
    return ReportForm(
        title="Storing in de besturing",
        text=text,
        kind=ReportKind.STATUTORY,
        aware_at=AWARE,
        stage=Stage.EARLY_WARNING,
        reporter=ReporterDetails(name="J. de Vries", email="j.devries@zuiderwiel.example", phone="+31 20 000 00 00"),
    )


def _actor(door: Door, role: Role, organisation: OrganisationId | None = None) -> Actor:
    return Actor(
        id=ActorId(uuid.uuid4()), name=f"a {role}", door=door, roles=frozenset({role}), organisation=organisation
    )
