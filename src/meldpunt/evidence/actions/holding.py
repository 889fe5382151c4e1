"""What is kept beyond its term, for whose sake; and when the work on it ended."""

from __future__ import annotations

import uuid
from typing import Final
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models
from ..errors import ReasonMissing
from ..keeping import lock_about
from ..values import HoldGround, HoldId

_LONGEST_REASON: Final = 500


@deed(Permission.EVIDENCE_HOLD)
def hold_evidence(
    actor: Actor, /, *, about: UUID, ground: HoldGround, reason: str, source: UUID | None = None
) -> HoldId:
    """Keep all that belongs to `about`, whatever its term, until the hold is lifted. For one `source` it is held once.

    Raises ReasonMissing.
    """
    said = _said(reason)
    lock_about(about)
    known = models.Hold.objects.filter(about=about, source=source, lifted_at=None).first() if source else None
    if known is not None:
        return HoldId(known.id)
    hold = HoldId(uuid.uuid4())
    models.Hold(
        id=hold,
        about=about,
        ground=ground.value,
        reason=said,
        source=source,
        placed_by=actor.id,
        placed_by_name=actor.name,
        placed_at=timezone.now(),
    ).save(force_insert=True)
    ledger.record(actor, kind=Kind.HELD, subject=hold, details={"report": str(about), "ground": ground.value})
    return hold


@deed(Permission.EVIDENCE_HOLD)
def lift_hold(actor: Actor, /, *, hold: HoldId, reason: str) -> None:
    """From now on it may go when its term is over. Raises ReasonMissing, NotFound."""
    said = _said(reason)
    lifted = models.Hold.objects.filter(id=hold, lifted_at=None).update(
        lifted_at=timezone.now(), lifted_by=actor.id, lifted_because=said
    )
    if not lifted:
        raise NotFound("no such hold")
    ledger.record(actor, kind=Kind.HOLD_LIFTED, subject=hold)


@deed(Permission.EVIDENCE_SEAL)
def note_end(actor: Actor, /, *, about: UUID, is_over: bool) -> None:
    """The work on what items belong to ended just now, or goes on again: from the end their term runs anew.

    The deed that ended it has its own ledger entry; this needs none.
    """
    lock_about(about)
    ended_at = timezone.now() if is_over else None
    models.Ending.objects.bulk_create(
        [models.Ending(about=about, ended_at=ended_at)],
        update_conflicts=True,
        unique_fields=["about"],
        update_fields=["ended_at"],
    )


def _said(reason: str) -> str:
    said = clean_text(reason).strip()
    if not said:
        raise ReasonMissing("Say why.")
    return said[:_LONGEST_REASON]
