"""Disclosures as readers and reporters see them: deliveries, and nothing else."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import F, Func, Q, QuerySet, TextField, Value

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.ledger.values import EntryId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..errors import CursorMalformed, DisclosureNotFound
from ..packing import unpack_grounds, unpack_language, unpack_parts
from ..values import (
    Addressee,
    AttachmentId,
    AttachmentLine,
    AudienceKind,
    Channel,
    Delivered,
    DisclosureId,
    ItemKind,
    NotYet,
    State,
    TraceLine,
)

PAGE: Final = 50
"""Lines on one page of a list."""

CHANNEL_OF_DOOR: Final[Mapping[Door, Channel]] = {
    Door.PORTAL: Channel.PORTAL,
    Door.PUBLIC: Channel.PUBLIC_SITE,
    Door.SENSOR: Channel.API,
}
"""Where each door delivers. The desk and the jobs are no readers."""

_YOURSELF = Bilingual("uzelf", "yourself")
# What a reader's role may read of the act; the rest of the columns is the desk's.
_ACT: Final = (
    "id",
    "item",
    "subject",
    "state",
    "tlp",
    "pap",
    "grounds",
    "delivered_at",
    "withdrawn_at",
    "superseded_at",
)
_SEALED: Final = ("disclosure_id", "language", "title", "parts", "attachments", "content_hash")


@look(Permission.DISCLOSURE_READ)
def list_delivered(
    viewer: Actor, /, *, item: ItemKind | None = None, subject: UUID | None = None, text: str = "", page: int = 1
) -> tuple[Delivered, ...]:
    """What was told to this viewer at this door, newest first, `PAGE` at a time; withdrawn ones as a notice only.

    `text` finds words of a title or a part, whatever the case.
    """
    rows = _addressed(viewer).order_by("-delivered_at", "id")
    if item is not None:
        rows = rows.filter(item=item.value)
    if subject is not None:
        rows = rows.filter(subject=subject)
    if text.strip():
        rows = rows.filter(id__in=_saying(text.strip()))
    return _delivered(viewer, list(rows[PAGE * (page - 1) : PAGE * page]))


@look(Permission.DISCLOSURE_READ)
def list_delivered_after(
    viewer: Actor,
    /,
    *,
    item: ItemKind | None = None,
    since: datetime | None = None,
    after: DisclosureId | None = None,
    limit: int,
) -> tuple[tuple[Delivered, ...], bool]:
    """The same, `limit` at a time after the last one that the viewer has, and whether none comes after these.

    What is told meanwhile neither repeats nor hides one. Raises CursorMalformed where `after` was not told here.
    """
    rows = _addressed(viewer).order_by("-delivered_at", "-id")
    if item is not None:
        rows = rows.filter(item=item.value)
    if since is not None:
        rows = rows.filter(delivered_at__gte=since)
    if after is not None:
        last = _addressed(viewer).filter(id=after).first()
        if last is None or last.delivered_at is None:
            raise CursorMalformed
        behind = Q(delivered_at__lt=last.delivered_at) | Q(delivered_at=last.delivered_at, id__lt=last.id)
        rows = rows.filter(behind)
    found = list(rows[: limit + 1])
    return _delivered(viewer, found[:limit]), len(found) <= limit


@look(Permission.DISCLOSURE_READ)
def list_about(viewer: Actor, /, *, subjects: Collection[UUID], item: ItemKind) -> tuple[Delivered, ...]:
    """All that was told to this viewer of these subjects, oldest first; for lists of a page."""
    rows = _addressed(viewer).filter(subject__in=list(subjects), item=item.value).order_by("delivered_at", "id")
    return _delivered(viewer, list(rows))


@look(Permission.DISCLOSURE_READ)
def get_delivered(viewer: Actor, /, *, disclosure: DisclosureId) -> Delivered:
    """One of them, without marking it as read. Raises DisclosureNotFound."""
    for found in find_delivered(viewer, disclosures=[disclosure]).values():
        return found
    raise DisclosureNotFound("no such disclosure")


@look(Permission.DISCLOSURE_READ)
def find_delivered(viewer: Actor, /, *, disclosures: Collection[UUID]) -> Mapping[DisclosureId, Delivered]:
    """Those of the ids that were told to this viewer, each as `get_delivered` gives it."""
    found = _delivered(viewer, list(_addressed(viewer).filter(id__in=list(disclosures))))
    return {one.id: one for one in found}


@look(Permission.DISCLOSURE_TRACE)
def trace_report(viewer: Actor, /, *, report: UUID) -> tuple[TraceLine, ...]:
    """Every disclosure made from the viewer's own report: when, what, to whom, on what ground; oldest first."""
    origins = list(models.Origin.objects.filter(report=report))
    ids = [origin.disclosure_id for origin in origins]
    stems = {origin.disclosure_id: origin for origin in origins}
    addressees = _addressees(ids)
    rows = models.Disclosure.objects.filter(id__in=ids).order_by("delivered_at", "id").only(*_ACT)
    return tuple(
        TraceLine(
            disclosure=DisclosureId(row.id),
            at=row.delivered_at,
            item=ItemKind(row.item),
            addressees=addressees[row.id],
            grounds=unpack_grounds(row.grounds),
            state=State(row.state),
            entry=EntryId(stems[row.id].entry),
            withdrawn_at=row.withdrawn_at,
            superseded_at=row.superseded_at,
            tlp=TLP(row.tlp),
            asked=TLP(stems[row.id].tlp_asked) if stems[row.id].tlp_asked else None,
            widening=stems[row.id].widening,
        )
        for row in rows
        if row.delivered_at is not None
    )


@look(Permission.DISCLOSURE_TRACE)
def find_not_yet(viewer: Actor, /, *, report: UUID) -> NotYet | None:
    """How many disclosures from the viewer's own report it may not know yet, and when the last opens; None of none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT waiting, until FROM disclosure_not_yet(%s)", [report])
        waiting, until = cursor.fetchone()
    return NotYet(waiting, until) if waiting else None


def _saying(text: str) -> QuerySet[models.Version, UUID]:
    """Versions in which these words stand. Their texts alone: the names of kinds are in the column as well."""
    texts = Func(F("parts"), Value("$[*].text"), function="jsonb_path_query_array", output_field=TextField())
    texts.template = "%(function)s(%(expressions)s::jsonpath)::text"
    said = models.Version.objects.annotate(texts=texts)
    within = json.dumps(text, ensure_ascii=False)[1:-1]
    return said.filter(Q(title__icontains=text) | Q(texts__icontains=within)).values_list("disclosure_id", flat=True)


def _addressed(viewer: Actor) -> QuerySet[models.Disclosure]:
    return models.Disclosure.objects.filter(id__in=_told(viewer)).only(
        *_ACT, "withdrawal_reason", "superseding_reason", "superseded_with_id"
    )


def _told(viewer: Actor) -> QuerySet[models.Reader, UUID] | QuerySet[models.Delivery, UUID]:
    """Which disclosures were delivered at the door of the viewer."""
    if viewer.door is Door.SENSOR:
        # What was told before there was a key went by no machine.
        ways = models.Delivery.objects.filter(channel=Channel.API.value)
        return ways.values_list("disclosure_id", flat=True)
    # A reporter's role sees the act of every disclosure from its reports; only where it is a reader was it told.
    return models.Reader.objects.values_list("disclosure_id", flat=True)


def _delivered(viewer: Actor, rows: list[models.Disclosure]) -> tuple[Delivered, ...]:
    channel = CHANNEL_OF_DOOR[viewer.door]
    ids = [row.id for row in rows]
    versions = {one.disclosure_id: one for one in models.Version.objects.filter(disclosure_id__in=ids).only(*_SEALED)}
    deliveries = models.Delivery.objects.filter(disclosure_id__in=ids, channel=channel.value)
    ways = {one.disclosure_id: one for one in deliveries}
    files, newer = _attachments(versions.values()), _newer(viewer, rows)
    return tuple(
        _one(row, versions.get(row.id), way, files, newer, at=way.sent_at)
        for row in rows
        if (way := ways.get(row.id)) and way.sent_at and row.delivered_at
    )


def _one(
    row: models.Disclosure,
    version: models.Version | None,
    way: models.Delivery,
    files: Mapping[UUID, AttachmentLine],
    newer: Collection[UUID],
    *,
    at: datetime,
) -> Delivered:
    return Delivered(
        id=DisclosureId(row.id),
        item=ItemKind(row.item),
        subject=row.subject,
        title=version.title if version else "",
        parts=unpack_parts(version.parts) if version else (),
        attachments=tuple(files[key] for key in version.attachments) if version else (),
        tlp=TLP(row.tlp),
        pap=PAP(row.pap),
        grounds=unpack_grounds(row.grounds),
        language=unpack_language(version.language if version else "nl"),
        delivered_at=at,
        read_at=way.read_at,
        acknowledged_at=way.acknowledged_at,
        withdrawn_at=row.withdrawn_at,
        withdrawal_reason=row.withdrawal_reason,
        content_hash=bytes(version.content_hash) if version else None,
        superseded_at=row.superseded_at,
        superseding_reason=row.superseding_reason,
        replaced_by=next((DisclosureId(one) for one in newer if one == row.superseded_with_id), None),
    )


def _newer(viewer: Actor, rows: Iterable[models.Disclosure]) -> frozenset[UUID]:
    """Of what superseded these, what was told to this reader as well."""
    with_what = [row.superseded_with_id for row in rows if row.superseded_with_id]
    return frozenset(_told(viewer).filter(disclosure_id__in=with_what)) if with_what else frozenset()


def _attachments(versions: Iterable[models.Version]) -> dict[UUID, AttachmentLine]:
    ids = [key for version in versions for key in version.attachments]
    rows = models.Attachment.objects.filter(id__in=ids)
    return {
        key: AttachmentLine(AttachmentId(key), name, media_type, size, bytes(digest))
        for key, name, media_type, size, digest in rows.values_list("id", "name", "media_type", "size", "digest")
    }


def _addressees(ids: list[UUID]) -> Mapping[UUID, tuple[Addressee, ...]]:
    own = set(models.Reader.objects.filter(disclosure_id__in=ids).values_list("id", flat=True))
    found: defaultdict[UUID, tuple[Addressee, ...]] = defaultdict(tuple)
    for row in models.Addressee.objects.filter(disclosure_id__in=ids).order_by("position"):
        label = _YOURSELF if row.reader in own else Bilingual(row.label_nl, row.label_en)
        found[row.disclosure_id] += (Addressee(AudienceKind(row.kind), label, row.count),)
    return found
