"""5. Written advice, an answer in the portal, a follow-up, and an escalation that is refused until it may."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldpunt.access.values import Actor
from meldpunt.advice import actions as advice_actions
from meldpunt.advice import queries as advice_queries
from meldpunt.advice.errors import EscalationNotAllowed
from meldpunt.advice.values import AdviceId, AnswerKind, MeasureForm, Outcome
from meldpunt.cases.values import CaseId
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Unshown

from ..world import World

MEASURES = (
    MeasureForm("Sluit de koppeling van de besturing met het kantoornet tot nader bericht."),
    MeasureForm("Vervang de bijwerking van Getijde SCADA 7 op alle gemalen en controleer de hash."),
)


def play(world: World) -> None:
    """Advise, be answered, follow up, and tell the ministry when the conditions stand."""
    analyst, company = world.actor("analyst"), world.actor("water-security")
    advice = advice_actions.write_advice(
        analyst,
        case=CaseId(world.ids["case"]),
        organisation=world.organisation("water"),
        title="Advies na de uitval van pompgemaal Zuid",
        introduction="Op grond van uw melding en van wat wij elders zien, adviseren wij u twee maatregelen.",
        measures=MEASURES,
        due_on=timezone.localdate(),
    ).id
    world.ids["advice"] = advice
    told = advice_actions.give_advice(
        analyst, advice=advice, reason="De melder vraagt om advies.", seen=Unshown.IN_A_PROGRAM
    )
    world.tell(f"  advice {told.state.value} to {told.count} reader")
    own = advice_queries.get_own_advice(company, advice=advice)
    advice_actions.answer_measure(company, measure=own.measures[0].id, answer=AnswerKind.ACKNOWLEDGE)
    advice_actions.answer_measure(
        company, measure=own.measures[1].id, answer=AnswerKind.REFUSE, reason="De leverancier is dit weekeinde dicht."
    )
    world.tell("  measure 1 acknowledged in the portal, measure 2 refused with a reason")
    officer = world.actor("duty-officer")
    _try(world, officer, advice)
    advice_actions.plan_follow_up(analyst, advice=advice, due_at=timezone.now() + timedelta(milliseconds=50))
    _follow_up(world, analyst, advice)
    _escalate(world, officer, advice)


def _try(world: World, officer: Actor, advice: AdviceId) -> None:
    try:
        advice_actions.escalate(officer, advice=advice, reason="Het water raakt op.", seen=Unshown.IN_A_PROGRAM)
    except EscalationNotAllowed:
        for requirement in advice_queries.may_escalate(officer, advice=advice).requirements:
            world.tell(f"  {'met    ' if requirement.is_met else 'NOT met'} {requirement.sentence.en}")
        world.tell("  escalation refused")


def _follow_up(world: World, analyst: Actor, advice: AdviceId) -> None:
    while timezone.now() < advice_queries.get_advice(analyst, advice=advice).follow_ups[-1].due_at:
        continue
    advice_actions.record_follow_up(
        analyst, advice=advice, outcome=Outcome.NOT_FOLLOWED, note="De besturing hangt nog aan het kantoornet."
    )
    world.tell("  follow-up due and recorded: not followed")


def _escalate(world: World, officer: Actor, advice: AdviceId) -> None:
    constituency_actions.unseal_identity(
        officer, organisation=world.organisation("water"), purpose="De brief aan de minister noemt het bedrijf."
    )
    told = advice_actions.escalate(
        officer,
        advice=advice,
        reason="Het advies is niet opgevolgd en de drinkwatervoorziening loopt gevaar.",
        seen=Unshown.IN_A_PROGRAM,
    )
    world.tell(f"  escalation: {told.state.value}")
    told = disclosure_actions.approve_disclosure(
        world.actor("second-duty-officer"),
        disclosure=told.id,
        reason="De voorwaarden zijn vervuld; de brief klopt.",
        seen=told.sight,
    )
    world.ids["escalation"] = told.id
    world.tell(f"  after a second person: {told.state.value}, with {', '.join(file.name for file in told.attachments)}")
