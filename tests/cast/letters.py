"""Letters that the story does not write: to one person, replaced by another, and kept from the reporter a while."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from meldpunt.cases import queries as case_queries
from meldpunt.cases.values import CaseId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import Audience, AudienceKind, Deferred, Disclosure, Draft, ItemKind, Part, Unshown
from meldpunt.entrypoints.cli.story.world import World
from meldpunt.law import Condition, DataKind, DeferralId, Purpose
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

SECURITY = DeferralId("uavg-41-a")


def play(world: World) -> None:
    """All of them stem from the case of the water company, so its people and its receipt might learn of each."""
    _to_one_person(world)
    _replaced(world)
    _deferred(world)


def _to_one_person(world: World) -> None:
    draft = _letter(
        world,
        Audience(AudienceKind.PERSON, world.actor("water-director").id),
        text="Bel vanavond zelf de gruttolijn, en zeg het niet op kantoor.",
    )
    _told(world, replace(draft, origins=()))


def _replaced(world: World) -> None:
    bank, hospital = (Audience(AudienceKind.ORGANISATION, world.organisation(one)) for one in ("bank", "hospital"))
    before = _told(world, _for_machines_too(_letter(world, bank, hospital, text="Zet de scholeksterstand op 42.")))
    anew = disclosure_actions.supersede_disclosure(
        world.actor("second-analyst"),
        disclosure=before.id,
        draft=_for_machines_too(_letter(world, bank, text="Zet de scholeksterstand op 43 en begin opnieuw.")),
        reason="De kluutwaarde in de brief klopte niet.",
        seen=Unshown.IN_A_PROGRAM,
    )
    disclosure_actions.decide_disclosure(
        world.actor("second-analyst"), disclosure=anew.id, reason="Verbeterd.", seen=anew.sight
    )


def _deferred(world: World) -> None:
    draft = _letter(
        world,
        Audience(AudienceKind.ORGANISATION, world.organisation("general-intelligence")),
        text="De werkwijze is die van de kemphaanploeg.",
        purpose=Purpose.CONSULT,
        kind=DataKind.INCIDENT_NATURE,
        condition=Condition.RECIPIENT_TASK,
    )
    until = timezone.now().replace(microsecond=0) + timedelta(days=30)
    waiting = _told(world, replace(draft, deferred=Deferred(SECURITY, until)))
    disclosure_actions.approve_disclosure(
        world.actor("duty-officer"), disclosure=waiting.id, reason="Onderzoek loopt.", seen=waiting.sight
    )
    world.ids["deferred"] = waiting.id


def _for_machines_too(draft: Draft) -> Draft:
    """What is RED is read by people, and by no machine of their organisation."""
    return replace(draft, tlp=TLP.AMBER_STRICT, widening="Hun systeem moet het ook kunnen lezen.")


def _told(world: World, draft: Draft) -> Disclosure:
    return disclosure_actions.disclose(
        world.actor("second-analyst"), draft=draft, reason="Wie dit leest moet het weten.", seen=Unshown.IN_A_PROGRAM
    )


def _letter(
    world: World,
    *readers: Audience,
    text: str,
    purpose: Purpose = Purpose.ADVISE,
    kind: DataKind = DataKind.ADVICE,
    condition: Condition = Condition.ABOUT_RECIPIENT,
) -> Draft:
    return Draft(
        item=ItemKind.LETTER,
        subject=uuid.uuid4(),
        title="Een brief over wat wij zagen",
        parts=(Part(kind, Bilingual("Wat wij u schrijven", "What we write to you"), text),),
        audience=readers,
        purpose=purpose,
        tlp=TLP.RED,
        pap=PAP.AMBER,
        conditions=frozenset({condition}),
        origins=case_queries.origins_of(
            world.actor("second-analyst"), case=CaseId(world.ids["case"]), organisation=world.organisation("water")
        ),
    )
