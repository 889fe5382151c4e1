"""What disclosures say and to whom: as it was sealed, or as it would be today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from meldpunt.access.values import Actor, ActorId, OrganisationId
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Organisation, PortalPerson
from meldpunt.law import RecipientKind, Verdict
from meldpunt.vocabulary.bilingual import Bilingual

from .. import models
from ..packing import (
    unpack_findings,
    unpack_left_out,
    unpack_parts,
    unpack_verdict,
)
from ..rules.editing import Mask, mask_part, mask_text
from ..seeing import sight_of
from ..values import (
    NOTHING_SEEN,
    AttachmentId,
    AttachmentLine,
    AudienceKind,
    Channel,
    DeliveryLine,
    DeliveryState,
    Draft,
    Finding,
    LeftOut,
    Part,
    Preview,
    Reader,
    Sight,
    State,
)
from .audiences import circles_of, everybody, holder, people_of, read_as, read_by
from .drafts import with_attachments
from .weighing import edits_for, readers_of, weigh_possible

_UNDECIDED: Final = (State.PROPOSED, State.WAITING_FOR_APPROVAL)


@dataclass(frozen=True)
class Content:
    """What differs between a disclosure that is sealed and one that is not."""

    title: str
    readers: tuple[Reader, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]
    kept: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
    attachments: tuple[AttachmentLine, ...]
    content_hash: bytes | None = None
    deliveries: tuple[DeliveryLine, ...] = ()
    sight: Sight = NOTHING_SEEN


def contents_of(
    viewer: Actor, rows: Mapping[UUID, models.Proposal], drafts: Mapping[UUID, Draft]
) -> dict[UUID, Content]:
    """What each says: its version, or where nothing is sealed yet the draft as its readers would get it now."""
    versions = models.Version.objects.filter(disclosure_id__in=list(rows))
    sealed = _sealed(viewer, list(versions), rows)
    waiting = [row.disclosure for key, row in rows.items() if key not in sealed]
    return sealed | _unsealed(viewer, waiting, drafts)


def hide(content: Content, mask: Mask) -> Content:
    """The same with a mark wherever it points at whom the mask hides."""
    if not mask.identities:
        return content
    return replace(
        content,
        title=mask_text(content.title, mask)[0],
        kept=tuple(mask_part(one, mask)[0] for one in content.kept),
        left_out=tuple(
            replace(one, heading=Bilingual(*(mask_text(words, mask)[0] for words in (one.heading.nl, one.heading.en))))
            for one in content.left_out
        ),
        attachments=tuple(replace(one, name=mask_text(one.name, mask)[0]) for one in content.attachments),
        deliveries=tuple(replace(one, note=mask_text(one.note, mask)[0]) for one in content.deliveries),
    )


def _unsealed(viewer: Actor, rows: Sequence[models.Disclosure], drafts: Mapping[UUID, Draft]) -> dict[UUID, Content]:
    """As it would be today where somebody is still to decide; as it was refused or withdrawn where nobody is."""
    if not rows:
        return {}
    whole = with_attachments({row.id: drafts[row.id] for row in rows})
    files = _attachment_lines(whole)
    found: dict[UUID, Content] = {}
    for state in _UNDECIDED:
        waiting = {row.id: whole[row.id] for row in rows if row.state == state.value}
        weighed = weigh_possible(viewer, waiting, approved=state is State.WAITING_FOR_APPROVAL)
        found |= {key: _weighed(one, tuple(files[key].values())) for key, one in weighed.items()}
    kept = [row for row in rows if row.id not in found]
    return found | _as_kept(viewer, kept, whole, files)


def _weighed(weighed: Preview, files: tuple[AttachmentLine, ...]) -> Content:
    return Content(
        title=weighed.draft.title,
        readers=weighed.readers,
        verdict=weighed.verdict,
        findings=weighed.findings,
        kept=weighed.edited.parts,
        left_out=weighed.edited.left_out,
        attachments=files,
        sight=sight_of(weighed),
    )


def _as_kept(
    viewer: Actor,
    rows: Sequence[models.Disclosure],
    whole: Mapping[UUID, Draft],
    files: Mapping[UUID, Mapping[UUID, AttachmentLine]],
) -> dict[UUID, Content]:
    drafts = [whole[row.id] for row in rows]
    circles = circles_of(viewer, [(draft.audience, draft.origins) for draft in drafts])
    readers = [readers_of(found) for found in circles]
    verdicts = [unpack_verdict(row.verdict) for row in rows]
    edited = edits_for(viewer, list(zip(drafts, readers, verdicts, strict=True)))
    return {
        row.id: Content(
            title=draft.title,
            readers=told,
            verdict=verdict,
            findings=unpack_findings(row.verdict["findings"]),
            kept=one.parts,
            left_out=one.left_out,
            attachments=tuple(files[row.id].values()),
        )
        for row, draft, told, verdict, one in zip(rows, drafts, readers, verdicts, edited, strict=True)
    }


def _sealed(
    viewer: Actor, versions: Sequence[models.Version], rows: Mapping[UUID, models.Proposal]
) -> dict[UUID, Content]:
    if not versions:
        return {}
    ids = [version.disclosure_id for version in versions]
    readers = _readers(viewer, ids)
    deliveries, files = _deliveries(ids, readers), _attachment_lines(ids)
    return {
        one.disclosure_id: Content(
            title=one.title,
            readers=tuple(readers[one.disclosure_id].values()),
            verdict=unpack_verdict(rows[one.disclosure_id].disclosure.verdict),
            findings=unpack_findings(rows[one.disclosure_id].disclosure.verdict["findings"]),
            kept=unpack_parts(one.parts),
            left_out=unpack_left_out(one.left_out),
            attachments=tuple(line for key, line in files[one.disclosure_id].items() if key in one.attachments),
            content_hash=bytes(one.content_hash),
            deliveries=deliveries[one.disclosure_id],
        )
        for one in versions
    }


def _readers(viewer: Actor, disclosures: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, Reader]]:
    """Per disclosure its readers in their order, by the id of their row."""
    told = list(models.Reader.objects.filter(disclosure_id__in=disclosures).order_by("position"))
    ids = {one.organisation for one in told if one.organisation}
    known = constituency_queries.list_by_ids(viewer, organisations=ids) if ids else {}
    found: defaultdict[UUID, dict[UUID, Reader]] = defaultdict(dict)
    people = {one.account: one for one in people_of(viewer, accounts={one.person for one in told if one.person})}
    for one in told:
        found[one.disclosure_id][one.id] = _reader(one, known, people)
    return found


def _reader(
    row: models.Reader, known: Mapping[OrganisationId, Organisation], people: Mapping[ActorId, PortalPerson]
) -> Reader:
    kind = AudienceKind(row.kind)
    if kind is AudienceKind.PUBLIC:
        return everybody()
    digest = bytes(row.receipt_digest) if row.receipt_digest else None
    if kind in (AudienceKind.REPORTER, AudienceKind.REQUESTER) or row.organisation is None:
        return holder(kind, digest=digest, organisation=row.organisation, is_origin=row.is_origin)
    organisation = known[OrganisationId(row.organisation)]
    if row.person:
        person = people[ActorId(row.person)]
        return read_by(person, organisation, RecipientKind(row.recipient), is_origin=row.is_origin)
    return read_as(organisation, kind, RecipientKind(row.recipient), is_origin=row.is_origin)


def _deliveries(
    disclosures: Collection[UUID], readers: Mapping[UUID, Mapping[UUID, Reader]]
) -> Mapping[UUID, tuple[DeliveryLine, ...]]:
    rows = models.Delivery.objects.filter(disclosure_id__in=disclosures).order_by("reader__position", "channel")
    found: defaultdict[UUID, tuple[DeliveryLine, ...]] = defaultdict(tuple)
    for row in rows:
        line = DeliveryLine(
            label=readers[row.disclosure_id][row.reader_id].label,
            channel=Channel(row.channel),
            state=DeliveryState(row.state),
            sent_at=row.sent_at,
            read_at=row.read_at,
            acknowledged_at=row.acknowledged_at,
            note=row.note,
        )
        found[row.disclosure_id] += (line,)
    return found


def _attachment_lines(disclosures: Iterable[UUID]) -> Mapping[UUID, Mapping[UUID, AttachmentLine]]:
    """Per disclosure its attachments in their order, without their bytes."""
    rows = models.Attachment.objects.filter(disclosure_id__in=list(disclosures)).order_by("position")
    found: defaultdict[UUID, dict[UUID, AttachmentLine]] = defaultdict(dict)
    for disclosure, key, name, media_type, size, digest in rows.values_list(
        "disclosure_id", "id", "name", "media_type", "size", "digest"
    ):
        found[disclosure][key] = AttachmentLine(AttachmentId(key), name, media_type, size, bytes(digest))
    return found
