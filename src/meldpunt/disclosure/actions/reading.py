"""A reader opens what was told to it, and says that it was understood."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Deed, Json, Kind
from meldpunt.vocabulary.texts import keepable

from .. import models
from ..errors import NotAddressed, StateDoesNotAllow
from ..queries.outside import CHANNEL_OF_DOOR, find_delivered, get_delivered
from ..values import AudienceKind, Delivered, DeliveryState, DisclosureId


@deed(Permission.DISCLOSURE_READ)
def open_disclosure(viewer: Actor, /, *, disclosure: DisclosureId) -> Delivered:
    """The disclosure, marked as read by this reader the first time. What is public is read by nobody in particular.

    Raises DisclosureNotFound.
    """
    found = get_delivered(viewer, disclosure=disclosure)
    if found.withdrawn_at is None and _advance(viewer, disclosure, {DeliveryState.SENT}, DeliveryState.READ):
        _record(viewer, [found], Kind.READ)
        return get_delivered(viewer, disclosure=disclosure)
    return found


@deed(Permission.DISCLOSURE_READ)
def open_disclosures(viewer: Actor, /, *, disclosures: Collection[UUID]) -> Mapping[DisclosureId, Delivered]:
    """Those of the ids that were told to this viewer, as `open_disclosure` opens each: at the price of one."""
    found = find_delivered(viewer, disclosures=disclosures)
    unread = [one for one in found.values() if one.withdrawn_at is None and one.read_at is None]
    if not unread:
        return found
    own = models.Reader.objects.filter(disclosure_id__in=[one.id for one in unread])
    ways = models.Delivery.objects.filter(
        reader__in=own.exclude(kind=AudienceKind.PUBLIC.value).values("id"),
        channel=CHANNEL_OF_DOOR[viewer.door].value,
        state=DeliveryState.SENT.value,
    )
    moved = set(ways.select_for_update().values_list("disclosure_id", flat=True))
    ways.update(state=DeliveryState.READ.value, read_at=timezone.now(), read_by=viewer.id)
    _record(viewer, [one for one in unread if one.id in moved], Kind.READ)
    return find_delivered(viewer, disclosures=disclosures)


@deed(Permission.DISCLOSURE_READ)
def acknowledge_disclosure(actor: Actor, /, *, disclosure: DisclosureId, note: str = "") -> Delivered:
    """Say that it arrived and was understood; a second time changes nothing.

    Raises DisclosureNotFound, StateDoesNotAllow (withdrawn), NotAddressed (public).
    """
    found = get_delivered(actor, disclosure=disclosure)
    before = {DeliveryState.SENT, DeliveryState.READ}
    if _advance(actor, disclosure, before, DeliveryState.ACKNOWLEDGED, note=keepable(note)):
        _record(actor, [found], Kind.ACKNOWLEDGED)
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


def _record(actor: Actor, found: Sequence[Delivered], kind: Kind) -> None:
    # About the reader, not the reporter: each can prove what it did itself. What one person was told alone is not for
    # the organisation to read, so that entry is about nobody.
    ids = [one.id for one in found]
    people = models.Reader.objects.filter(disclosure_id__in=ids, kind=AudienceKind.PERSON.value)
    alone = set(people.values_list("disclosure_id", flat=True))
    digest = digest_of(actor.receipt) if actor.receipt else None
    ledger.record_many(
        actor,
        deeds=[
            Deed(kind, one.id, None if one.id in alone else actor.organisation, _details(one), digest) for one in found
        ],
    )


def _details(found: Delivered) -> dict[str, Json]:
    return {"item": found.item.value, "content_sha256": found.content_hash.hex() if found.content_hash else None}
