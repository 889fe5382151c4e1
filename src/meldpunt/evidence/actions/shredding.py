"""Evidence is shredded when its time is over, unless somebody said why it has to stay."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import EvidenceHeld, EvidenceShredded
from ..keeping import item_row, kept_items, lock_about
from ..retention import By, rules_in_force
from ..values import EvidenceId

_AT_ONCE: Final = 500


@deed(Permission.EVIDENCE_SHRED)
def shred_evidence(actor: Actor, *, item: EvidenceId, reason: str) -> None:
    """Destroy the key, the ciphertext, the name and the hash; what stays is that there was an item, and the ledger.

    Raises NotFound, EvidenceShredded, EvidenceHeld.
    """
    row = item_row(item)
    lock_about(row.about)
    if models.Hold.objects.filter(about=row.about, lifted_at=None).exists():
        raise EvidenceHeld("This item is held, and cannot be destroyed before the hold ends.")
    if not _shred(actor, row, {"reason": reason}):
        raise EvidenceShredded("This item was already destroyed.")


@deed(Permission.EVIDENCE_SHRED)
def shred_due(actor: Actor, /, *, items: Collection[EvidenceId] | None = None) -> int:
    """Shred items whose term is over and that nothing holds, at most 500 at once; how many went.

    A person names those that stood on the page; the job takes what its rules leave to it. What is no longer due when it
    is looked at again, because the work goes on or somebody holds it, stays.
    """
    by = By.JOB if actor.door is Door.JOBS else None
    if items is None and by is None:
        return 0
    rules, gone = rules_in_force(), 0
    due = kept_items(most=_AT_ONCE, only_due=True, by=by, ids=items)
    for about in sorted({one.about for one in due}):
        lock_about(about)
    for one in kept_items(most=_AT_ONCE, only_due=True, by=by, ids=[one.id for one in due]):
        rule = rules[one.purpose]
        details: dict[str, Json] = {
            "reason": "term",
            "term": f"{rule.after}+P{rule.term.months}M{rule.term.days}D",
            "until": str(one.until),
        }
        gone += _shred(actor, item_row(one.id), details)
    return gone


def _shred(actor: Actor, row: models.Item, details: dict[str, Json]) -> bool:
    # The row policy lets an item be shredded once; of two at the same time the second changes nothing.
    shredded = models.Item.objects.filter(id=row.id, shredded_at=None).update(
        shredded_at=timezone.now(), digest=None, salt=None, name="", name_given=b"", nested=[], found=""
    )
    if not shredded:
        return False
    # After the item: the row policies let go of what belongs to a shredded one alone.
    models.Key.objects.filter(item_id=row.id).delete()
    models.Content.objects.filter(item_id=row.id).delete()
    models.Part.objects.filter(item=row.id).delete()
    said = {"report": str(row.about), **details}
    ledger.record(actor, kind=Kind.ERASED, subject=row.id, about=row.organisation, details=said)
    return True
