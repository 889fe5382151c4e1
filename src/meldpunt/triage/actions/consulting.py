"""Other government parties are asked to look along, each told what the law allows it."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import GroundSays, Seen, State
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import ConsultationNotFound, DecisionImpossible
from ..queries.consultations import get_consultation, list_consultations
from ..queries.drafting import draft_consultations, draft_sequel
from ..values import Asking, Consultation, ConsultationId, CounterQuestionId, SequelKind
from .locking import hold


@deed(Permission.CONSULTATION_ASK)
def consult_parties(actor: Actor, /, *, asking: Asking, vouching: str = "", seen: Seen) -> tuple[Consultation, ...]:
    """Ask parties for their views, each by a disclosure of its own: delivered, waiting for a second person, or refused.

    `vouching` says who told the analyst of the conditions; `seen` is the page on which all were shown before. What the
    law refuses one is kept with the verdict, and holds up no other. Raises disclosure.VouchingMissing,
    disclosure.DeferralUnfit, disclosure.SeenChanged, ReportNotFound, NotFound, NoGovernmentParty, QuestionsMissing,
    ConditionNotShown, NothingKnown, RepeatsAnswer, NamesParty, constituency.IdentitySealed.
    """
    drafts = [replace(draft, vouching=vouching) for draft in draft_consultations(actor, asking=asking)]
    questions = clean_text(asking.questions)
    told = disclosure_actions.disclose_each(actor, drafts=drafts, reason=GroundSays.WHY, seen=seen)
    parties = constituency_queries.list_by_ids(actor, organisations=asking.parties)
    asked_at, together = timezone.now(), uuid.uuid4()
    for draft, party, disclosure in zip(drafts, asking.parties, told, strict=True):
        models.Consultation(
            id=draft.subject,
            report_id=asking.report,
            party_id=party,
            round=together,
            disclosure_id=disclosure.id,
            questions=questions,
            conditions=sorted(asking.conditions),
            refused=disclosure.state is State.REFUSED,
            asked_by=actor.id,
            asked_by_name=actor.name,
            asked_at=asked_at,
            due_at=asking.due_at,
        ).save(force_insert=True)
        details = {"consultation": str(draft.subject), "party": parties[party].code, "disclosure": str(disclosure.id)}
        ledger.record(actor, kind=Kind.CONSULTED, subject=asking.report, details=details)
    found = {one.id: one for one in list_consultations(actor, report=asking.report)}
    return tuple(found[ConsultationId(draft.subject)] for draft in drafts)


@deed(Permission.CONSULTATION_ASK)
def answer_party(actor: Actor, /, *, question: CounterQuestionId, text: str, seen: Seen) -> Consultation:
    """Answer what a party asked us back, through the door and on the ground on which it was asked.

    Raises ConsultationNotFound, PartyNotTold, ReasonMissing, RepeatsAnswer, NamesParty, and as
    `disclosure.actions.disclose`.
    """
    row = models.CounterQuestion.objects.filter(id=question).first()
    if row is None:
        raise ConsultationNotFound("no such question")
    asked = ConsultationId(row.consultation_id)
    return _tell(actor, asked, SequelKind.ANSWER, text, question=question, seen=seen)


@deed(Permission.CONSULTATION_ASK)
def tell_outcome(actor: Actor, /, *, consultation: ConsultationId, text: str, seen: Seen) -> Consultation:
    """Tell a party what was decided, and what that did with its view. Raises as `answer_party`.

    Also DecisionImpossible where nothing was decided yet.
    """
    return _tell(actor, consultation, SequelKind.OUTCOME, text, seen=seen)


def _tell(
    actor: Actor,
    consultation: ConsultationId,
    kind: SequelKind,
    text: str,
    *,
    question: CounterQuestionId | None = None,
    seen: Seen,
) -> Consultation:
    asked = get_consultation(actor, consultation=consultation)
    hold(asked.report)
    last = models.Decision.objects.filter(report_id=asked.report).order_by("-number").first()
    if kind is SequelKind.OUTCOME and last is None:
        raise DecisionImpossible("Nothing was decided about this report yet, so there is nothing to tell.")
    draft = draft_sequel(actor, consultation=consultation, kind=kind, text=text, question=question)
    told = disclosure_actions.disclose(actor, draft=draft, reason=GroundSays.WHY, seen=seen)
    models.Sequel(
        consultation_id=consultation,
        kind=kind.value,
        disclosure_id=told.id,
        question_id=question,
        decision=last if kind is SequelKind.OUTCOME else None,
        by=actor.id,
        by_name=actor.name,
        at=timezone.now(),
    ).save(force_insert=True)
    return get_consultation(actor, consultation=consultation)
