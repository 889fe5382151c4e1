"""Beside step 5: the consequence may cascade, so a joint response starts, and its members get a situation report."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldpunt.cases.values import CaseId
from meldpunt.disclosure.values import Part, Unshown
from meldpunt.law import Condition, DataKind
from meldpunt.response import actions as response_actions
from meldpunt.vocabulary.bilingual import Bilingual

from ..world import World

MEMBERS = ("water", "ministry-water", "supervisor-infrastructure")


def play(world: World) -> None:
    """Activate, say who does what, report the situation, and hand over the shift."""
    analyst = world.actor("analyst")
    members = [world.organisation(name) for name in MEMBERS]
    response = response_actions.activate_response(
        analyst,
        case=CaseId(world.ids["case"]),
        reason="Uitval van drinkwater en stroom kan meer sectoren raken.",
        members=members,
    )
    world.ids["response"] = response.id
    response_actions.assign_action(
        analyst,
        activation=response.id,
        organisation=members[0],
        text="Meet elk uur de vulling van de reinwaterkelders met de hand.",
        due_at=timezone.now() + timedelta(hours=6),
    )
    told = response_actions.publish_situation_report(
        analyst,
        activation=response.id,
        title="Eerste situatierapport",
        parts=(
            Part(
                DataKind.INCIDENT_NATURE,
                Bilingual("Wat er speelt", "What is going on"),
                "De besturing van een pompgemaal is uitgevallen; de pompen draaien op handbediening.",
            ),
        ),
        reason="Wie meewerkt, moet hetzelfde weten.",
        conditions=frozenset({Condition.RECIPIENT_TASK, Condition.RISK_OF_SOCIETAL_DISRUPTION}),
        seen=Unshown.IN_A_PROGRAM,
    )
    world.tell(f"  joint response of {len(members)}; situation report: {', '.join(one.state.value for one in told)}")
    handover = response_actions.hand_over(analyst, activation=response.id, open_points="Wacht op de dienst: 12.00 uur.")
    response_actions.sign_off(world.actor("second-analyst"), handover=handover)
    world.tell("  shift handed over and signed by who takes it")
