"""A report, the desk, and the parties that may look along; for tests of this room and of those downstream."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from tests.constituency.cast import WATER, member_of, somebody

from meldpunt.access.values import JOB, Actor, Door, OrganisationId, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Oversight, Registration
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Deferred, Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt, ReportForm, ReportKind, Stage
from meldpunt.law import Condition, DataKind, DeferralId
from meldpunt.triage import actions, queries
from meldpunt.triage.values import Asking, Consultation, Disruption

TEXT = "Ransomware op de bedieningscomputers van Waterbedrijf Zuiderwiel; verkeer naar 203.0.113.66."
SCORED = {
    "FI": "significant-impact-to-critical-services",
    "OA": "presence",
    "LO": "level-6-critical-systems",
    "AC": "criminal",
    "II": "suspected-but-not-identified",
    "RE": "extended",
    "CS": "water",
    "PI": "high",
}


@dataclass(frozen=True)
class Desk:
    """The water company reported; the police, a service and a supervisor can be asked."""

    analyst: Actor
    colleague: Actor
    officer: Actor
    water: OrganisationId
    reporter: Actor
    police: Actor
    service: Actor
    receipt: Receipt


def analyst() -> Actor:
    return somebody(Door.DESK, Role.ANALYST)


def party(kind: str, name: str) -> Actor:
    """Somebody of a government party, in the portal."""
    form = Registration(kind="party", party_kind=kind, sector="public-order", name=name)
    return member_of(constituency_actions.register_organisation(JOB, form=form), Role.PARTY)


def told(title: str = "Ransomware bij een waterbedrijf", text: str = TEXT) -> ReportForm:
    """An early warning by the water company."""
    return ReportForm(
        title=title,
        text=text,
        kind=ReportKind.STATUTORY,
        entity_kind="essential",
        aware_at=timezone.now() - timedelta(hours=2),
        occurred_on=timezone.localdate(),
        stage=Stage.EARLY_WARNING,
    )


def desk() -> Desk:
    water = constituency_actions.register_organisation(JOB, form=WATER)
    reporter = member_of(water)
    return Desk(
        analyst=analyst(),
        colleague=analyst(),
        officer=somebody(Door.DESK, Role.DUTY_OFFICER),
        water=water,
        reporter=reporter,
        police=party("police", "Politie, team cyber"),
        service=party("general-intelligence", "De dienst"),
        receipt=intake_actions.receive_report(reporter, form=told()),
    )


def consult(
    house: Desk,
    whom: Actor,
    *conditions: Condition,
    data: frozenset[DataKind] = frozenset({DataKind.INCIDENT_NATURE, DataKind.INDICATORS}),
    questions: str = "Herkent u dit?",
    due_in: timedelta = timedelta(hours=4),
    deferred: Deferred | None = None,
) -> Consultation:
    """The analyst asks a party about the report; where the reporter is to hear later, a second person agrees first."""
    assert whom.organisation
    (asked,) = actions.consult_parties(
        house.analyst,
        asking=Asking(
            report=house.receipt.report,
            parties=(whom.organisation,),
            questions=questions,
            data=data,
            conditions=frozenset(conditions),
            due_at=timezone.now() + due_in,
            deferred=deferred,
        ),
        vouching="De melder zei het vandaag aan de telefoon.",
        seen=Unshown.IN_A_PROGRAM,
    )
    return asked


def later(ground: str) -> Deferred:
    """The reporter hears in a week, on this ground."""
    return Deferred(DeferralId(ground), timezone.now() + timedelta(days=7))


def consult_supervisor(house: Desk) -> Consultation:
    """A supervisor, while nobody supervises the sector of the water company: it waits for a second person."""
    return consult(house, party("supervisor", "Toezicht"), Condition.RECIPIENT_TASK, deferred=later("uavg-41-h"))


def approve(house: Desk, asked: Consultation) -> Consultation:
    """The officer looks at it as it stands now, and agrees; the law is asked once more."""
    shown = disclosure_queries.get_disclosure(house.officer, disclosure=asked.disclosure.id)
    disclosure_actions.approve_disclosure(house.officer, disclosure=shown.id, reason="Gezien.", seen=shown.sight)
    return queries.get_consultation(house.analyst, consultation=asked.id)


def another_supervises(house: Desk) -> None:
    """From here on another than who was asked supervises the sector of the water company."""
    other = party("supervisor", "Toezicht water").organisation
    assert other
    constituency_actions.appoint_authority(JOB, sector="drinking-water", oversight=Oversight.SUPERVISOR, party=other)


def consult_police(house: Desk) -> Consultation:
    """Allowed on suspicion of an offence with a risk for society, after a second person looked."""
    actions.override_disruption(
        house.analyst, report=house.receipt.report, disruption=Disruption.LIKELY, reason="Drinkwater valt uit."
    )
    asked = consult(house, house.police, Condition.CRIMINAL_OFFENCE_SUSPECTED, Condition.RISK_OF_SOCIETAL_DISRUPTION)
    disclosure_actions.approve_disclosure(
        house.officer, disclosure=asked.disclosure.id, reason="Gezien.", seen=asked.disclosure.sight
    )
    return asked
