"""4, further: the supervisor is asked for data, and answers in part; the police and a ministry ask, and are told."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meldpunt.cases.values import CaseId
from meldpunt.disclosure.values import Unshown
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.inquiries.values import (
    AnswerForm,
    FollowedIncoming,
    IncomingForm,
    InquiryForm,
    Outcome,
    Question,
    ReplyForm,
)
from meldpunt.intake.values import Attached
from meldpunt.law import Condition, DataKind

from ..world import World


def play(world: World) -> None:
    """One inquiry of ours, and two of others: of the one part is told, of the other nothing."""
    _ask_the_supervisor(world)
    _answer_the_police(world)
    _tell_the_ministry_nothing(world)


def _ask_the_supervisor(world: World) -> None:
    asked = inquiry_actions.ask_body(
        world.actor("analyst"),
        form=InquiryForm(
            body=world.organisation("supervisor-infrastructure"),
            subject="Eerdere aanwijzingen voor besturingen op afstand",
            questions=(
                Question(
                    DataKind.MEASURES, "Legde u in het afgelopen jaar maatregelen op voor besturingen op afstand?"
                ),
                Question(DataKind.SYSTEMS, "Om welke besturingen ging het, naar merk en versie?"),
            ),
            necessity="Wij willen weten of dit vaker voorkwam, om ons advies daarop te richten.",
            due_at=timezone.now() + timedelta(days=14),
            case=CaseId(world.ids["case"]),
        ),
        seen=Unshown.IN_A_PROGRAM,
    )
    world.ids["inquiry"] = asked.id
    world.tell(f"  inquiry {asked.reference} to {asked.body.label}: {asked.state.value}")
    for ground in asked.disclosure.verdict.grounds:
        world.tell(f"    {ground.article}: {ground.task.en}")
    inquiry_actions.answer_inquiry(
        world.actor("supervisor-officer"),
        inquiry=asked.id,
        form=AnswerForm(
            outcome=Outcome.PART,
            texts=("Wij gaven twee aanwijzingen aan een bedrijf in een andere sector.", ""),
            kinds=frozenset({DataKind.MEASURES}),
            ground="Onze taak als toezichthouder; geheimhouding is bedongen.",
            explanation="Merk en versie volgen na overleg met de inspecteur.",
        ),
        files=(Attached("aanwijzing-kluut.txt", "text/plain", b"Aanwijzing: sluit de toegang op afstand."),),
    )
    world.tell("  the supervisor answers in part, on a ground of its own; the rest is awaited")


def _answer_the_police(world: World) -> None:
    asked = _put(
        world,
        "police-officer",
        subject="Bediening op afstand",
        question="Kent u meer storingen waarbij iemand van buiten een bedienplek overnam?",
        kinds=frozenset({DataKind.INCIDENT_NATURE, DataKind.INDICATORS, DataKind.DELIBERATION}),
    )
    told = inquiry_actions.reply_to_body(
        world.actor("analyst"),
        incoming=asked.incoming.id,
        form=ReplyForm(
            texts={
                DataKind.INCIDENT_NATURE: "In een lopende zaak nam iemand van buiten een scherm over.",
                DataKind.DELIBERATION: "Ons eigen beraad is nog niet af.",
            },
            case=CaseId(world.ids["case"]),
            conditions=frozenset({Condition.REPORTER_CONSENT}),
            vouching="Lotte Brinkhorstma zei om 09.40 uur aan de telefoon namens het bedrijf ja.",
        ),
        reason="Zij onderzoeken het, en de melder vindt het goed.",
        seen=Unshown.IN_A_PROGRAM,
    )
    left = ", ".join(one.kind.value for one in told.left_out)
    world.tell(f"  the police asks ({asked.incoming.reference}): {told.state.value}, left out: {left}")


def _tell_the_ministry_nothing(world: World) -> None:
    asked = _put(
        world,
        "ministry-official",
        subject="Signalen over dijkbewaking",
        question="Zijn er meldingen over de sensoren van dijkbewaking?",
        kinds=frozenset({DataKind.ORGANISATION_TRAITS, DataKind.REPORTER_IDENTITY}),
    )
    told = inquiry_actions.tell_nothing(
        world.actor("analyst"),
        incoming=asked.incoming.id,
        reason="Gezocht: hierover is ons niets gemeld.",
        seen=Unshown.IN_A_PROGRAM,
    )
    world.tell(f"  a ministry asks ({asked.incoming.reference}): nothing that may be told, {told.state.value}")


def _put(world: World, whom: str, *, subject: str, question: str, kinds: frozenset[DataKind]) -> FollowedIncoming:
    return inquiry_actions.submit_incoming(
        world.actor(whom),
        form=IncomingForm(
            subject=subject,
            question=question,
            kinds=kinds,
            necessity="Voor een onderzoek dat bij ons loopt.",
            ground="Onze wettelijke taak.",
            wanted_at=timezone.now() + timedelta(days=10),
        ),
    )
