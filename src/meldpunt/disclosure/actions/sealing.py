"""The moment of disclosing: readers, version and deliveries are written, once, together with the ledger entry."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from meldpunt.access import queries as access_queries
from meldpunt.access.values import Actor
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Deed, Json, Kind
from meldpunt.vocabulary.markings import TLP

from .. import models
from ..packing import content_hash, pack_left_out, pack_parts
from ..rules.audiences import channels_of
from ..rules.combining import relied_on
from ..rules.widening import goes_beyond
from ..values import DeliveryState, Edited, Origin, Preview, Reader
from .posting import post_each
from .recording import masked_words
from .superseding import replace_each


@dataclass(frozen=True)
class Sealing:
    """A disclosure that was just decided for the last time, what it was weighed as, and its files in their order."""

    row: models.Disclosure
    weighed: Preview
    files: Sequence[models.Attachment]


def seal_each(actor: Actor, decided: Sequence[Sealing], *, at: datetime) -> None:
    """Write what each was weighed as, within the transaction of the decision: one journey a table.

    The versions come last: once one stands, the row policies let nobody add a reader to it.
    """
    told = [_readers(one.row, one.weighed.readers) for one in decided]
    models.Reader.objects.bulk_create(row for readers in told for row in readers.values())
    organisations = {row.organisation for readers in told for row in readers.values() if row.organisation}
    fetching = access_queries.list_fetching(actor, organisations=organisations)
    ways = [
        tuple(_deliveries(readers, fetching, tlp=one.weighed.draft.tlp, at=at))
        for one, readers in zip(decided, told, strict=True)
    ]
    models.Delivery.objects.bulk_create(way for each in ways for way in each)
    post_each(actor, [(one.weighed.draft, readers) for one, readers in zip(decided, told, strict=True)], at=at)
    models.Addressee.objects.bulk_create(
        row for one, readers in zip(decided, told, strict=True) for row in _addressees(one, readers)
    )
    versions = [uuid4() for _ in decided]
    digests = [
        content_hash(one.row.id, one.weighed.draft, one.weighed.edited, version=version)
        for one, version in zip(decided, versions, strict=True)
    ]
    models.Origin.objects.bulk_create(
        row
        for one, readers, digest in zip(decided, told, digests, strict=True)
        for row in _recorded_origins(actor, one, _details(one.row, one.weighed, digest=digest, readers=readers))
    )
    models.Version.objects.bulk_create(
        _version(one, version=version, digest=digest, at=at)
        for one, version, digest in zip(decided, versions, digests, strict=True)
    )
    ledger.record_many(actor, deeds=[_delivered(one.row, each) for one, each in zip(decided, ways, strict=True)])
    replace_each(actor, [(one.row, one.weighed.draft) for one in decided], at=at)


def _readers(row: models.Disclosure, readers: Sequence[Reader]) -> dict[Reader, models.Reader]:
    return {
        reader: models.Reader(
            disclosure=row,
            position=position,
            kind=reader.kind.value,
            is_origin=reader.is_origin,
            recipient=reader.recipient.value,
            organisation=reader.organisation,
            person=reader.person,
            receipt_digest=reader.receipt_digest,
        )
        for position, reader in enumerate(readers)
    }


def _deliveries(
    readers: Mapping[Reader, models.Reader], fetching: Collection[UUID], *, tlp: TLP, at: datetime
) -> Iterator[models.Delivery]:
    for reader, row in readers.items():
        for channel in channels_of(reader, tlp=tlp, fetches=row.organisation in fetching):
            yield models.Delivery(
                reader=row,
                disclosure_id=row.disclosure_id,
                channel=channel.value,
                state=DeliveryState.SENT.value,
                sent_at=at,
            )


def _delivered(row: models.Disclosure, ways: Sequence[models.Delivery]) -> Deed:
    """By how many ways of each kind it went out: to whom stays with the disclosure, as the whole desk reads this."""
    return Deed(Kind.DELIVERED, row.id, details={"ways": dict(Counter(way.channel for way in ways))})


def _addressees(sealing: Sealing, readers: Mapping[Reader, models.Reader]) -> Iterator[models.Addressee]:
    for position, circle in enumerate(sealing.weighed.circles):
        if circle.readers:
            only = readers.get(circle.readers[0]) if len(circle.readers) == 1 else None
            yield models.Addressee(
                disclosure=sealing.row,
                position=position,
                kind=circle.audience.kind.value,
                label_nl=circle.label.nl,
                label_en=circle.label.en,
                count=circle.told_count,
                reader=only.id if only else None,
            )


def _version(sealing: Sealing, *, version: UUID, digest: bytes, at: datetime) -> models.Version:
    edited = sealing.weighed.edited
    return models.Version(
        id=version,
        disclosure=sealing.row,
        language=sealing.weighed.draft.language,
        title=edited.title,
        parts=pack_parts(edited.parts),
        attachments=_kept(sealing.files, edited),
        left_out=pack_left_out(edited.left_out),
        masked=edited.masked,
        content_hash=digest,
        sealed_at=at,
    )


def _recorded_origins(actor: Actor, sealing: Sealing, details: Mapping[str, Json]) -> Iterator[models.Origin]:
    """One entry per origin, so that each reporter can prove its own and none learns of another's."""
    row, origins = sealing.row, sealing.weighed.draft.origins
    if not origins:
        author = sealing.weighed.draft.author
        ledger.record(actor, kind=Kind.DISCLOSED, subject=row.id, about=author, details=details)
    for origin in dict.fromkeys(origins):
        beyond = _beyond(actor, sealing.weighed, origin)
        yield models.Origin(
            disclosure=row,
            report=origin.report,
            organisation=origin.organisation,
            receipt_digest=origin.receipt_digest,
            entry=ledger.record(
                actor,
                kind=Kind.DISCLOSED,
                subject=row.id,
                about=origin.organisation,
                details={**details, **beyond},
                receipt_digest=origin.receipt_digest,
                readable_from=row.deferred_until,
            ),
            readable_from=row.deferred_until,
            **beyond,
        )


def _beyond(actor: Actor, weighed: Preview, origin: Origin) -> dict[str, str]:
    """How far this reporter asked it to go, and why it went further: for each its own, and nothing where it did not."""
    if origin.tlp is None or not goes_beyond(weighed.draft, origin, weighed.readers):
        return {}
    return {"tlp_asked": origin.tlp.value, "widening": masked_words(actor, weighed.draft, weighed.draft.widening)}


def _details(
    row: models.Disclosure, weighed: Preview, *, digest: bytes, readers: Mapping[Reader, models.Reader]
) -> dict[str, Json]:
    # The reporter may read this entry: readers in the words of the trace, and committed to by the digest of their
    # unguessable row ids, which the desk can show to an auditor.
    told = "".join(sorted(str(one.id) for one in readers.values()))
    return {
        "item": row.item,
        "purpose": row.purpose,
        "content_sha256": digest.hex(),
        "grounds": [ground.id for ground in weighed.verdict.grounds],
        "conditions": relied_on(weighed.verdict.grounds, weighed.draft.conditions),
        "vouched_by": str(row.proposed_by),
        "regimes": sorted({ground.regime for ground in weighed.verdict.grounds}),
        "to": [{"nl": one.label.nl, "en": one.label.en, "count": one.told_count} for one in weighed.circles],
        "readers_sha256": hashlib.sha256(told.encode()).hexdigest(),
    }


def _kept(files: Sequence[models.Attachment], edited: Edited) -> list[UUID]:
    """The rows of the attachments that stayed, matched by name, kind and bytes, in order."""
    kept = {(one.name, one.kind.value, hashlib.sha256(one.data).digest()) for one in edited.attachments}
    return [one.id for one in files if (one.name, one.kind, bytes(one.digest)) in kept]
