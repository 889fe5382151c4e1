"""Drafts as they were proposed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from meldpunt.law import DataKind, DeferralId, Purpose
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..packing import (
    unpack_about,
    unpack_asked,
    unpack_audience,
    unpack_author,
    unpack_conditions,
    unpack_language,
    unpack_origins,
    unpack_parts,
    unpack_sources,
    unpack_thread,
)
from ..values import Attachment, Deferred, DisclosureId, Draft, ItemKind, Superseding


def draft_of(row: models.Disclosure) -> Draft:
    """The draft as it was proposed, attachments and all."""
    proposal = models.Proposal.objects.select_related("disclosure").get(disclosure_id=row.id)
    (draft,) = with_attachments(drafts_of([proposal])).values()
    return draft


def drafts_of(rows: Iterable[models.Proposal]) -> dict[UUID, Draft]:
    """The drafts as they were proposed, by disclosure, without their attachments."""
    return {row.disclosure_id: _draft(row, row.disclosure) for row in rows}


def replaced_by(drafts: Iterable[Draft]) -> dict[Superseding | None, Draft]:
    """What the drafts would supersede, as it was proposed; without attachments, and only where it was told."""
    wanted = {one.supersedes.disclosure: one.supersedes for one in drafts if one.supersedes}
    rows = models.Proposal.objects.filter(disclosure_id__in=list(wanted)).select_related("disclosure") if wanted else ()
    return {wanted[DisclosureId(key)]: draft for key, draft in drafts_of(rows).items()}


def with_attachments(drafts: Mapping[UUID, Draft]) -> dict[UUID, Draft]:
    files: defaultdict[UUID, tuple[Attachment, ...]] = defaultdict(tuple)
    for row in models.Attachment.objects.filter(disclosure_id__in=list(drafts)).order_by("position"):
        files[row.disclosure_id] += (Attachment(row.name, row.media_type, bytes(row.data), DataKind(row.kind)),)
    return {key: replace(draft, attachments=files[key]) for key, draft in drafts.items()}


def _draft(proposal: models.Proposal, row: models.Disclosure) -> Draft:
    packed = proposal.content
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
        language=unpack_language(packed["language"]),
        vouching=str(packed["vouching"]),
        about=unpack_about(packed),
        sources=unpack_sources(packed),
        asked=unpack_asked(packed),
        widening=str(packed["widening"]),
        supersedes=_superseding(row, str(packed["superseding"])),
        deferred=Deferred(DeferralId(row.deferral), row.deferred_until) if row.deferred_until else None,
        author=unpack_author(packed),
        thread=unpack_thread(packed),
    )


def _superseding(row: models.Disclosure, reason: str) -> Superseding | None:
    return Superseding(DisclosureId(row.supersedes_id), reason) if row.supersedes_id else None
