"""Disclosures as the desk sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation
from meldpunt.law import DataKind, Purpose, RecipientKind
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..errors import DisclosureNotFound
from ..packing import (
    unpack_audience,
    unpack_conditions,
    unpack_findings,
    unpack_language,
    unpack_left_out,
    unpack_origins,
    unpack_parts,
    unpack_verdict,
)
from ..values import (
    Attachment,
    AttachmentId,
    AttachmentLine,
    AudienceKind,
    Channel,
    DeliveryLine,
    DeliveryState,
    Disclosure,
    DisclosureId,
    Draft,
    ItemKind,
    LeftOut,
    Part,
    Reader,
    State,
    Step,
)
from .audiences import everybody, holder, list_circles, read_as
from .weighing import edit_for, readers_of


@look(Permission.DISCLOSURE_PROPOSE)
def get_disclosure(viewer: Actor, /, *, disclosure: DisclosureId) -> Disclosure:
    """The disclosure with its verdict: as it was sealed, or as it would be. Raises DisclosureNotFound."""
    row = models.Disclosure.objects.filter(id=disclosure).first()
    if row is None:
        raise DisclosureNotFound("no such disclosure")
    version = models.Version.objects.filter(disclosure_id=row.id).first()
    return _unsealed(viewer, row) if version is None else _sealed(viewer, row, version)


def draft_of(row: models.Disclosure, *, with_attachments: bool = True) -> Draft:
    """The draft as it was proposed."""
    proposal = models.Proposal.objects.get(disclosure_id=row.id)
    packed = proposal.content
    attached = models.Attachment.objects.filter(disclosure_id=row.id).order_by("position") if with_attachments else ()
    return Draft(
        item=ItemKind(row.item),
        subject=row.subject,
        title=proposal.title,
        parts=unpack_parts(packed["parts"]),
        audience=unpack_audience(packed),
        purpose=Purpose(row.purpose),
        tlp=TLP(row.tlp),
        pap=PAP(row.pap),
        conditions=unpack_conditions(packed),
        origins=unpack_origins(packed),
        attachments=tuple(
            Attachment(one.name, one.media_type, bytes(one.data), DataKind(one.kind)) for one in attached
        ),
        language=unpack_language(packed["language"]),
        vouching=str(packed.get("vouching", "")),
    )


def attachment_lines(disclosure: UUID, *, only: Iterable[UUID] | None = None) -> tuple[AttachmentLine, ...]:
    """The attachments of a disclosure without their bytes; `only` these, where given."""
    rows = models.Attachment.objects.filter(disclosure_id=disclosure).order_by("position")
    if only is not None:
        rows = rows.filter(id__in=list(only))
    return tuple(
        AttachmentLine(AttachmentId(key), name, media_type, size, bytes(digest))
        for key, name, media_type, size, digest in rows.values_list("id", "name", "media_type", "size", "digest")
    )


@dataclass(frozen=True)
class _Content:
    """What differs between a disclosure that is sealed and one that is not."""

    title: str
    readers: tuple[Reader, ...]
    kept: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
    attachments: tuple[AttachmentLine, ...]
    content_hash: bytes | None = None
    deliveries: tuple[DeliveryLine, ...] = ()


def _unsealed(viewer: Actor, row: models.Disclosure) -> Disclosure:
    draft = draft_of(row)
    readers = readers_of(list_circles(viewer, audience=draft.audience, origins=draft.origins))
    edited = edit_for(viewer, draft, readers=readers, verdict=unpack_verdict(row.verdict))
    content = _Content(draft.title, readers, edited.parts, edited.left_out, attachment_lines(row.id))
    return _disclosure(row, draft, content)


def _sealed(viewer: Actor, row: models.Disclosure, version: models.Version) -> Disclosure:
    told = list(models.Reader.objects.filter(disclosure_id=row.id).order_by("position"))
    ids = [one.organisation for one in told if one.organisation]
    known = constituency_queries.list_by_ids(viewer, organisations=ids)
    readers = {one.id: _reader(one, known) for one in told}
    content = _Content(
        title=version.title,
        readers=tuple(readers.values()),
        kept=unpack_parts(version.parts),
        left_out=unpack_left_out(version.left_out),
        attachments=attachment_lines(row.id, only=version.attachments),
        content_hash=bytes(version.content_hash),
        deliveries=_deliveries(row.id, readers),
    )
    return _disclosure(row, draft_of(row, with_attachments=False), content)


def _disclosure(row: models.Disclosure, draft: Draft, content: _Content) -> Disclosure:
    return Disclosure(
        id=DisclosureId(row.id),
        state=State(row.state),
        item=draft.item,
        subject=row.subject,
        title=content.title,
        tlp=draft.tlp,
        pap=draft.pap,
        purpose=draft.purpose,
        readers=content.readers,
        verdict=unpack_verdict(row.verdict),
        findings=unpack_findings(row.verdict["findings"]),
        draft=draft.parts,
        kept=content.kept,
        left_out=content.left_out,
        attachments=content.attachments,
        proposed=Step(ActorId(row.proposed_by), row.proposed_at, ""),
        decided=_step(row.decided_by, row.decided_at, row.decision_reason),
        approved=_step(row.approved_by, row.approved_at, row.approval_reason),
        withdrawn=_step(row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason),
        delivered_at=row.delivered_at,
        content_hash=content.content_hash,
        deliveries=content.deliveries,
        conditions=draft.conditions,
        vouching=draft.vouching,
        reports=tuple(dict.fromkeys(origin.report for origin in draft.origins if origin.report)),
    )


def _step(by: UUID | None, at: datetime | None, reason: str) -> Step | None:
    return Step(ActorId(by), at, reason) if by and at else None


def _reader(row: models.Reader, known: Mapping[OrganisationId, Organisation]) -> Reader:
    kind = AudienceKind(row.kind)
    if kind is AudienceKind.PUBLIC:
        return everybody()
    digest = bytes(row.receipt_digest) if row.receipt_digest else None
    if kind in (AudienceKind.REPORTER, AudienceKind.REQUESTER) or row.organisation is None:
        return holder(kind, digest=digest, organisation=row.organisation, is_origin=row.is_origin)
    organisation = known[OrganisationId(row.organisation)]
    return read_as(organisation, kind, RecipientKind(row.recipient), is_origin=row.is_origin)


def _deliveries(disclosure: UUID, readers: Mapping[UUID, Reader]) -> tuple[DeliveryLine, ...]:
    rows = models.Delivery.objects.filter(disclosure_id=disclosure).order_by("reader__position", "channel")
    return tuple(
        DeliveryLine(
            label=readers[row.reader_id].label,
            channel=Channel(row.channel),
            state=DeliveryState(row.state),
            sent_at=row.sent_at,
            read_at=row.read_at,
            acknowledged_at=row.acknowledged_at,
            note=row.note,
        )
        for row in rows
    )
