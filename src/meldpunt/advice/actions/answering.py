"""The organisation says what it does with a measure."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..errors import MeasureNotFound
from ..queries import get_own_advice
from ..values import AdviceId, AnswerKind, MeasureId, OwnAdvice


@deed(Permission.ADVICE_ANSWER)
def answer_measure(actor: Actor, /, *, measure: MeasureId, answer: AnswerKind, reason: str = "") -> OwnAdvice:
    """Acknowledge it, say that it is done, or refuse with a reason. An answer may follow an answer; the last counts.

    Raises MeasureNotFound (also for what was not told to this organisation, or was withdrawn), WordingMissing.
    """
    said = rules.check_answer(answer, reason)
    row = models.Measure.objects.filter(id=measure).only("id", "advice", "number").first()
    if row is None:
        raise MeasureNotFound("no such measure")
    models.Answer(
        measure_id=row.id, kind=answer.value, reason=said, answered_by=actor.id, answered_at=timezone.now()
    ).save(force_insert=True)
    ledger.record(
        actor,
        kind=Kind.MEASURE_ANSWERED,
        subject=row.advice_id,
        about=actor.organisation,
        details={"measure": row.number, "answer": answer.value},
    )
    return get_own_advice(actor, advice=AdviceId(row.advice_id))
