"""A file comes in part by part, for whoever holds the code under which it was begun; sent, it becomes an item.

The actor comes with that code as its receipt: row policies show it what was begun under it at its own door, and nothing
else.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import NotFound
from meldpunt.access.rules import digest_of
from meldpunt.access.values import Actor, Permission

from .. import models, sealing
from ..claiming import held_key, hold_key, open_facts, seal_facts
from ..errors import EvidenceTooLarge, UploadElsewhere, UploadsFull, UploadUnfinished
from ..examining import Seen, examine
from ..key_in_use import key_store
from ..parts import Pieces, Sealed, as_file, part_of, write_part
from ..uploads import opened_key, upload_from
from ..values import EvidenceId, Upload, UploadId
from .arriving import Arrived, keep_item

UPLOAD_DAYS: Final = 7
"""How long a file that nobody sent is kept after its last part came."""
MOST_UPLOADS: Final = 20
"""Files under one code."""


@deed(Permission.EVIDENCE_SEAL)
def begin_upload(actor: Actor, /, *, name: str, media_type: str, length: int, metadata: str = "") -> Upload:
    """Announce a file of so many bytes; of nothing it is whole at once.

    Raises EvidenceTooLarge, UploadsFull, KeyUnusable (where it could not be sealed for good in the end).
    """
    under = models.Upload.objects.filter(receipt_digest=digest_of(actor.receipt))
    _check_room(list(under.values_list("length", flat=True)), length)
    key_store()
    now, key, upload = timezone.now(), secrets.token_bytes(sealing.KEY_BYTES), uuid.uuid4()
    facts = {"name": name, "type": media_type, "metadata": metadata}
    row = models.Upload(
        id=upload,
        receipt_digest=digest_of(actor.receipt),
        door=actor.door.value,
        length=length,
        held=hold_key(key, code=actor.receipt, upload=upload),
        facts=seal_facts(facts, key=key, upload=upload),
        begun_at=now,
        expires_at=now + timedelta(days=UPLOAD_DAYS),
    )
    row.save(force_insert=True)
    if length == 0:
        _append(actor, row, b"")
    return upload_from(row, code=actor.receipt)


@deed(Permission.EVIDENCE_SEAL)
def append_to_upload(actor: Actor, /, *, upload: UploadId, offset: int, data: bytes) -> Upload:
    """Keep the bytes from `offset` on; after the commit they are kept whatever happens. The last ones seal the file.

    Raises NotFound, UploadElsewhere, EvidenceTooLarge (more than was announced), UploadsFull.
    """
    row = _locked(upload)
    if row.offset != offset:
        raise UploadElsewhere(row.offset)
    if offset + len(data) > row.length:
        raise EvidenceTooLarge("This file is larger than was announced.")
    _check_whole_room(len(data))
    if data:
        _append(actor, row, data)
    return upload_from(row, code=actor.receipt)


@deed(Permission.EVIDENCE_SEAL)
def end_upload(actor: Actor, /, *, upload: UploadId) -> None:
    """Take away what came in of a file, and its key. Raises NotFound."""
    _remove([_locked(upload).id])


@deed(Permission.EVIDENCE_SEAL)
def end_uploads(actor: Actor, /) -> None:
    """Take away all that was begun under the actor's code."""
    _remove(models.Upload.objects.values_list("id", flat=True))


@deed(Permission.EVIDENCE_SEAL)
def keep_uploads(actor: Actor, /) -> None:
    """Somebody still writes what these files belong to: their term begins anew."""
    models.Upload.objects.update(expires_at=timezone.now() + timedelta(days=UPLOAD_DAYS))


@deed(Permission.EVIDENCE_SEAL)
def take_in_uploads(actor: Actor, /, *, about: UUID, purpose: str) -> tuple[EvidenceId, ...]:
    """What came in under the actor's code becomes evidence with `about`: its key goes to the key store.

    What was announced and never begun goes: nobody was told that a byte of it is kept.
    Raises UploadUnfinished, KeyUnusable.
    """
    rows = _all_locked()
    _remove([row.id for row in rows if row.length and not row.offset])
    return tuple(_take_in(actor, row, about, purpose) for row in rows if row.offset or not row.length)


@deed(Permission.EVIDENCE_SHRED)
def shred_uploads(actor: Actor, /) -> int:
    """Take away the files that nobody sent in time, for a job; how many."""
    return _remove(models.Upload.objects.filter(expires_at__lt=timezone.now()).values_list("id", flat=True))


def _take_in(actor: Actor, row: models.Upload, about: UUID, purpose: str) -> EvidenceId:
    key = opened_key(row, code=actor.receipt)
    facts = cast("dict[str, Any]", open_facts(bytes(row.facts), key=key, upload=row.id))
    if row.offset < row.length or "seen" not in facts:
        raise UploadUnfinished(upload_from(row, code=actor.receipt).name)
    item, store = EvidenceId(row.id), key_store()
    arrived = Arrived(item, facts["name"], facts["type"], row.length, about, purpose)
    keep_item(actor, arrived, Seen(**facts["seen"]))
    models.Key(item_id=item, store=store.name, wrapped=store.wrap(key)).save(force_insert=True)
    row.delete()
    return item


def _append(actor: Actor, row: models.Upload, data: bytes) -> None:
    """Write the parts that these bytes fill; the part that is not full yet grows."""
    key = held_key(bytes(row.held), code=actor.receipt, upload=row.id)
    number, past = divmod(row.offset, sealing.PART_BYTES)
    if past:
        # Written when it was not the last one, and shorter: it is opened as what it was.
        data = part_of(Sealed(row.id, row.length, key), number, is_last=False) + data
    last = sealing.part_count(row.length) - 1
    end = number * sealing.PART_BYTES + len(data)
    for start in range(0, len(data) or 1, sealing.PART_BYTES):
        piece = data[start : start + sealing.PART_BYTES]
        is_last = number == last and end == row.length
        write_part(row.id, number, sealing.seal_part(piece, key=key, item=row.id, number=number, is_last=is_last))
        number += 1
    row.offset, row.expires_at = end, timezone.now() + timedelta(days=UPLOAD_DAYS)
    if end == row.length:
        _see(actor, row, key)
    row.save(update_fields=["offset", "expires_at", "facts"])


def _see(actor: Actor, row: models.Upload, key: bytes) -> None:
    sealed = Sealed(row.id, row.length, key)
    with as_file(sealed) as file:
        seen = examine(Pieces(actor, sealed), file, size=row.length)
    facts = open_facts(bytes(row.facts), key=key, upload=row.id) | {"seen": seen.as_facts()}
    row.facts = seal_facts(facts, key=key, upload=row.id)


def _locked(upload: UploadId) -> models.Upload:
    row = models.Upload.objects.select_for_update().filter(id=upload, expires_at__gt=timezone.now()).first()
    if row is None:
        raise NotFound("no such file is coming in for this actor")
    return row


def _all_locked() -> list[models.Upload]:
    """Also those whose term is over and that no job took away yet: who sends them was not told otherwise."""
    return list(models.Upload.objects.select_for_update().order_by("begun_at", "id"))


def _remove(uploads: Collection[UUID]) -> int:
    ids = list(uploads)
    models.Part.objects.filter(item__in=ids).delete()
    return models.Upload.objects.filter(id__in=ids).delete()[0]


def _check_room(lengths: Collection[int], length: int) -> None:
    if length > settings.UPLOAD_LIMIT:
        raise EvidenceTooLarge("A file may have at most %(limit)s bytes.", limit=settings.UPLOAD_LIMIT)
    if len(lengths) >= MOST_UPLOADS:
        raise UploadsFull("At most %(count)s files. Put more in one archive.", count=MOST_UPLOADS)
    if sum(lengths) + length > settings.UPLOADS_LIMIT:
        raise UploadsFull("Together the files may have at most %(limit)s bytes.", limit=settings.UPLOADS_LIMIT)
    _check_whole_room(length)


def _check_whole_room(more: int) -> None:
    """What comes in for everybody together is bounded, or one sender could fill the disk of all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT evidence_uploads_held()")
        (held,) = cursor.fetchone()
    if held + more > settings.UPLOADS_LIMIT_IN_ALL:
        raise UploadsFull("There is no room for files just now. Send your report without it, or call us.")
