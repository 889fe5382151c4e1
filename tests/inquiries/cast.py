"""A case at a water company, and bodies that can be asked and can ask; for tests of this room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from tests.triage import cast as triage_cast

from meldpunt.access.values import Actor, OrganisationId
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId
from meldpunt.disclosure.values import Unshown
from meldpunt.inquiries import actions
from meldpunt.inquiries.values import (
    AnswerForm,
    FollowedIncoming,
    IncomingForm,
    Inquiry,
    InquiryForm,
    Outcome,
    OwnInquiry,
    Question,
    ReplyForm,
)
from meldpunt.law import Condition, DataKind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Disruption

NAME = "Waterbedrijf Zuiderwiel"
WORD = "De melder zei het vandaag aan de telefoon."


@dataclass(frozen=True)
class House:
    """The people of triage, with a supervisor, and the case of the water company."""

    people: triage_cast.Desk
    supervisor: Actor
    case: CaseId

    @property
    def analyst(self) -> Actor:
        return self.people.analyst

    @property
    def police(self) -> Actor:
        return self.people.police


def house(disruption: Disruption | None = None) -> House:
    people = triage_cast.desk()
    if disruption:
        triage_actions.override_disruption(
            people.analyst, report=people.receipt.report, disruption=disruption, reason="Drinkwater valt uit."
        )
    case = case_actions.accept_report(
        people.analyst, report=people.receipt.report, title="Uitval van een besturing", reason="Vitaal proces geraakt."
    )
    return House(people, triage_cast.party("supervisor", "Toezicht op water"), case)


def body_of(actor: Actor) -> OrganisationId:
    assert actor.organisation
    return actor.organisation


def in_days(days: float) -> datetime:
    return timezone.now() + timedelta(days=days)


def question(
    whom: Actor,
    *,
    kind: DataKind = DataKind.MEASURES,
    text: str = "Welke maatregelen legde u eerder op?",
    case: CaseId | None = None,
    days: float = 14,
    conditions: frozenset[Condition] = frozenset(),
    more: tuple[Question, ...] = (),
    necessity: str = "Wij willen weten of het vaker voorkwam.",
) -> InquiryForm:
    return InquiryForm(
        body=body_of(whom),
        subject="Eerdere storingen van besturingen",
        questions=(Question(kind, text), *more),
        necessity=necessity,
        due_at=in_days(days),
        case=case,
        conditions=conditions,
    )


def ask(house: House, whom: Actor, *, case: CaseId | None = None, days: float = 14) -> Inquiry:
    return actions.ask_body(house.analyst, form=question(whom, case=case, days=days), seen=Unshown.IN_A_PROGRAM)


def answered(
    whom: Actor, inquiry: Inquiry, *, outcome: Outcome = Outcome.WHOLE, text: str = "Twee keer een aanwijzing."
) -> OwnInquiry:
    form = AnswerForm(
        outcome=outcome,
        texts=(text,),
        kinds=frozenset({DataKind.MEASURES}),
        ground="Onze taak als toezichthouder.",
        explanation="" if outcome is Outcome.WHOLE else "Het dossier van vorig jaar volgt.",
    )
    return actions.answer_inquiry(whom, inquiry=inquiry.id, form=form)


def put(whom: Actor, *, text: str = "Wat weet u van storingen bij besturingen?") -> FollowedIncoming:
    form = IncomingForm(
        subject="Storingen van besturingen",
        question=text,
        kinds=frozenset({DataKind.INCIDENT_NATURE, DataKind.REPORTER_IDENTITY}),
        necessity="Voor ons onderzoek.",
        ground="Onze wettelijke taak.",
        wanted_at=in_days(10),
    )
    return actions.submit_incoming(whom, form=form)


def reply(case: CaseId | None = None, *conditions: Condition, **texts: str) -> ReplyForm:
    said = {DataKind(kind.replace("_", "-")): text for kind, text in texts.items()}
    return ReplyForm(said, case=case, conditions=frozenset(conditions), vouching=WORD if conditions else "")
