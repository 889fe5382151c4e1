"""ISACs as the desk oversees them: every seat, and every post with its author by what the viewer may know."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from django.db.models import Count, Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SEALED, IsacId, Organisation
from meldpunt.disclosure.values import Part
from meldpunt.engines.redaction.hiding import hide
from meldpunt.engines.redaction.identity import Identity

from .. import models
from ..errors import PostNotFound, SpaceNotFound
from ..values import MotionId, OverseenMotion, OverseenPost, Post, PostId, Table
from ..words import MotionKind, MotionState, PostState
from .rows import posts_from

PAGE: Final = 50


@look(Permission.ISAC_OVERSEE)
def list_tables(viewer: Actor, /) -> tuple[Table, ...]:
    """Every ISAC with who sits there, and how much waits, was told, and is asked."""
    seats = constituency_queries.list_seats(viewer)
    posts = models.Post.objects.values("isac").annotate(
        waiting=Count("id", filter=Q(state=PostState.WAITING.value)),
        told=Count("id", filter=Q(disclosure__isnull=False)),
    )
    counted: dict[UUID, tuple[int, int]] = {row["isac"]: (row["waiting"], row["told"]) for row in posts}
    asked = models.Motion.objects.filter(state=MotionState.ASKED.value).values("isac").annotate(number=Count("id"))
    motions = {row["isac"]: row["number"] for row in asked}
    return tuple(
        Table(
            isac=isac,
            seats=tuple(one for one in seats if one.isac == isac.id),
            waiting=counted.get(isac.id, (0, 0))[0],
            told=counted.get(isac.id, (0, 0))[1],
            asked=motions.get(isac.id, 0),
        )
        for isac in constituency_queries.list_isacs(viewer)
    )


@look(Permission.ISAC_OVERSEE)
def get_table(viewer: Actor, /, *, isac: IsacId) -> Table:
    """One of them. Raises SpaceNotFound."""
    for table in list_tables(viewer):
        if table.isac.id == isac:
            return table
    raise SpaceNotFound("no such ISAC")


@look(Permission.ISAC_OVERSEE)
def list_posts(viewer: Actor, /, *, isac: IsacId, page: int = 1) -> tuple[OverseenPost, ...]:
    """The posts of one ISAC that were sent, newest first, `PAGE` at a time."""
    rows = models.Post.objects.filter(isac=isac).order_by("-sent_at", "id")
    return _overseen(viewer, list(rows[PAGE * (page - 1) : PAGE * page]))


@look(Permission.ISAC_OVERSEE)
def get_post(viewer: Actor, /, *, post: PostId) -> OverseenPost:
    """One of them. Raises PostNotFound."""
    for found in _overseen(viewer, list(models.Post.objects.filter(id=post))):
        return found
    raise PostNotFound("no such post")


@look(Permission.ISAC_OVERSEE)
def list_motions(viewer: Actor, /, *, isac: IsacId) -> tuple[OverseenMotion, ...]:
    """What was asked about seats and is not decided yet, oldest first."""
    asked = models.Motion.objects.filter(isac=isac, state=MotionState.ASKED.value).order_by("asked_at", "id")
    rows = list(asked)
    known = _organisations(viewer, [row.organisation for row in rows])
    return tuple(
        OverseenMotion(
            id=MotionId(row.id),
            isac=isac,
            kind=MotionKind(row.kind),
            state=MotionState(row.state),
            asker=known[OrganisationId(row.organisation)],
            asked_at=row.asked_at,
            is_hidden=row.hidden,
        )
        for row in rows
    )


def _overseen(viewer: Actor, rows: list[models.Post]) -> tuple[OverseenPost, ...]:
    authors = [OrganisationId(row.organisation) for row in rows]
    known = _organisations(viewer, authors)
    sealed = constituency_queries.list_sealed_terms(viewer, organisations=frozenset(authors))
    return tuple(
        _one(post, known[author], sealed.get(author)) for author, post in zip(authors, posts_from(rows), strict=True)
    )


def _one(post: Post, author: Organisation, sealed: Identity | None) -> OverseenPost:
    return OverseenPost(
        id=post.id,
        isac=post.isac,
        kind=post.kind,
        state=post.state,
        author=author,
        title=_masked(post.title, sealed),
        is_unattributed=post.is_unattributed,
        tlp=post.tlp,
        pap=post.pap,
        chatham_house=post.chatham_house,
        sent_at=post.sent_at or post.written_at,
        go_at=post.go_at,
        told_at=post.told_at,
        disclosure=post.disclosure,
        parts=tuple(Part(one.kind, one.heading, _masked(one.text, sealed)) for one in post.parts),
    )


def _masked(text: str, sealed: Identity | None) -> str:
    return hide(text, (sealed,), ground=SEALED).text if sealed else text


def _organisations(viewer: Actor, ids: Collection[UUID]) -> Mapping[OrganisationId, Organisation]:
    return constituency_queries.list_by_ids(viewer, organisations=ids) if ids else {}
