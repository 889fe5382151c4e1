"""What a member writes, as its own organisation sees it."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.values import Attachment
from meldpunt.law import DataKind, Facts, Purpose, RecipientKind, verdict

from .. import models
from ..drafting import OWN, parts_told
from ..errors import PostNotFound
from ..rules.rounds import next_round
from ..rules.seating import own_place
from ..seeing import sight_of
from ..values import FileId, Post, PostId, Preview
from .rows import posts_from

PAGE: Final = 50


@look(Permission.ISAC_SPEAK)
def list_own_posts(viewer: Actor, /, *, page: int = 1) -> tuple[Post, ...]:
    """What the viewer's organisation wrote, newest first, `PAGE` at a time: here alone it is told from others."""
    rows = models.Post.objects.order_by("-written_at", "id")
    return posts_from(rows[PAGE * (page - 1) : PAGE * page])


@look(Permission.ISAC_SPEAK)
def get_own_post(viewer: Actor, /, *, post: PostId) -> Post:
    """A post of the viewer's own organisation. Raises PostNotFound."""
    for found in posts_from(models.Post.objects.filter(id=post)):
        return found
    raise PostNotFound("no such post")


@look(Permission.ISAC_SPEAK)
def preview_post(viewer: Actor, /, *, post: PostId) -> Preview:
    """Who would read it, on what ground, as what and when. Raises PostNotFound, SpaceNotFound (no seat any more)."""
    found = get_own_post(viewer, post=post)
    table = constituency_queries.list_table(viewer, isac=found.isac)
    own = own_place(table)
    parts = parts_told(found, own.name)
    kinds = frozenset(part.kind for part in parts) | {DataKind.INCIDENT_NATURE}
    now = timezone.localtime()
    asked = Facts(now.date(), RecipientKind.ISAC, Purpose.SHARE, kinds, OWN)
    names, said = tuple(one.name for one in table if not one.is_hidden), verdict(asked)
    return Preview(
        post=found,
        names=names,
        verdict=said,
        parts=parts,
        goes_at=next_round(now, settings.ISAC_ROUNDS) if found.is_unattributed else now,
        is_hidden=own.is_hidden,
        fewest=settings.ISAC_FEWEST_AUTHORS,
        sight=sight_of(found, names=names, verdict=said, parts=parts, is_hidden=own.is_hidden),
    )


@look(Permission.ISAC_SPEAK)
def open_own_file(viewer: Actor, /, *, post: PostId, file: FileId) -> Attachment:
    """A document of one's own post, as the others would get it. Raises PostNotFound."""
    row = models.File.objects.filter(id=file, post_id=post).first()
    if row is None:
        raise PostNotFound("no such file")
    return Attachment(row.name, row.media_type, bytes(row.data), DataKind.INCIDENT_NATURE)


def organisation_of(viewer: Actor) -> OrganisationId:
    """For whom the viewer speaks. Raises PostNotFound for an account of nobody."""
    if viewer.organisation is None:
        raise PostNotFound("the account speaks for no organisation")
    return viewer.organisation
