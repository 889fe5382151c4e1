"""Evidence is sealed on arrival and opened on the record."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.conf import settings

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models, sealing
from ..errors import EvidenceSetAside, EvidenceShredded, EvidenceTooLarge, SealBroken
from ..examining import BYTES_A_SECOND, examine
from ..inside.values import SET_ASIDE
from ..keeping import item_row
from ..key_in_use import key_store, key_stores
from ..parts import Pieces, Sealed
from ..scanning import PATIENCE_SECONDS, Scan, scan_pieces
from ..values import EvidenceId, Opened
from .arriving import Arrived, keep_item

DEFAULT_LIMIT = 25 * 1024 * 1024
QUARANTINED: Final = ".quarantine"


@deed(Permission.EVIDENCE_SEAL)
def seal_evidence(actor: Actor, *, name: str, data: bytes, media_type: str, about: UUID, purpose: str) -> EvidenceId:
    """Encrypt and keep an attachment to the report `about`; durable when the caller's transaction is.

    Raises EvidenceTooLarge, KeyUnusable.
    """
    limit: int = getattr(settings, "EVIDENCE_LIMIT", DEFAULT_LIMIT)
    if len(data) > limit:
        raise EvidenceTooLarge("This attachment is too large.")
    item = EvidenceId(uuid.uuid4())
    seen = examine((data,), data, size=len(data))
    keep_item(actor, Arrived(item, name, media_type, len(data), about, purpose), seen)
    sealed, store = sealing.seal(data, item=item), key_store()
    models.Content(item_id=item, ciphertext=sealed.ciphertext).save(force_insert=True)
    models.Key(item_id=item, store=store.name, wrapped=store.wrap(sealed.key)).save(force_insert=True)
    return item


@deed(Permission.EVIDENCE_OPEN)
def open_evidence(actor: Actor, *, item: EvidenceId, anyway: bool = False) -> Opened:
    """The plain bytes of an item; `anyway`: also where it was set aside, under a name that no program opens.

    It is scanned again first, because signatures are newer by now and no job may read what is sealed.
    Raises NotFound, EvidenceShredded, EvidenceSetAside, KeyUnusable, SealBroken.
    """
    # Key and content before the item: of one shredded in between, the item then says so.
    kept = models.Key.objects.filter(item_id=item).first()
    content = models.Content.objects.filter(item_id=item).first()
    row = item_row(item)
    if row.shredded_at is not None or row.digest is None:
        raise EvidenceShredded("This item was destroyed and cannot be opened any more.")
    if kept is None:
        raise SealBroken(f"item {item} has lost its key")
    key = key_stores().named(kept.store).unwrap(bytes(kept.wrapped))
    pieces: Iterable[bytes] = Pieces(actor, Sealed(item, row.size, key))
    if content is not None:
        pieces = (sealing.unseal(bytes(content.ciphertext), key=key, item=item),)
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    if digest.digest() != bytes(row.digest):
        raise SealBroken(f"item {item} is not what was sealed")
    found = _set_aside_for(row, scanned := _scanned(pieces, row.size), anyway=anyway)
    details: dict[str, Json] = {"report": str(row.about), "purpose": row.purpose, "scan": scanned.verdict.value}
    if found:
        details["set-aside"] = True
    ledger.record(actor, kind=Kind.OPENED, subject=item, about=row.organisation, details=details)
    return Opened(f"{row.name}{QUARANTINED}" if found else row.name, row.media_type, row.size, pieces)


def _scanned(pieces: Iterable[bytes], size: int) -> Scan:
    patience = PATIENCE_SECONDS + size / BYTES_A_SECOND
    return scan_pieces(pieces, scanner=settings.EVIDENCE_SCANNER, patience=patience)


def _set_aside_for(row: models.Item, scanned: Scan, *, anyway: bool) -> bool:
    """Whether it may do harm. Raises EvidenceSetAside where nobody said that they want it all the same."""
    is_set_aside = bool(scanned.found or row.found) or bool(SET_ASIDE.intersection(row.marks))
    if is_set_aside and not anyway:
        raise EvidenceSetAside("This file was set aside, because it may do harm. Say that you want it all the same.")
    return is_set_aside
