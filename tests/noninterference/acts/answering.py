"""Answers to whoever asks: a decision on a request, and the figures of a quarter."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone
from tests.noninterference.acts.working import need_case
from tests.noninterference.worlds import World

from meldpunt.access.values import STRANGER
from meldpunt.cases import queries as case_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import State, Unshown
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.values import RequesterDetails, RequestForm, Stance
from meldpunt.statistics import actions as statistics_actions

_WHY = "Wie dit leest, weet wie het is, en dan meldt niemand meer."


def answer_a_request(world: World) -> None:
    """What the victim reported is asked for; whatever says who it is, is withheld, and the rest is public."""
    officer, second = world.actor("woo-officer"), world.actor("second-woo-officer")
    asked = openness_actions.receive_request(
        STRANGER, form=RequestForm(subject="Storingen bij water", requester=RequesterDetails(name="De Redactie"))
    )
    world.codes["requester"] = asked.code
    case = case_queries.get_case(officer, case=need_case(world))
    chosen = openness_actions.select_document(officer, request=asked.request, document=case.documents[0].id)
    places = [(found.start, found.end) for found in openness_queries.suggest_passages(officer, selection=chosen.id)]
    # What only a reader sees: a product that points at who uses it.
    product = world.victim.company.product
    places += [(found.start(), found.end()) for found in re.finditer(re.escape(product), chosen.text)]
    for start, end in places:
        openness_actions.withhold_passage(officer, selection=chosen.id, start=start, end=end, ground="woo-5.1-2-h")
    hearing = openness_actions.hear_organisation(
        officer,
        request=asked.request,
        organisation=world.organisation,
        due_at=timezone.now() + timedelta(weeks=2),
        reason="Het stuk gaat over deze organisatie.",
        seen=Unshown.IN_A_PROGRAM,
    )
    openness_actions.give_party_view(world.reporter, hearing=hearing.id, stance=Stance.NONE, text="Zo mag het.")
    decided = openness_actions.decide_request(
        officer,
        request=asked.request,
        text="Gedeeltelijk verstrekt.",
        reasons={"woo-5.1-2-h": _WHY},
        seen=Unshown.IN_A_PROGRAM,
    )
    openness_actions.approve_request(second, request=asked.request, reason="Klopt.", seen=decided.sight)
    told = openness_actions.publish_decision(
        officer, request=asked.request, reason="Voor iedereen.", seen=Unshown.IN_A_PROGRAM
    )
    if told.state is State.WAITING_FOR_APPROVAL:
        disclosure_actions.approve_disclosure(second, disclosure=told.id, reason="Akkoord.", seen=told.sight)


def publish_figures(world: World) -> None:
    """The quarter that runs is counted, with the victim's report in it, made safe, and published."""
    need_case(world)
    statistician = world.actor("statistician")
    last = timezone.localdate()
    overview = statistics_actions.compile_overview(statistician, first_day=last - timedelta(days=120), last_day=last)
    told = statistics_actions.publish_overview(
        statistician, overview=overview, reason="Het overzicht.", seen=Unshown.IN_A_PROGRAM
    )
    if told.state is State.WAITING_FOR_APPROVAL:
        disclosure_actions.approve_disclosure(
            world.actor("duty-officer"), disclosure=told.id, reason="Verraadt niemand.", seen=told.sight
        )
