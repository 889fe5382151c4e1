"""A reader opens what was told to it, and says that it was understood."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.texts import keepable

from .. import models
from ..errors import NotAddressed, StateDoesNotAllow
from ..queries.outside import CHANNEL_OF_DOOR, get_delivered
from ..values import AudienceKind, Delivered, DeliveryState, DisclosureId


@deed(Permission.DISCLOSURE_READ)
def open_disclosure(viewer: Actor, /, *, disclosure: DisclosureId) -> Delivered:
    """The disclosure, marked as read by this reader the first time. What is public is read by nobody in particular.

    Raises DisclosureNotFound.
    """
    found = get_delivered(viewer, disclosure=disclosure)
    if found.withdrawn_at is None and _advance(viewer, disclosure, {DeliveryState.SENT}, DeliveryState.READ):
        _record(viewer, found, Kind.READ)
        return get_delivered(viewer, disclosure=disclosure)
    return found


@deed(Permission.DISCLOSURE_READ)
def acknowledge_disclosure(actor: Actor, /, *, disclosure: DisclosureId, note: str = "") -> Delivered:
    """Say that it arrived and was understood; a second time changes nothing.

    Raises DisclosureNotFound, StateDoesNotAllow (withdrawn), NotAddressed (public).
    """
    found = get_delivered(actor, disclosure=disclosure)
    before = {DeliveryState.SENT, DeliveryState.READ}
    if _advance(actor, disclosure, before, DeliveryState.ACKNOWLEDGED, note=keepable(note)):
        _record(actor, found, Kind.ACKNOWLEDGED)
    # Looked at again: a colleague may have acknowledged, or the desk withdrawn, while this one waited for the row.
    found = get_delivered(actor, disclosure=disclosure)
    if found.withdrawn_at is not None:
        raise StateDoesNotAllow("This was withdrawn: there is nothing left to acknowledge.")
    if found.acknowledged_at is None:
        raise NotAddressed("What is public is addressed to nobody in particular and needs no acknowledgement.")
    return found


def _advance(
    actor: Actor, disclosure: DisclosureId, before: set[DeliveryState], after: DeliveryState, *, note: str = ""
) -> bool:
    """Move the reader's own delivery on; False where there is none in one of those states."""
    now = timezone.now()
    readers = models.Reader.objects.filter(disclosure_id=disclosure).exclude(kind=AudienceKind.PUBLIC.value)
    rows = models.Delivery.objects.filter(
        reader__in=readers.values("id"),
        channel=CHANNEL_OF_DOOR[actor.door].value,
        state__in=[one.value for one in before],
    )
    row = rows.select_for_update().first()
    if row is None:
        return False
    row.state = after.value
    row.read_at, row.read_by = row.read_at or now, row.read_by or actor.id
    if after is DeliveryState.ACKNOWLEDGED:
        row.acknowledged_at, row.acknowledged_by, row.note = now, actor.id, note
    row.save(update_fields=["state", "read_at", "read_by", "acknowledged_at", "acknowledged_by", "note"])
    return True


def _record(actor: Actor, found: Delivered, kind: Kind) -> None:
    # About the reader, not the reporter: each can prove what it did itself. What one person was told alone is not for
    # the organisation to read, so that entry is about nobody.
    alone = models.Reader.objects.filter(disclosure_id=found.id, kind=AudienceKind.PERSON.value).exists()
    ledger.record(
        actor,
        kind=kind,
        subject=found.id,
        about=None if alone else actor.organisation,
        details={"item": found.item.value, "content_sha256": found.content_hash.hex() if found.content_hash else None},
        receipt_digest=digest_of(actor.receipt) if actor.receipt else None,
    )
