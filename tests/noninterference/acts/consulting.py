"""Several parties look along at once, ask back, answer in confidence, and one is told to forget it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from tests.noninterference.acts.delivering import need_service
from tests.noninterference.acts.working import need_case
from tests.noninterference.worlds import World

from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Unshown
from meldpunt.law import Condition, DataKind
from meldpunt.services.values import node_of
from meldpunt.triage import actions as triage_actions
from meldpunt.triage import queries as triage_queries
from meldpunt.triage.values import (
    Asking,
    ConsultationId,
    CounterQuestionId,
    Objection,
    Outage,
    Question,
    Severity,
    ViewForm,
)
from meldpunt.vocabulary.markings import TLP


@dataclass(frozen=True)
class Other:
    """Who is asked beside the service, and what it answers in confidence."""

    party: str
    officer: str
    view: ViewForm
    question: str


SUPERVISOR = Other(
    "supervisor",
    "supervisor-officer",
    ViewForm(
        nature="Wij legden hun dit voorjaar een aanwijzing op.",
        severity=Severity.SEVERE,
        objection=Objection.HOLD,
        text="Wacht tot ons onderzoek af is.",
        repeatable={Question.ASKED: TLP.GREEN},
    ),
    "Is het de installatie die wij in mei bezochten?",
)
MINISTRY = Other(
    "ministry",
    "ministry-official",
    ViewForm(nature="Onbekend."),
    "Zijn er al Kamervragen?",
)


def ask_two_at_once(world: World) -> None:
    """The service and the supervisor, in words that name the victim."""
    _ask(world, SUPERVISOR)


def ask_the_ministry_instead(world: World) -> None:
    """The same, with another beside the service."""
    _ask(world, MINISTRY)


def answer_in_confidence(world: World) -> None:
    """The supervisor asks to wait, and lets others know that it looks along."""
    _answer(world, SUPERVISOR)


def answer_little(world: World) -> None:
    """The ministry knows nothing, and keeps that to itself."""
    _answer(world, MINISTRY)


def be_asked_back(world: World) -> None:
    """The service asks which, and is answered in words that name the victim."""
    _need_asked(world)
    _ask_back(world, "service", "service-officer", "Bij welke van de twee?")


def be_asked_back_by_the_supervisor(world: World) -> None:
    """The supervisor asks too."""
    _need_asked(world)
    _ask_back(world, "supervisor", SUPERVISOR.officer, SUPERVISOR.question)


def be_asked_back_by_the_ministry(world: World) -> None:
    """The ministry asks instead."""
    _ask_back(world, "ministry", MINISTRY.officer, MINISTRY.question)


def take_a_question_back(world: World) -> None:
    """The supervisor should not have been asked, and reads why without whom it was about."""
    _need_asked(world)
    _take_back(world, "supervisor")


def take_the_ministrys_question_back(world: World) -> None:
    """The ministry should not have been asked."""
    _take_back(world, "ministry")


def suppose_worse(world: World) -> None:
    """What if the victim's own service stands still, under its code; that becomes the estimate."""
    need_case(world)
    service, analyst, code = need_service(world), world.actor("analyst"), world.country.codes[world.victim.seat]
    outage = Outage({"D1": 0.9, node_of(service): 1.0}, until_hour=48)
    kept = triage_actions.keep_scenario(
        analyst, report=world.reports[0].report, name=f"Als {code} uitvalt", outage=outage
    )
    triage_actions.adopt_scenario(analyst, scenario=kept.id)


def _ask(world: World, other: Other) -> None:
    need_case(world)
    parties = tuple(world.country.organisation(one) for one in ("service", other.party))
    asked = triage_actions.consult_parties(
        world.actor("analyst"),
        asking=Asking(
            report=world.reports[0].report,
            parties=parties,
            questions=f"Wat weet u van {world.victim.company.name}, en van {world.victim.company.domain}?",
            data=frozenset({DataKind.INCIDENT_NATURE, DataKind.INDICATORS}),
            due_at=timezone.now() + timedelta(hours=4),
            conditions=frozenset({Condition.RECIPIENT_TASK}),
            shares_views=True,
        ),
        seen=Unshown.IN_A_PROGRAM,
    )
    for name, one in zip(("service", other.party), asked, strict=True):
        assert one.is_told, one.disclosure.verdict.explanation
        world.ids[f"asked-{name}"] = one.id


def _need_asked(world: World) -> None:
    if "asked-service" not in world.ids:
        ask_two_at_once(world)


def _asked(world: World, party: str) -> ConsultationId:
    return ConsultationId(world.ids[f"asked-{party}"])


def _answer(world: World, other: Other) -> None:
    _need_asked(world)
    triage_actions.give_view(world.actor(other.officer), consultation=_asked(world, other.party), form=other.view)


def _ask_back(world: World, party: str, officer: str, text: str) -> None:
    asked = triage_actions.ask_desk(world.actor(officer), consultation=_asked(world, party), text=text)
    answer = f"Het gaat om {world.victim.company.alias}."
    triage_actions.answer_party(
        world.actor("analyst"), question=CounterQuestionId(asked.id), text=answer, seen=Unshown.IN_A_PROGRAM
    )


def _take_back(world: World, party: str) -> None:
    analyst = world.actor("analyst")
    told = triage_queries.get_consultation(analyst, consultation=_asked(world, party)).disclosure
    why = f"Dit was niet aan u: het ging om {world.victim.company.alias}."
    disclosure_actions.withdraw_disclosure(analyst, disclosure=told.id, reason=why)
