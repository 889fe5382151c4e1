"""What is known of evidence without opening it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.errors import NotFound
from meldpunt.access.values import Actor, Permission

from . import models
from .errors import KeyUnusable
from .inside import Inside, Mark, Nested
from .keeping import item_row, kept_items
from .key_in_use import key_store
from .retention import RetentionRule, rules_in_force
from .uploads import upload_from
from .values import EvidenceId, EvidenceItem, Hold, HoldGround, HoldId, Kept, Upload, UploadId, Verdict

ON_A_PAGE: Final = 50
_MOST_HOLDS: Final = 500


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
    return _item(item_row(item))


@look(Permission.EVIDENCE_SEAL)
def list_uploads(viewer: Actor, /) -> tuple[Upload, ...]:
    """The files that are coming in under the code that the viewer came with, in their order."""
    rows = models.Upload.objects.filter(expires_at__gt=timezone.now()).order_by("begun_at", "id")
    return tuple(upload_from(row, code=viewer.receipt) for row in rows)


@look(Permission.EVIDENCE_SEAL)
def get_upload(viewer: Actor, /, *, upload: UploadId) -> Upload:
    """One of them. Raises NotFound."""
    row = models.Upload.objects.filter(id=upload, expires_at__gt=timezone.now()).first()
    if row is None:
        raise NotFound("no such file is coming in for this viewer")
    return upload_from(row, code=viewer.receipt)


@look(Permission.EVIDENCE_HOLD)
def list_kept(viewer: Actor, /, *, page: int = 1) -> tuple[Kept, ...]:
    """What is kept until when, what goes first first, `ON_A_PAGE` and one more where there is more.

    For who may hold and neither open nor shred there is nothing in it.
    """
    return kept_items(most=ON_A_PAGE + 1, past=(max(page, 1) - 1) * ON_A_PAGE)


@look(Permission.EVIDENCE_HOLD)
def list_holds(viewer: Actor, /) -> tuple[Hold, ...]:
    """What is held and was not lifted, oldest first."""
    return tuple(
        Hold(HoldId(row.id), row.about, HoldGround(row.ground), row.reason, row.placed_by_name, row.placed_at)
        for row in models.Hold.objects.filter(lifted_at=None).order_by("placed_at", "id")[:_MOST_HOLDS]
    )


@look(Permission.EVIDENCE_HOLD)
def list_rules(viewer: Actor, /) -> tuple[RetentionRule, ...]:
    """How long what is kept for each purpose."""
    return tuple(rules_in_force().values())


@look(Permission.EVIDENCE_SEAL)
def last_days(
    viewer: Actor, /, *, items: Collection[EvidenceItem], ended_at: datetime | None
) -> Mapping[EvidenceId, date]:
    """The last day of each of these items that is there, where its term runs: the work on it ended at `ended_at`.

    By rule alone: what somebody holds stays longer, and why is not told.
    """
    rules, zone = rules_in_force(), ZoneInfo(settings.TIME_ZONE)
    found = {}
    for one in items:
        rule = rules.get(one.purpose)
        day = rule.last_day(sealed_at=one.sealed_at, ended_at=ended_at, zone=zone) if rule else None
        if day is not None and one.shredded_at is None:
            found[one.id] = day
    return found


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
        inside=Inside(frozenset(map(Mark, row.marks)), tuple(Nested(*one) for one in row.nested)),
        verdict=Verdict(row.verdict),
        found=row.found,
        engine=row.engine,
    )
