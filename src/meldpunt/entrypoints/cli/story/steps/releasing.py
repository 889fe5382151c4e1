"""7. Somebody asks for a document of the case: passages are withheld, each on its own ground, and leave no trace."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldpunt.access.values import STRANGER, Actor
from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Unshown
from meldpunt.engines.redaction.traces import find_traces
from meldpunt.openness import actions as openness_actions
from meldpunt.openness import queries as openness_queries
from meldpunt.openness.values import RequesterDetails, RequestForm, RequestId, Selection, Stance

from ..world import World

# What no register holds and only a reader sees: who wrote it, places and things that point at one company, and what
# the detection network was told to look for and nobody else.
BY_HAND = {
    "stuurpost.nachtuil.example": "woo-5.1-2-h",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0ea6b5b6c1f3f8e0f4d1a2": "woo-5.1-2-h",
    "Lotte Brinkhorstma": "woo-5.1-2-e",
    "Zuiderwiel en Halverhorst": "woo-5.1-2-h",
    "pompgemaal Zuid": "woo-5.1-2-h",
    "Getijde SCADA 7": "woo-5.1-1-c",
}

WHY_WITHHELD = {
    "woo-5.1-2-e": "Wie namens een organisatie belt, hoeft niet met naam en nummer in de krant.",
    "woo-5.1-2-h": "Wie dit leest, weet waar en waarmee de besturing opnieuw is binnen te komen.",
    "woo-5.1-2-i": "Organisaties die vrezen bekend te worden, melden niet meer; dan wordt niemand meer gewaarschuwd.",
}


def play(world: World) -> None:
    """Receive, select, withhold, decide, approve, and look for what stayed behind."""
    officer = world.actor("woo-officer")
    request = _ask(world)
    case = case_queries.get_case(officer, case=CaseId(world.ids["case"]))
    selection = openness_actions.select_document(officer, request=request, document=case.documents[0].id)
    _withhold(officer, selection)
    kept = openness_queries.get_selection(officer, selection=selection.id)
    articles = sorted({one.ground.article for one in kept.passages})
    world.tell(f"  {len(kept.passages)} passages withheld on {', '.join(articles)}")
    _hear(world, officer, request)
    _decide(world, officer, request)
    secrets = [kept.text[one.start : one.end] for one in kept.passages]
    decision = openness_queries.get_request(officer, request=request).decision
    for line in decision.releases if decision else ():
        release = openness_queries.get_release(officer, release=line.id)
        world.tell(f"  {release.name}: traces of the withheld words: {len(find_traces(release.data, secrets))}")


def _ask(world: World) -> RequestId:
    receipt = openness_actions.receive_request(
        STRANGER,
        form=RequestForm(
            subject="Alle stukken over storingen bij drinkwaterbedrijven in november",
            requester=RequesterDetails(name="Redactie De Zuiderwieler", email="redactie@zuiderwieler.example"),
        ),
    )
    world.ids["request"] = receipt.request
    world.codes["request"] = receipt.code
    world.tell(f"  request {receipt.reference}, code {receipt.code}, decide before the term of the law")
    return receipt.request


def _withhold(officer: Actor, selection: Selection) -> None:
    for found in openness_queries.suggest_passages(officer, selection=selection.id):
        if found.ground is not None:
            openness_actions.withhold_passage(
                officer, selection=selection.id, start=found.start, end=found.end, ground=found.ground.id
            )
    for words, ground in BY_HAND.items():
        for start in _places_of(words, selection.text):
            openness_actions.withhold_passage(
                officer, selection=selection.id, start=start, end=start + len(words), ground=ground
            )


def _hear(world: World, officer: Actor, request: RequestId) -> None:
    """The company behind the case says what it thinks, before anything is decided (Awb article 4:8)."""
    found = openness_queries.get_request(officer, request=request)
    for organisation in openness_queries.list_to_hear(officer, request=request, selections=found.selections):
        hearing = openness_actions.hear_organisation(
            officer,
            request=request,
            organisation=organisation.id,
            due_at=timezone.now() + timedelta(weeks=2),
            reason="Het stuk gaat over deze organisatie.",
            seen=Unshown.IN_A_PROGRAM,
        )
        if hearing.is_told and organisation.id == world.organisation("water"):
            openness_actions.give_party_view(
                world.actor("water-security"),
                hearing=hearing.id,
                stance=Stance.NONE,
                text="Zo mag het naar buiten: onze gemaalnamen zijn weg.",
            )
        world.tell(f"  heard on the release: {organisation.code}, told: {hearing.is_told}")


def _decide(world: World, officer: Actor, request: RequestId) -> None:
    second = world.actor("second-woo-officer")
    decided = openness_actions.decide_request(
        officer,
        request=request,
        text="Het stuk wordt gedeeltelijk verstrekt.",
        reasons=WHY_WITHHELD,
        seen=Unshown.IN_A_PROGRAM,
    )
    openness_actions.approve_request(
        second, request=request, reason="De gronden kloppen per passage.", seen=decided.sight
    )
    told = openness_actions.publish_decision(
        officer, request=request, reason="Ook anderen mogen dit lezen.", seen=Unshown.IN_A_PROGRAM
    )
    told = disclosure_actions.approve_disclosure(
        second, disclosure=told.id, reason="Wat de verzoeker kreeg, mag iedereen lezen.", seen=told.sight
    )
    world.tell(f"  decision published: {told.state.value}")


def _places_of(words: str, text: str) -> list[int]:
    """Every place where the words begin."""
    return [start for start in range(len(text)) if text.startswith(words, start)]
