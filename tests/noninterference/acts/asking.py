"""Bodies are asked about the victim, and ask about it themselves."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from tests.noninterference.acts.reporting import text_of
from tests.noninterference.acts.working import need_case
from tests.noninterference.worlds import World

from meldpunt.access.values import JOB
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import State, Unshown
from meldpunt.inquiries import actions as inquiry_actions
from meldpunt.inquiries.values import (
    AnswerForm,
    IncomingForm,
    IncomingId,
    InquiryForm,
    InquiryId,
    Outcome,
    Question,
    ReplyForm,
)
from meldpunt.intake.values import Attached
from meldpunt.law import Condition, DataKind


def ask_the_supervisor(world: World) -> None:
    """What was imposed before, in words that name the victim: the supervisor reads a question about somebody."""
    company = world.victim.company
    form = InquiryForm(
        body=world.country.organisation("supervisor"),
        subject=f"Eerdere storingen bij {company.name}",
        questions=(
            Question(DataKind.MEASURES, f"Wat legde u {company.name} op?"),
            Question(DataKind.INCIDENT_NATURE, text_of(world)),
        ),
        necessity=f"Wij willen weten of {company.alias} dit vaker had.",
        due_at=timezone.now() + timedelta(days=14),
        case=need_case(world),
    )
    asked = inquiry_actions.ask_body(world.actor("analyst"), form=form, seen=Unshown.IN_A_PROGRAM)
    if asked.disclosure.state is State.WAITING_FOR_APPROVAL:
        disclosure_actions.approve_disclosure(
            world.actor("second-duty-officer"),
            disclosure=asked.disclosure.id,
            reason="Akkoord.",
            seen=asked.disclosure.sight,
        )
    world.ids["inquiry"] = asked.id


def be_answered(world: World) -> None:
    """The supervisor answers in part, with a file, and the desk keeps that in the case."""
    if "inquiry" not in world.ids:
        ask_the_supervisor(world)
    form = AnswerForm(
        outcome=Outcome.PART,
        texts=("Twee keer een aanwijzing.",),
        kinds=frozenset({DataKind.MEASURES}),
        ground="Onze taak.",
        explanation="De rest volgt.",
    )
    file = Attached("dossier.txt", "text/plain", b"Vier keer.")
    own = inquiry_actions.answer_inquiry(
        world.actor("supervisor-officer"), inquiry=InquiryId(world.ids["inquiry"]), form=form, files=(file,)
    )
    inquiry_actions.file_answer(world.actor("analyst"), answer=own.answers[0].id, case=need_case(world))


def remind(world: World) -> None:
    """The term is over, and the platform reminds who still owes an answer."""
    if "inquiry" not in world.ids:
        ask_the_supervisor(world)
    inquiry_actions.remind_bodies(JOB, now=timezone.now() + timedelta(days=15))


def stop_asking(world: World) -> None:
    """The question is taken back."""
    if "inquiry" not in world.ids:
        ask_the_supervisor(world)
    inquiry = InquiryId(world.ids.pop("inquiry"))
    why = f"Bij {world.victim.company.alias} bleek het iets anders, zegt {world.victim.company.day}."
    inquiry_actions.withdraw_inquiry(world.actor("analyst"), inquiry=inquiry, reason=why)


def reply_to_the_supervisor(world: World) -> None:
    """The supervisor asks who it was, and is told what happened, without a name."""
    asked = _put(world, "supervisor-officer")
    company = world.victim.company
    form = ReplyForm(
        {DataKind.INCIDENT_NATURE: text_of(world), DataKind.REPORTER_IDENTITY: company.name},
        case=need_case(world),
        conditions=frozenset({Condition.RECIPIENT_TASK}),
        vouching="Het valt binnen de taak.",
    )
    told = inquiry_actions.reply_to_body(
        world.actor("analyst"), incoming=asked, form=form, reason="Binnen de taak.", seen=Unshown.IN_A_PROGRAM
    )
    if told.state is State.WAITING_FOR_APPROVAL:
        disclosure_actions.approve_disclosure(
            world.actor("second-duty-officer"), disclosure=told.id, reason="Akkoord.", seen=told.sight
        )


def tell_the_service_nothing(world: World) -> None:
    """The service asks and hears that there is nothing to tell, once the victim reported and the desk knows why."""
    need_case(world)
    asked = _put(world, "service-officer")
    why = "De wet laat het niet toe."
    inquiry_actions.tell_nothing(world.actor("analyst"), incoming=asked, reason=why, seen=Unshown.IN_A_PROGRAM)


def _put(world: World, who: str) -> IncomingId:
    form = IncomingForm(
        subject="Storingen bij water",
        question="Wie had deze week een storing, en wat was het?",
        kinds=frozenset({DataKind.INCIDENT_NATURE, DataKind.REPORTER_IDENTITY}),
        necessity="Voor ons onderzoek.",
        ground="Onze wettelijke taak.",
        wanted_at=timezone.now() + timedelta(days=10),
    )
    return inquiry_actions.submit_incoming(world.actor(who), form=form).incoming.id
