"""A small country with a detection network, for the tests of detection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone
from tests.access.cast import machine

from meldpunt.access.values import JOB, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Registration
from meldpunt.detection import actions as detection_actions
from meldpunt.detection.values import Indicator, IndicatorForm, IndicatorKind
from meldpunt.disclosure.values import Disclosure, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt, ReportForm
from meldpunt.vocabulary.markings import PAP

VICTIM = "Waterbedrijf Zuiderwiel"
PARTICIPANTS = ("Energie De Windhoek", "Bank De Korenbeurs", "Spoor De Wissel", "Net De Kabel")


@dataclass(frozen=True)
class Country:
    """The water company reports; four others take part in the network; the hospital does not."""

    water: OrganisationId
    hospital: OrganisationId
    participants: tuple[OrganisationId, ...]


def found_country() -> Country:
    water = _register(VICTIM, domains=(Holding("zuiderwiel.example"),))
    hospital = _register("Ziekenhuis De Linde")
    participants = tuple(_register(name) for name in PARTICIPANTS)
    for participant in participants:
        detection_actions.admit_participant(duty_officer(), organisation=participant)
    return Country(water, hospital, participants)


def _register(name: str, domains: tuple[Holding, ...] = ()) -> OrganisationId:
    form = Registration(kind="constituent", sector="energy", name=name, entity_kind="essential", domains=domains)
    return constituency_actions.register_organisation(JOB, form=form)


def _actor(role: Role, door: Door, organisation: UUID | None = None) -> Actor:
    speaks_for = OrganisationId(organisation) if organisation else None
    return Actor(ActorId(uuid4()), f"a {role}", door, frozenset({role}), speaks_for)


def analyst() -> Actor:
    return _actor(Role.ANALYST, Door.DESK)


def duty_officer() -> Actor:
    return _actor(Role.DUTY_OFFICER, Door.DESK)


def constituent(organisation: OrganisationId) -> Actor:
    return _actor(Role.CONSTITUENT, Door.PORTAL, organisation)


def sensor(organisation: OrganisationId) -> Actor:
    return machine(Role.SENSOR, organisation)


def add(value: str = "198.51.100.7", kind: IndicatorKind = IndicatorKind.ADDRESS, **more: object) -> Indicator:
    more.setdefault("pap", PAP.GREEN)
    return detection_actions.add_indicator(analyst(), form=IndicatorForm(kind, value, **more))  # type: ignore[arg-type]


def tell(*indicators: Indicator) -> Disclosure:
    return detection_actions.disclose_indicators(
        analyst(), indicators=[one.id for one in indicators], reason="Deze aanval loopt nog.", seen=Unshown.IN_A_PROGRAM
    )


def report(country: Country) -> Receipt:
    """The water company tells what happened to it."""
    form = ReportForm(title="Inbraak", text="Verbindingen naar 198.51.100.7 vanaf een werkplek.")
    return intake_actions.receive_report(constituent(country.water), form=form)


def see(country: Country, indicator: Indicator, *, by: int, times: int = 1) -> Receipt:
    """Participant number `by` sees the indicator, an hour ago."""
    return detection_actions.post_sighting(
        sensor(country.participants[by]),
        indicator=indicator.stix_id,
        seen_at=timezone.now() - timedelta(hours=1),
        count=times,
    )
