"""What was told at a table, as each who sits or sat there reads it: its own deliveries, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db.models import Max

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import Isac, IsacId
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Delivered, DisclosureId, ItemKind

from .. import models
from ..errors import SpaceNotFound, ThreadNotFound
from ..rules.posting import indicators_in
from ..values import Motion, Said, Space, ThreadId, ThreadLine
from ..words import MotionKind, MotionState, PostKind
from .rows import OF_MOTION, motion_from

THREADS: Final = 20
"""Threads on one page of a space."""

POSTS: Final = 100
"""Posts on one page of a thread."""


@look(Permission.ISAC_SPEAK)
def list_spaces(viewer: Actor, /) -> tuple[Space, ...]:
    """Where the viewer's organisation sits or sat."""
    return tuple(Space(seat, ()) for seat in constituency_queries.list_own_seats(viewer))


@look(Permission.ISAC_SPEAK)
def list_open_tables(viewer: Actor, /) -> tuple[Isac, ...]:
    """Tables of its own sector at which it does not sit: it may ask for a seat."""
    seated = {one.isac.id for one in constituency_queries.list_own_seats(viewer) if one.member_until is None}
    return tuple(one for one in constituency_queries.list_isacs(viewer) if one.id not in seated)


@look(Permission.ISAC_SPEAK)
def get_space(viewer: Actor, /, *, isac: IsacId) -> Space:
    """One of them, with the names of who sits there openly. Raises SpaceNotFound."""
    for seat in constituency_queries.list_own_seats(viewer):
        if seat.isac.id == isac:
            table = constituency_queries.list_table(viewer, isac=isac)
            return Space(seat, tuple(one.name for one in table if not one.is_hidden))
    raise SpaceNotFound("no such ISAC")


@look(Permission.ISAC_SPEAK)
def list_threads(viewer: Actor, /, *, isac: IsacId, page: int = 1) -> tuple[ThreadLine, ...]:
    """Threads of which the viewer was told something, that with the newest post first, `THREADS` at a time."""
    newest = models.Told.objects.filter(isac=isac).values("thread").annotate(last=Max("told_at"))
    threads = [row["thread"] for row in newest.order_by("-last", "thread")[THREADS * (page - 1) : THREADS * page]]
    said = _said(viewer, list(models.Told.objects.filter(thread__in=threads)))
    of: defaultdict[UUID, list[Said]] = defaultdict(list)
    for one in said:
        of[one.thread].append(one)
    return tuple(_line(ThreadId(thread), of[thread]) for thread in threads if of[thread])


@look(Permission.ISAC_SPEAK)
def get_thread(viewer: Actor, /, *, thread: ThreadId, page: int = 1) -> tuple[Said, ...]:
    """Its posts as far as they were told to the viewer, oldest first. Raises ThreadNotFound."""
    rows = models.Told.objects.filter(thread=thread).order_by("told_at", "disclosure")
    said = _said(viewer, list(rows[POSTS * (page - 1) : POSTS * page]))
    if not said:
        raise ThreadNotFound("no such thread")
    return said


@look(Permission.ISAC_SPEAK)
def get_said(viewer: Actor, /, *, disclosure: DisclosureId) -> Said:
    """One post. Raises ThreadNotFound."""
    for said in _said(viewer, list(models.Told.objects.filter(disclosure=disclosure))):
        return said
    raise ThreadNotFound("no such post")


@look(Permission.ISAC_SPEAK)
def search_posts(viewer: Actor, /, *, isac: IsacId, text: str) -> tuple[Said, ...]:
    """Posts of one table that hold these words, newest first: those that were told to the viewer."""
    if not text.strip():
        return ()
    found = disclosure_queries.list_delivered(viewer, item=ItemKind.ISAC_POST, text=text)
    rows = models.Told.objects.filter(isac=isac, disclosure__in=[one.id for one in found])
    return tuple(reversed(_said_of(list(rows), {one.id: one for one in found})))


@look(Permission.ISAC_SPEAK)
def list_own_motions(viewer: Actor, /) -> tuple[Motion, ...]:
    """What the viewer's organisation asked about seats, newest first; what others ask of a chair is in `list_asked`."""
    rows = models.Motion.objects.only(*OF_MOTION).order_by("-asked_at", "id")
    own = rows.exclude(kind=MotionKind.JOIN.value, isac__in=_chaired(viewer))
    return tuple(motion_from(row) for row in own[:THREADS])


@look(Permission.ISAC_SPEAK)
def list_asked(viewer: Actor, /, *, isac: IsacId) -> tuple[Motion, ...]:
    """Who asks for a seat at a table that the viewer's organisation chairs, oldest first."""
    asked = models.Motion.objects.filter(isac=isac, kind=MotionKind.JOIN.value, state=MotionState.ASKED.value)
    rows = asked.only(*OF_MOTION).order_by("asked_at", "id") if isac in _chaired(viewer) else ()
    return tuple(motion_from(row) for row in rows)


def _chaired(viewer: Actor) -> frozenset[IsacId]:
    seats = constituency_queries.list_own_seats(viewer)
    return frozenset(one.isac.id for one in seats if one.is_chair and one.member_until is None)


def _said(viewer: Actor, rows: list[models.Told]) -> tuple[Said, ...]:
    return _said_of(rows, disclosure_queries.find_delivered(viewer, disclosures=[row.disclosure for row in rows]))


def _said_of(rows: list[models.Told], told: Mapping[DisclosureId, Delivered]) -> tuple[Said, ...]:
    """Oldest first; what went together stands in the order of ids that say nothing."""
    found = [
        Said(
            told=told[DisclosureId(row.disclosure)],
            isac=IsacId(row.isac),
            thread=ThreadId(row.thread),
            kind=PostKind(row.kind),
            chatham_house=row.chatham_house,
            indicators=indicators_in(told[DisclosureId(row.disclosure)].parts),
        )
        for row in rows
        if row.disclosure in told
    ]
    return tuple(sorted(found, key=lambda one: (one.told.delivered_at, one.told.id)))


def _line(thread: ThreadId, said: Sequence[Said]) -> ThreadLine:
    first, last = said[0], said[-1]
    return ThreadLine(
        thread=thread,
        kind=first.kind,
        title=first.told.title,
        tlp=max((one.told.tlp for one in said), key=lambda tlp: tlp.strictness),
        pap=max((one.told.pap for one in said), key=lambda pap: pap.strictness),
        chatham_house=any(one.chatham_house for one in said),
        posts=len(said),
        unread=sum(one.told.read_at is None and one.told.withdrawn_at is None for one in said),
        last_at=last.told.delivered_at,
    )
