"""A party answers what it was asked, answers anew, and asks us back."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import ConsultationNotFound
from ..queries.consultations import get_asked
from ..rules import viewing as rules
from ..values import Asked, ConsultationId, CounterQuestion, CounterQuestionId, View, ViewForm
from .locking import hold


@deed(Permission.CONSULTATION_ANSWER)
def give_view(actor: Actor, /, *, consultation: ConsultationId, form: ViewForm) -> View:
    """Answer a consultation, or answer it anew: the version before stays. What was told counts as acknowledged.

    Raises ConsultationNotFound (also for one that was withdrawn), ViewEmpty, ViewChanged, ClassificationUnknown.
    """
    rules.check_view(form, now=timezone.now())
    asked = _open(actor, consultation)
    rules.check_stands(asked.views, seen=form.seen)
    disclosure_actions.acknowledge_disclosure(actor, disclosure=asked.told.id)
    row = models.View(
        consultation_id=consultation,
        version=len(asked.views) + 1,
        rsit_class=form.rsit,
        nature=clean_text(form.nature),
        severity=form.severity.value,
        has_interest=form.has_interest or bool(form.own_interest.strip()),
        own_interest=clean_text(form.own_interest),
        objection=form.objection.value,
        hold_until=form.hold_until,
        text=clean_text(form.text),
        repeatable={question.value: tlp.value for question, tlp in form.repeatable.items()},
        given_by=actor.id,
        given_by_name=actor.name,
        given_at=timezone.now(),
    )
    row.save(force_insert=True)
    details = {"objection": form.objection.value, "severity": form.severity.value, "version": row.version}
    ledger.record(actor, kind=Kind.VIEW_GIVEN, subject=consultation, about=actor.organisation, details=details)
    return get_asked(actor, consultation=consultation).views[-1]


@deed(Permission.CONSULTATION_ANSWER)
def ask_desk(actor: Actor, /, *, consultation: ConsultationId, text: str) -> CounterQuestion:
    """Ask the desk back before answering; the time by which we asked stays.

    Raises ConsultationNotFound, QuestionsMissing.
    """
    said = rules.check_counter_question(text)
    _open(actor, consultation)
    row = models.CounterQuestion(
        consultation_id=consultation,
        text=said,
        asked_by=actor.id,
        asked_by_name=actor.name,
        asked_at=timezone.now(),
    )
    row.save(force_insert=True)
    details = {"question": str(row.id)}
    ledger.record(actor, kind=Kind.ASKED_BACK, subject=consultation, about=actor.organisation, details=details)
    return _question(actor, consultation, row.id)


def _open(actor: Actor, consultation: ConsultationId) -> Asked:
    """The consultation, while nobody else of the party writes. Raises ConsultationNotFound."""
    hold(consultation)
    asked = get_asked(actor, consultation=consultation)
    if asked.told.withdrawn_at is not None:
        raise ConsultationNotFound("this consultation was withdrawn")
    return asked


def _question(actor: Actor, consultation: ConsultationId, question: UUID) -> CounterQuestion:
    asked = get_asked(actor, consultation=consultation).counter_questions
    return next(one for one in asked if one.id == CounterQuestionId(question))
