"""What is known of evidence without opening it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission

from . import models
from .errors import KeyUnusable
from .key_in_use import key_store
from .values import EvidenceId, EvidenceItem


@look(Permission.EVIDENCE_OPEN)
def find_key_trouble(viewer: Actor, /) -> str:
    """Why this process can seal and open nothing, for whoever looks after it; empty where it can."""
    try:
        key_store()
    except KeyUnusable as trouble:
        return trouble.why
    return ""


@look(Permission.EVIDENCE_SEAL)
def list_evidence(viewer: Actor, *, about: UUID) -> tuple[EvidenceItem, ...]:
    """The items with a report, oldest first: all for who may open them, for an organisation those it sent itself."""
    return tuple(_item(row) for row in models.Item.objects.filter(about=about).order_by("sealed_at", "id"))


@look(Permission.EVIDENCE_SEAL)
def list_evidence_of(viewer: Actor, *, things: Collection[UUID]) -> Mapping[UUID, tuple[EvidenceItem, ...]]:
    """`list_evidence` of each of these, in one question."""
    found: dict[UUID, tuple[EvidenceItem, ...]] = dict.fromkeys(things, ())
    for row in models.Item.objects.filter(about__in=list(found)).order_by("sealed_at", "id"):
        found[row.about] += (_item(row),)
    return found


@look(Permission.EVIDENCE_OPEN)
def get_evidence(viewer: Actor, *, item: EvidenceId) -> EvidenceItem:
    """One item. Raises NotFound."""
    row = models.Item.objects.filter(id=item).first()
    if row is None:
        raise NotFound("no such item for this viewer")
    return _item(row)


def _item(row: models.Item) -> EvidenceItem:
    return EvidenceItem(
        id=EvidenceId(row.id),
        about=row.about,
        purpose=row.purpose,
        name=row.name,
        media_type=row.media_type,
        media_type_declared=row.media_type_declared,
        size=row.size,
        digest=bytes(row.digest) if row.digest is not None else None,
        sealed_at=row.sealed_at,
        shredded_at=row.shredded_at,
    )
