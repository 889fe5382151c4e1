"""Rows into values, for the actions and queries of this room; whoever calls has an actor bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import cast
from uuid import UUID

from django.db.models.functions import Length

from meldpunt.constituency.values import IsacId, SeatId
from meldpunt.disclosure.values import DisclosureId
from meldpunt.vocabulary.markings import PAP, TLP

from .. import models
from ..packing import unpack_parts
from ..values import FileId, FileLine, Language, Motion, MotionId, Post, PostId, ThreadId
from ..words import MotionKind, MotionState, PostKind, PostState

OF_MOTION = ("id", "isac", "kind", "state", "name", "words", "hidden", "asked_at", "decision_reason", "seat")
"""What the portal may read of a motion: not whose it is."""


def posts_from(rows: Iterable[models.Post]) -> tuple[Post, ...]:
    """Posts in the order of the rows, with their files. One journey more, however many."""
    found = list(rows)
    files = _files([row.id for row in found])
    return tuple(_post(row, files[row.id]) for row in found)


def motion_from(row: models.Motion) -> Motion:
    """A motion as who asks or chairs sees it."""
    return Motion(
        id=MotionId(row.id),
        isac=IsacId(row.isac),
        kind=MotionKind(row.kind),
        state=MotionState(row.state),
        name=row.name,
        words=row.words,
        is_hidden=row.hidden,
        asked_at=row.asked_at,
        decision_reason=row.decision_reason,
        seat=SeatId(row.seat) if row.seat else None,
    )


def _post(row: models.Post, files: tuple[FileLine, ...]) -> Post:
    return Post(
        id=PostId(row.id),
        isac=IsacId(row.isac),
        kind=PostKind(row.kind),
        thread=ThreadId(row.thread),
        state=PostState(row.state),
        title=row.title,
        parts=unpack_parts(row.parts),
        tlp=TLP(row.tlp),
        pap=PAP(row.pap),
        chatham_house=row.chatham_house,
        is_unattributed=row.unattributed,
        language=cast(Language, row.language),
        written_at=row.written_at,
        sent_at=row.sent_at,
        go_at=row.go_at,
        told_at=row.told_at,
        disclosure=DisclosureId(row.disclosure) if row.disclosure else None,
        masked=row.masked,
        replaces=DisclosureId(row.replaces) if row.replaces else None,
        why=row.why,
        withdrawal_reason=row.withdrawal_reason,
        files=files,
    )


def _files(posts: list[UUID]) -> Mapping[UUID, tuple[FileLine, ...]]:
    found: defaultdict[UUID, tuple[FileLine, ...]] = defaultdict(tuple)
    rows = models.File.objects.filter(post_id__in=posts).annotate(size=Length("data")).order_by("position")
    for post, key, name, media_type, size in rows.values_list("post_id", "id", "name", "media_type", "size"):
        found[post] += (FileLine(FileId(key), name, media_type, size),)
    return found
