"""4. Police and an intelligence service are consulted: a disclosure each, on a ground; one is refused, and says why."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldpunt.disclosure.values import Unshown
from meldpunt.law import Condition, DataKind
from meldpunt.triage import actions as triage_actions
from meldpunt.triage.values import Asking, Consultation, Objection, Severity, ViewForm

from ..world import World

NATURE = frozenset({DataKind.INCIDENT_NATURE, DataKind.IMPACT, DataKind.INDICATORS})
QUESTIONS = "Is dit patroon bij u bekend? Loopt er een onderzoek dat wij met ons advies kunnen verstoren?"


def _ask(world: World, party: str, data: frozenset[DataKind], *conditions: Condition) -> Consultation:
    consented = Condition.REPORTER_CONSENT in conditions
    (asked,) = triage_actions.consult_parties(
        world.actor("analyst"),
        asking=Asking(
            report=world.receipts["water"].report,
            parties=(world.organisation(party),),
            questions=QUESTIONS,
            data=data,
            due_at=timezone.now() + timedelta(hours=4),
            conditions=frozenset(conditions),
            texts={DataKind.SYSTEMS: "Twee bedienplekken van pompgemaal Zuid, besturing Getijde SCADA 7."},
        ),
        vouching="Lotte Brinkhorstma zei om 09.40 uur aan de telefoon namens het bedrijf ja." if consented else "",
        seen=Unshown.IN_A_PROGRAM,
    )
    world.tell(f"  {asked.party.label}: {asked.disclosure.state.value}")
    for sentence in asked.disclosure.verdict.explanation[:3]:
        world.tell(f"    {sentence.wording.en}")
    return asked


def play(world: World) -> None:
    """Ask the police without and with the reporter's consent, and the intelligence service within its task."""
    identity = NATURE | {DataKind.REPORTER_IDENTITY, DataKind.SYSTEMS}
    refused = _ask(world, "police", identity)
    world.ids["refused"] = refused.disclosure.id
    police = _ask(world, "police", identity, Condition.REPORTER_CONSENT)
    service = _ask(world, "general-intelligence", NATURE | {DataKind.ORGANISATION_TRAITS}, Condition.RECIPIENT_TASK)
    world.ids |= {"police-consultation": police.id, "service-consultation": service.id}
    triage_actions.give_view(
        world.actor("police-officer"),
        consultation=police.id,
        form=ViewForm(
            nature="Gelijk aan een zaak van vorige maand; een verdachte is in beeld.",
            severity=Severity.HIGH,
            own_interest="Wij doen aangifte mogelijk en vragen om bewaring van de bedienplekken.",
            objection=Objection.NONE,
            text="Geen bezwaar tegen advies aan de melder.",
        ),
    )
    triage_actions.give_view(
        world.actor("general-intelligence-officer"),
        consultation=service.id,
        form=ViewForm(
            nature="Wij duiden dit anders: geen criminele maar een statelijke actor.",
            severity=Severity.SEVERE,
            own_interest="Onderzoek loopt.",
            objection=Objection.HOLD,
            text="Wacht met het breed delen van de kenmerken tot morgen 12.00 uur.",
        ),
    )
    world.tell("  views recorded side by side; the service asks to hold, and that dissent is kept")
