"""Asking again: a round is planned, and what it found is written down."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models, rules
from ..errors import StateDoesNotAllow
from ..queries import get_advice
from ..values import Advice, AdviceId, Outcome
from .writing import lock_advice


@deed(Permission.ADVICE_WRITE)
def plan_follow_up(actor: Actor, /, *, advice: AdviceId, due_at: datetime) -> Advice:
    """The next round. `due_at` is aware; it may lie in the past, for what should have been asked before.

    Raises AdviceNotFound, StateDoesNotAllow (nobody has the advice), TimeImpossible.
    """
    lock_advice(advice)
    found = get_advice(actor, advice=advice)
    rules.check_given(found.delivered_at)
    models.FollowUp(
        advice_id=advice,
        round=len(found.follow_ups) + 1,
        due_at=rules.check_instant(due_at),
        planned_by=actor.id,
        planned_by_name=actor.name,
        planned_at=timezone.now(),
    ).save(force_insert=True)
    details = {"deed": "follow-up planned", "due_at": due_at.isoformat()}
    ledger.record(actor, kind=Kind.ADVISED, subject=advice, details=details)
    return get_advice(actor, advice=advice)


@deed(Permission.ADVICE_WRITE)
def record_follow_up(actor: Actor, /, *, advice: AdviceId, outcome: Outcome, note: str) -> Advice:
    """What the oldest round that is not done found. The note stays at the desk.

    Raises AdviceNotFound, StateDoesNotAllow (no round waits), WordingMissing.
    """
    row = lock_advice(advice)
    said = rules.check_words(note, what="note")
    waiting = models.FollowUp.objects.filter(advice_id=advice, done_at=None).order_by("round").first()
    if waiting is None:
        raise StateDoesNotAllow("Plan a follow-up first: no round is waiting.")
    waiting.outcome, waiting.note = outcome.value, said
    waiting.done_by, waiting.done_by_name, waiting.done_at = actor.id, actor.name, timezone.now()
    waiting.save(update_fields=["outcome", "note", "done_by", "done_by_name", "done_at"])
    row.state = rules.STATE_OF_OUTCOME[outcome].value
    row.save(update_fields=["state"])
    details: dict[str, Json] = {"deed": "followed up", "round": waiting.round, "outcome": outcome.value}
    ledger.record(actor, kind=Kind.ADVISED, subject=advice, details=details)
    return get_advice(actor, advice=advice)
