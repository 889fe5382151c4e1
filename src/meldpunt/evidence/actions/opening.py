"""Evidence is sealed on arrival and opened on the record."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind
from meldpunt.vocabulary.texts import clean_text

from .. import models, rules, sealing
from ..errors import EvidenceSetAside, EvidenceShredded, EvidenceTooLarge, SealBroken
from ..inside import look_inside
from ..inside.values import SET_ASIDE
from ..keeping import item_row
from ..key_in_use import key_store, key_stores
from ..scanning import scan
from ..values import EvidenceId, Opened

DEFAULT_LIMIT = 25 * 1024 * 1024
QUARANTINED: Final = ".quarantine"
_LONGEST_NESTED: Final = 300


@deed(Permission.EVIDENCE_SEAL)
def seal_evidence(actor: Actor, *, name: str, data: bytes, media_type: str, about: UUID, purpose: str) -> EvidenceId:
    """Encrypt and keep an attachment to the report `about`; durable when the caller's transaction is.

    Raises EvidenceTooLarge, KeyUnusable.
    """
    limit: int = getattr(settings, "EVIDENCE_LIMIT", DEFAULT_LIMIT)
    if len(data) > limit:
        raise EvidenceTooLarge("This attachment is too large.")
    item, salt = EvidenceId(uuid.uuid4()), secrets.token_bytes(sealing.SALT_BYTES)
    digest = hashlib.sha256(data).digest()
    inside, scanned = look_inside(data), scan(data, scanner=settings.EVIDENCE_SCANNER)
    models.Item(
        id=item,
        about=about,
        purpose=purpose,
        organisation=actor.organisation,
        name=rules.display_name(name),
        name_given=name.encode(errors="surrogatepass"),
        media_type=rules.sniff(data),
        media_type_declared=rules.display_type(media_type),
        size=len(data),
        marks=sorted(inside.marks),
        nested=[[clean_text(one.name)[:_LONGEST_NESTED], one.size, one.depth] for one in inside.names],
        verdict=scanned.verdict.value,
        found=scanned.found,
        engine=scanned.engine,
        digest=digest,
        salt=salt,
        sealed_by=actor.id,
        sealed_at=timezone.now(),
    ).save(force_insert=True)
    sealed, store = sealing.seal(data, item=item), key_store()
    models.Content(item_id=item, ciphertext=sealed.ciphertext).save(force_insert=True)
    models.Key(item_id=item, store=store.name, wrapped=store.wrap(sealed.key)).save(force_insert=True)
    committed = sealing.commitment_to(digest, salt=salt).hex()
    ledger.record(
        actor,
        kind=Kind.SEALED,
        subject=item,
        about=actor.organisation,
        details={"report": str(about), "purpose": purpose, "commitment": committed},
    )
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
    if kept is None or content is None:
        raise SealBroken(f"item {item} has lost its key or its content")
    store = key_stores().named(kept.store)
    data = sealing.unseal(bytes(content.ciphertext), key=store.unwrap(bytes(kept.wrapped)), item=item)
    if hashlib.sha256(data).digest() != bytes(row.digest):
        raise SealBroken(f"item {item} is not what was sealed")
    scanned = scan(data, scanner=settings.EVIDENCE_SCANNER)
    found = scanned.found or row.found
    is_set_aside = bool(found) or bool(SET_ASIDE.intersection(row.marks))
    if is_set_aside and not anyway:
        raise EvidenceSetAside("This file was set aside, because it may do harm. Say that you want it all the same.")
    details: dict[str, Json] = {"report": str(row.about), "purpose": row.purpose, "scan": scanned.verdict.value}
    if is_set_aside:
        details["set-aside"] = True
    ledger.record(actor, kind=Kind.OPENED, subject=item, about=row.organisation, details=details)
    name = f"{row.name}{QUARANTINED}" if is_set_aside else row.name
    return Opened(name, row.media_type, data)
