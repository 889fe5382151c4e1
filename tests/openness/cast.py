"""A case with a document that names who reported, and people who ask for it, handle it and watch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from meldpunt.access.values import JOB, STRANGER, Actor, ActorId, Door, OrganisationId, Role
from meldpunt.cases import actions as case_actions
from meldpunt.cases.values import CaseId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency.values import Holding, Hours, Person, Registration
from meldpunt.disclosure.values import Unshown
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm, ReportId
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.values import Decision, Hearing, RequesterDetails, RequestForm, RequestReceipt, Selection

NAME = "Waterbedrijf Zuiderwiel"
PERSON = "Jantine Verhoog"
ADDRESS = "192.0.2.9"
TITLE = "Verslag van het gesprek"
TEXT = (
    f"Op 20 november belde {PERSON} van {NAME}.\n"
    f"De aanvaller kwam binnen op {ADDRESS} en zette twee pompen stil.\n\n"
    "Het advies was de toegang op afstand te sluiten."
)
ANSWER = "Ik maak het verslag openbaar, behalve wat hieronder per passage is genoemd."


@dataclass(frozen=True)
class Country:
    """One organisation, one report of it, one case."""

    water: OrganisationId
    report: ReportId
    case: CaseId
    document: UUID


def found_country(*, text: str = TEXT, title: str = TITLE) -> Country:
    form = Registration(
        kind="constituent",
        sector="drinking-water",
        name=NAME,
        entity_kind="essential",
        people=(Person(PERSON, "CISO", "jantine@zuiderwiel.example", "+31 20 555 0101", Hours.DAY),),
        networks=(Holding("192.0.2.0/28"),),
        domains=(Holding("zuiderwiel.example"),),
    )
    water = constituency_actions.register_organisation(JOB, form=form)
    told = ReportForm(title="Storing", text="De pompen reageren niet.")
    report = intake_actions.receive_report(constituent(water), form=told).report
    analyst = _actor(Role.ANALYST, Door.DESK)
    case = case_actions.accept_report(analyst, report=report, title="Pompen", reason="mogelijk uitval")
    document = case_actions.add_document(analyst, case=case, title=title, text=text)
    return Country(water, report, case, document)


def _actor(role: Role, door: Door, organisation: UUID | None = None) -> Actor:
    speaks_for = OrganisationId(organisation) if organisation else None
    return Actor(ActorId(uuid4()), f"a {role}", door, frozenset({role}), speaks_for)


def officer() -> Actor:
    """Somebody who handles requests."""
    return _actor(Role.WOO_OFFICER, Door.DESK)


def analyst() -> Actor:
    return _actor(Role.ANALYST, Door.DESK)


def constituent(organisation: OrganisationId) -> Actor:
    return _actor(Role.CONSTITUENT, Door.PORTAL, organisation)


def stranger(receipt: str = "") -> Actor:
    return replace(STRANGER, receipt=receipt)


def ask(*, by: Actor | None = None, received_at: datetime | None = None, as_of: date | None = None) -> RequestReceipt:
    form = RequestForm(
        subject="Alles over de storing bij de pompen",
        requester=RequesterDetails("Siebe Krant", "siebe@krant.example"),
        received_at=received_at,
        as_of=as_of,
    )
    return openness_actions.receive_request(by or stranger(), form=form)


def select(country: Country, receipt: RequestReceipt) -> Selection:
    return openness_actions.select_document(officer(), request=receipt.request, document=country.document)


def withhold(selection: Selection, words: str, ground: str, *, note: str = "", nth: int = 0) -> None:
    """Withhold the nth place where the words stand."""
    start = -1
    for _ in range(nth + 1):
        start = selection.text.index(words, start + 1)
    openness_actions.withhold_passage(
        officer(), selection=selection.id, start=start, end=start + len(words), ground=ground, note=note
    )


def withhold_all(selection: Selection) -> None:
    """What the document must not say, under the act of today."""
    withhold(selection, PERSON, "woo-5.1-2-e")
    withhold(selection, NAME, "woo-5.1-2-i")
    withhold(selection, ADDRESS, "woo-5.1-1-c")


UNHEARD = "Alles wat naar de organisatie wijst, blijft weg: bezwaar is niet te verwachten."
WHY = "Wie in vertrouwen meldt, zou dat anders niet meer doen."


def why(receipt: RequestReceipt) -> dict[str, str]:
    """A reason for each ground that asks for one."""
    found = openness_queries.get_request(officer(), request=receipt.request)
    return {str(ground.id): WHY for ground in found.grounds_to_argue}


def decide(receipt: RequestReceipt, *, by: Actor | None = None, text: str = ANSWER) -> Decision:
    """One officer decides, with reasons."""
    return openness_actions.decide_request(
        by or officer(),
        request=receipt.request,
        text=text,
        reasons=why(receipt),
        unheard=UNHEARD,
        seen=Unshown.IN_A_PROGRAM,
    )


def release(country: Country, receipt: RequestReceipt) -> Decision:
    """From selection to delivery, by two officers."""
    withhold_all(select(country, receipt))
    decide(receipt)
    return approve(receipt)


def approve(receipt: RequestReceipt, *, by: Actor | None = None) -> Decision:
    """The second pair of eyes, having seen what there is."""
    actor = by or officer()
    decision = openness_queries.get_request(actor, request=receipt.request).decision
    assert decision
    return openness_actions.approve_request(actor, request=receipt.request, reason="gezien", seen=decision.sight)


def pdf_for(receipt: RequestReceipt) -> bytes:
    """What the requester downloads."""
    viewer = stranger(receipt.code)
    (line,) = openness_queries.follow_request(viewer).releases
    return openness_queries.open_release(viewer, release=line.id).data


def hear(
    country: Country, receipt: RequestReceipt, *, days: int = 14, organisation: OrganisationId | None = None
) -> Hearing:
    """The organisation behind the case, or another, is asked what it thinks of the release."""
    return openness_actions.hear_organisation(
        officer(),
        request=receipt.request,
        organisation=organisation or country.water,
        due_at=timezone.now() + timedelta(days=days),
        reason="Het verslag gaat over uw storing.",
        seen=Unshown.IN_A_PROGRAM,
    )
