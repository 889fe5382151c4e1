"""What is told of an inquiry: our questions, our reminders, and our answer to who asked us."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from meldpunt.constituency.values import Organisation
from meldpunt.disclosure.values import Audience, AudienceKind, Draft, ItemKind, Origin, Part
from meldpunt.law import (
    IN_FORCE,
    Condition,
    DataKind,
    Facts,
    GroundKind,
    Purpose,
    label_of,
    local_day,
    recipient_of,
    verdict,
)
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.days import written_day
from meldpunt.vocabulary.markings import PAP, TLP
from meldpunt.vocabulary.parties import PartyKind

from .values import Incoming, InquiryForm, Question, ReminderKind, ReplyForm

Mask = Callable[[str], str]
"""Takes out whoever did not report it and is not told of it."""

_WHY: Final = Bilingual("Waarom wij dit vragen", "Why we ask this")
_REMINDED: Final = Bilingual("Herinnering", "Reminder")
_NOTHING: Final = Bilingual("Wat wij kunnen verstrekken", "What we can give")

_HOW_TO_ANSWER: Final = (
    "U antwoordt in het portaal, per vraag, tot en met {day}. Noem de grondslag waarop u het geeft en de soorten "
    "gegevens die erin staan. U kunt ook gedeeltelijk antwoorden en later aanvullen, of weigeren met de reden."
)
_REMINDER: Final = {
    ReminderKind.BEFORE: (
        "Wij vroegen u op {asked} om gegevens ({reference}). Uw antwoord verwachten wij uiterlijk {day}."
    ),
    ReminderKind.OVERDUE: "Wij vroegen u op {asked} om gegevens ({reference}). De termijn liep af op {day}.",
    ReminderKind.AGAIN: (
        "Wij vroegen u op {asked} om gegevens ({reference}). De termijn liep af op {day}, en wij wachten nog. Kunt of "
        "mag u niet antwoorden, laat dat dan weten."
    ),
}
# Whoever reads this learns the same whether nothing is there or nothing may be told: it follows from the question.
_SAYS_NOTHING: Final = (
    "Op uw vraag {reference} is er niets dat wij u kunnen verstrekken. Wij zeggen daarbij niet of wij iets hebben: dit "
    "antwoord luidt hetzelfde als er niets is en als er iets is dat niet verstrekt mag worden."
)
_THE_LAW: Final = "Wat de wet zegt over wat u vraagt:"


def inquiry_draft(
    form: InquiryForm,
    questions: Sequence[Question],
    *,
    inquiry: UUID,
    reference: str,
    origins: tuple[Origin, ...],
    about: tuple[UUID, ...],
    mask: Mask,
) -> Draft:
    """The questions, each a part of the kind of data it asks for: what we may not ask, the law leaves out."""
    how = _HOW_TO_ANSWER.format(day=_day(form.due_at))
    asked = (
        Part(one.kind, _heading(number, one.kind), mask(one.text)) for number, one in enumerate(questions, start=1)
    )
    return Draft(
        item=ItemKind.INQUIRY,
        subject=inquiry,
        title=mask(f"Vraag om gegevens {reference}: {form.subject}"),
        parts=(Part(DataKind.INCIDENT_NATURE, _WHY, f"{mask(form.necessity)}\n\n{how}"), *asked),
        audience=(Audience(AudienceKind.ORGANISATION, form.body),),
        purpose=Purpose.ASK,
        tlp=form.tlp,
        pap=PAP.AMBER,
        conditions=form.conditions,
        origins=origins,
        vouching=form.vouching,
        widening=form.widening,
        about=about,
        deferred=form.deferred,
    )


def reminder_draft(
    kind: ReminderKind,
    *,
    inquiry: UUID,
    reference: str,
    body: UUID,
    conditions: frozenset[Condition],
    asked_at: datetime,
    due_at: datetime,
) -> Draft:
    """That an answer is awaited: no word of the questions, so it stems from no report."""
    text = _REMINDER[kind].format(asked=_day(asked_at), reference=reference, day=_day(due_at))
    return Draft(
        item=ItemKind.INQUIRY_REMINDER,
        subject=inquiry,
        title=f"Herinnering: vraag om gegevens {reference}",
        parts=(Part(DataKind.INCIDENT_NATURE, _REMINDED, text),),
        audience=(Audience(AudienceKind.ORGANISATION, body),),
        purpose=Purpose.ASK,
        tlp=TLP.AMBER_STRICT,
        pap=PAP.AMBER,
        conditions=conditions,
    )


def reply_draft(
    incoming: Incoming, form: ReplyForm, *, origins: tuple[Origin, ...], about: tuple[UUID, ...], mask: Mask
) -> Draft:
    """What is told to the body that asked, by kind of data; what no ground gives it, the law leaves out."""
    said = {kind: text.strip() for kind, text in form.texts.items() if text.strip()}
    return Draft(
        item=ItemKind.INQUIRY_ANSWER,
        subject=incoming.id,
        title=f"Antwoord op uw vraag {incoming.reference}",
        parts=tuple(Part(kind, _label(kind), mask(said[kind])) for kind in DataKind if kind in said),
        audience=(Audience(AudienceKind.ORGANISATION, incoming.body.id),),
        purpose=Purpose.ANSWER_INQUIRY,
        tlp=form.tlp,
        pap=PAP.AMBER,
        conditions=form.conditions,
        origins=origins,
        vouching=form.vouching,
        widening=form.widening,
        about=about,
        deferred=form.deferred,
    )


def nothing_draft(incoming: Incoming, *, on: date) -> Draft:
    """That there is nothing that may be told: made of the question, the reader and the day, and of nothing we hold."""
    recipient = recipient_of(PartyKind(incoming.body.party_kind))
    kinds = frozenset(incoming.kinds)
    said = verdict(Facts(on, recipient, Purpose.ANSWER_INQUIRY, kinds, kind=GroundKind.SUPPLY))
    law = "\n".join(f"- {sentence.nl}" for sentence in said.explanation)
    text = f"{_SAYS_NOTHING.format(reference=incoming.reference)} ({IN_FORCE.confidentiality.article})"
    return Draft(
        item=ItemKind.INQUIRY_ANSWER,
        subject=incoming.id,
        title=f"Antwoord op uw vraag {incoming.reference}",
        parts=(Part(DataKind.ADVICE, _NOTHING, f"{text}\n\n{_THE_LAW}\n{law}"),),
        audience=(Audience(AudienceKind.ORGANISATION, incoming.body.id),),
        purpose=Purpose.ACKNOWLEDGE,
        tlp=TLP.AMBER_STRICT,
        pap=PAP.AMBER,
    )


def title_of_answer(body: Organisation, reference: str) -> str:
    """How an answer is called among the documents of a case: a constituent by its code."""
    return f"Antwoord van {body.label if body.kind == 'party' else body.code} op {reference}"


def _heading(number: int, kind: DataKind) -> Bilingual:
    label = label_of(kind)
    return Bilingual(f"Vraag {number}: {label.nl}", f"Question {number}: {label.en}")


def _label(kind: DataKind) -> Bilingual:
    label = label_of(kind)
    return Bilingual(label.nl[:1].upper() + label.nl[1:], label.en[:1].upper() + label.en[1:])


def _day(instant: datetime) -> str:
    return written_day(local_day(instant)).nl
