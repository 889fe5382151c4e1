"""The moment of disclosing: readers, version and deliveries are written, once, together with the ledger entry."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from meldpunt.access.values import Actor
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..packing import content_hash, pack_left_out, pack_parts
from ..rules.audiences import channels_of
from ..rules.combining import relied_on
from ..values import Circle, DeliveryState, Edited, Origin, Preview, Reader


def seal(actor: Actor, row: models.Disclosure, weighed: Preview, *, at: datetime) -> None:
    """Write what `weighed` says for a disclosure that was just decided for the last time, within its transaction.

    The version comes last: once it stands, the row policies let nobody add a reader to it.
    """
    readers = _write_readers(row, weighed.readers, at=at)
    _write_addressees(row, weighed.circles, readers)
    digest = content_hash(row.id, weighed.draft, weighed.edited)
    details = _details(row, weighed, digest=digest, readers=readers)
    _write_origins(actor, row, weighed.draft.origins, details)
    models.Version(
        disclosure=row,
        language=weighed.draft.language,
        title=weighed.edited.title,
        parts=pack_parts(weighed.edited.parts),
        attachments=_kept_attachments(row, weighed.edited),
        left_out=pack_left_out(weighed.edited.left_out),
        masked=weighed.edited.masked,
        content_hash=digest,
        sealed_at=at,
    ).save(force_insert=True)


def _write_readers(row: models.Disclosure, readers: Sequence[Reader], *, at: datetime) -> dict[Reader, UUID]:
    rows = {
        reader: models.Reader(
            disclosure=row,
            position=position,
            kind=reader.kind.value,
            is_origin=reader.is_origin,
            recipient=reader.recipient.value,
            organisation=reader.organisation,
            receipt_digest=reader.receipt_digest,
        )
        for position, reader in enumerate(readers)
    }
    models.Reader.objects.bulk_create(rows.values())
    models.Delivery.objects.bulk_create(
        models.Delivery(
            reader=one,
            disclosure=row,
            channel=channel.value,
            state=DeliveryState.SENT.value,
            sent_at=at,
        )
        for reader, one in rows.items()
        for channel in channels_of(reader)
    )
    return {reader: one.id for reader, one in rows.items()}


def _write_addressees(row: models.Disclosure, circles: Sequence[Circle], readers: Mapping[Reader, UUID]) -> None:
    models.Addressee.objects.bulk_create(
        models.Addressee(
            disclosure=row,
            position=position,
            kind=circle.audience.kind.value,
            label_nl=circle.label.nl,
            label_en=circle.label.en,
            count=len(circle.readers),
            reader=readers.get(circle.readers[0]) if len(circle.readers) == 1 else None,
        )
        for position, circle in enumerate(circles)
        if circle.readers
    )


def _write_origins(
    actor: Actor, row: models.Disclosure, origins: Sequence[Origin], details: Mapping[str, Json]
) -> None:
    """One entry per origin, so that each reporter can prove its own and none learns of another's."""
    if not origins:
        ledger.record(actor, kind=Kind.DISCLOSED, subject=row.id, details=details)
    models.Origin.objects.bulk_create(
        models.Origin(
            disclosure=row,
            report=origin.report,
            organisation=origin.organisation,
            receipt_digest=origin.receipt_digest,
            entry=ledger.record(
                actor,
                kind=Kind.DISCLOSED,
                subject=row.id,
                about=origin.organisation,
                details=details,
                receipt_digest=origin.receipt_digest,
            ),
        )
        for origin in dict.fromkeys(origins)
    )


def _details(
    row: models.Disclosure, weighed: Preview, *, digest: bytes, readers: Mapping[Reader, UUID]
) -> dict[str, Json]:
    # The reporter may read this entry: readers in the words of the trace, and committed to by the digest of their
    # unguessable row ids, which the desk can show to an auditor.
    told = "".join(sorted(str(one) for one in readers.values()))
    return {
        "item": row.item,
        "purpose": row.purpose,
        "content_sha256": digest.hex(),
        "grounds": [ground.id for ground in weighed.verdict.grounds],
        "conditions": relied_on(weighed.verdict.grounds, weighed.draft.conditions),
        "vouched_by": str(row.proposed_by),
        "regimes": sorted({ground.regime for ground in weighed.verdict.grounds}),
        "to": [{"nl": one.label.nl, "en": one.label.en, "count": len(one.readers)} for one in weighed.circles],
        "readers_sha256": hashlib.sha256(told.encode()).hexdigest(),
    }


def _kept_attachments(row: models.Disclosure, edited: Edited) -> list[UUID]:
    """The rows of the attachments that stayed, matched by name, kind and bytes, in order."""
    kept = {(one.name, one.kind.value, hashlib.sha256(one.data).digest()) for one in edited.attachments}
    rows = models.Attachment.objects.filter(disclosure_id=row.id).order_by("position")
    found = rows.values_list("id", "name", "kind", "digest")
    return [key for key, name, kind, digest in found if (name, kind, bytes(digest)) in kept]
