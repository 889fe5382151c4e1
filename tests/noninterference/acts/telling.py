"""What the desk tells others because of the victim, and what it takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from tests.noninterference.acts.reporting import OF_THE_ATTACKER, need_report
from tests.noninterference.acts.working import fear_the_worst, need_case
from tests.noninterference.worlds import World

from meldpunt.advice import actions as advice_actions
from meldpunt.advice.values import AdviceId, AnswerKind, MeasureForm, Outcome
from meldpunt.cases import queries as case_queries
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import (
    Audience,
    AudienceKind,
    Deferred,
    Disclosure,
    DisclosureId,
    Draft,
    ItemKind,
    Part,
    State,
    Unshown,
)
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.reply_values import ReplyForm
from meldpunt.law import Condition, DataKind, DeferralId, Purpose
from meldpunt.response import actions as response_actions
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Asking, Objection, Severity, ViewForm
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

_NATURE = frozenset({DataKind.INCIDENT_NATURE, DataKind.IMPACT, DataKind.INDICATORS})
_HEADING = Bilingual("Wat er speelt", "What is going on")


def consult_without_identity(world: World) -> None:
    """The service is asked within its task, and is not told who it is."""
    fear_the_worst(world)
    (asked,) = triage_actions.consult_parties(
        world.actor("analyst"),
        asking=Asking(
            report=world.reports[0].report,
            parties=(world.country.organisation("service"),),
            questions=f"Kent u dit? Het gebeurde bij {world.victim.company.name}.",
            data=_NATURE | {DataKind.REPORTER_IDENTITY},
            due_at=timezone.now() + timedelta(hours=4),
            conditions=frozenset({Condition.RECIPIENT_TASK}),
        ),
        seen=Unshown.IN_A_PROGRAM,
    )
    told = _approve(world, asked.disclosure)
    if told.state is State.DELIVERED:
        triage_actions.give_view(
            world.actor("service-officer"),
            consultation=asked.id,
            form=ViewForm(nature="Bekend.", severity=Severity.HIGH, objection=Objection.HOLD, text="Wacht nog."),
        )


def consult_with_consent(world: World) -> None:
    """The police is told who it is, because the victim agrees."""
    need_case(world)
    world.told.add("police-officer")
    (asked,) = triage_actions.consult_parties(
        world.actor("analyst"),
        asking=Asking(
            report=world.reports[0].report,
            parties=(world.country.organisation("police"),),
            questions="Kent u dit?",
            data=_NATURE | {DataKind.REPORTER_IDENTITY},
            due_at=timezone.now() + timedelta(hours=4),
            conditions=frozenset({Condition.REPORTER_CONSENT}),
        ),
        vouching="Gezegd aan de telefoon.",
        seen=Unshown.IN_A_PROGRAM,
    )
    _approve(world, asked.disclosure)


def consult_in_vain(world: World) -> None:
    """The supervisor is asked without any ground, and hears nothing."""
    need_case(world)
    triage_actions.consult_parties(
        world.actor("analyst"),
        asking=Asking(
            report=world.reports[0].report,
            parties=(world.country.organisation("supervisor"),),
            questions="Kent u dit?",
            data=_NATURE | {DataKind.REPORTER_IDENTITY},
            due_at=timezone.now() + timedelta(hours=4),
        ),
        seen=Unshown.IN_A_PROGRAM,
    )


def write_to_who_reported(world: World) -> None:
    """The desk asks the victim back, in words that name it; and whoever left an address on the site."""
    name = world.victim.company.name
    form = ReplyForm(f"Vraag aan {name}", f"Wanneer begon het bij {name}?", Purpose.ASK, DataKind.SYSTEMS)
    need_report(world)
    for receipt in world.reports:
        intake_actions.reply_to_reporter(
            world.actor("analyst"), report=receipt.report, form=form, seen=Unshown.IN_A_PROGRAM
        )


def advise(world: World) -> None:
    """The victim gets written advice, and refuses a measure."""
    analyst = world.actor("analyst")
    advice = advice_actions.write_advice(
        analyst,
        case=need_case(world),
        organisation=world.organisation,
        title=f"Advies aan {world.victim.company.name}",
        introduction="Op grond van uw melding.",
        measures=[MeasureForm("Zet het account uit."), MeasureForm("Werk bij.")],
        due_on=timezone.localdate(),
    )
    advice_actions.give_advice(analyst, advice=advice.id, reason="Het kan niet wachten.", seen=Unshown.IN_A_PROGRAM)
    mine = advice.measures[1].id
    advice_actions.answer_measure(world.reporter, measure=mine, answer=AnswerKind.REFUSE, reason="Geen geld.")
    world.ids["advice"] = advice.id


def escalate(world: World) -> None:
    """Advice is not followed, and the ministry hears who it is."""
    if "advice" not in world.ids:
        advise(world)
    fear_the_worst(world)
    world.told.add("ministry-official")
    advice, analyst, officer = AdviceId(world.ids["advice"]), world.actor("analyst"), world.actor("duty-officer")
    advice_actions.plan_follow_up(analyst, advice=advice, due_at=timezone.now() + timedelta(milliseconds=1))
    world.sameness.at("a moment later", seconds=world.sameness.seconds + 1)
    advice_actions.record_follow_up(analyst, advice=advice, outcome=Outcome.NOT_FOLLOWED, note="Niet gedaan.")
    constituency_actions.unseal_identity(
        officer, organisation=world.organisation, purpose="De brief noemt het bedrijf."
    )
    _approve(
        world, advice_actions.escalate(officer, advice=advice, reason="Water in gevaar.", seen=Unshown.IN_A_PROGRAM)
    )


def write_to_the_isac(world: World) -> None:
    """The sector is told what was found, in words from which the victim's name is masked."""
    named = f"Bij {world.victim.company.name} ({world.victim.company.address}) is {OF_THE_ATTACKER} gezien."
    isac = Audience(AudienceKind.ISAC, UUID(world.country.isacs["water"]))
    draft = _draft(world, (isac,), purpose=Purpose.WARN, tlp=TLP.AMBER, text=named)
    world.ids["letter"] = _tell(world, draft).id


def write_late_to_the_service(world: World) -> None:
    """The service is told, and the reporter hears of it only much later."""
    service = Audience(AudienceKind.ORGANISATION, world.country.organisation("service"))
    text = f"Bij {world.victim.company.alias} is een besturing uitgevallen."
    draft = _draft(world, (service,), purpose=Purpose.CONSULT, tlp=TLP.RED, text=text)
    draft = replace(
        draft,
        item=ItemKind.CONSULTATION,
        conditions=frozenset({Condition.RECIPIENT_TASK}),
        deferred=Deferred(DeferralId("uavg-41-a"), timezone.now() + timedelta(days=30)),
    )
    _tell(world, draft)


def warn_everybody_in_vain(world: World) -> None:
    """No law lets the desk tell the public what was reported in confidence, and nobody hears it."""
    text = f"Let op verkeer naar {OF_THE_ATTACKER}; gezien bij {world.victim.company.alias} en anderen."
    draft = _draft(world, (Audience(AudienceKind.PUBLIC),), purpose=Purpose.WARN, tlp=TLP.CLEAR, text=text)
    _tell(world, replace(draft, item=ItemKind.ADVISORY, pap=PAP.CLEAR))


def withdraw(world: World) -> None:
    """What the sector was told is taken back."""
    need_letter(world)
    analyst, letter = world.actor("analyst"), DisclosureId(world.ids.pop("letter"))
    disclosure_actions.withdraw_disclosure(analyst, disclosure=letter, reason=_why(world))


def need_letter(world: World) -> None:
    """There is a letter to the sector afterwards."""
    if "letter" not in world.ids:
        write_to_the_isac(world)


def supersede(world: World) -> None:
    """The letter to the sector gets a new version."""
    need_letter(world)
    isac = Audience(AudienceKind.ISAC, UUID(world.country.isacs["water"]))
    draft = _draft(world, (isac,), purpose=Purpose.WARN, tlp=TLP.AMBER, text="Toch iets anders.")
    analyst = world.actor("analyst")
    anew = disclosure_actions.supersede_disclosure(
        analyst,
        disclosure=DisclosureId(world.ids["letter"]),
        draft=draft,
        reason=_why(world),
        seen=Unshown.IN_A_PROGRAM,
    )
    decided = disclosure_actions.decide_disclosure(analyst, disclosure=anew.id, reason="Beter zo.", seen=anew.sight)
    world.ids["letter"] = _approve(world, decided).id


def respond_together(world: World) -> None:
    """A joint response of the victim and a peer, with a situation report that names nobody."""
    fear_the_worst(world)
    analyst = world.actor("analyst")
    if "response" not in world.ids:
        world.ids["response"] = response_actions.activate_response(
            analyst,
            case=need_case(world),
            reason="Het kan meer sectoren raken.",
            members=[world.organisation, world.country.organisation("supervisor")],
        ).id
    company = world.victim.company
    text = f"Bij {company.name} is een besturing uitgevallen; {company.day} pompt met de hand."
    part = Part(DataKind.INCIDENT_NATURE, _HEADING, text)
    response_actions.publish_situation_report(
        analyst,
        activation=world.ids["response"],
        title="Eerste situatierapport",
        parts=(part,),
        reason="Wie meewerkt, moet hetzelfde weten.",
        conditions=frozenset({Condition.RECIPIENT_TASK, Condition.RISK_OF_SOCIETAL_DISRUPTION}),
        seen=Unshown.IN_A_PROGRAM,
    )


def _why(world: World) -> str:
    """A reason that readers read, by somebody who forgot that they do."""
    company = world.victim.company
    return f"{company.day} van {company.name} belde: het bleek {company.product}."


def _draft(world: World, audience: Sequence[Audience], *, purpose: Purpose, tlp: TLP, text: str) -> Draft:
    case, analyst = need_case(world), world.actor("analyst")
    return Draft(
        item=ItemKind.LETTER,
        subject=case,
        title="Inbraak in een besturing",
        parts=(Part(DataKind.INCIDENT_NATURE, _HEADING, text),),
        audience=tuple(audience),
        purpose=purpose,
        tlp=tlp,
        pap=PAP.GREEN,
        origins=tuple(case_queries.origins_of(analyst, case=case)),
        widening="Wie hier zit, moet dit vandaag weten.",
    )


def _tell(world: World, draft: Draft) -> Disclosure:
    return _approve(
        world,
        disclosure_actions.disclose(world.actor("analyst"), draft=draft, reason="Nodig.", seen=Unshown.IN_A_PROGRAM),
    )


def _approve(world: World, told: Disclosure) -> Disclosure:
    if told.state is not State.WAITING_FOR_APPROVAL:
        return told
    officer = world.actor("second-duty-officer")
    return disclosure_actions.approve_disclosure(officer, disclosure=told.id, reason="Akkoord.", seen=told.sight)
