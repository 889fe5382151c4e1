"""A member writes, looks at what the others would read, and sends. What is sent waits for the platform to tell it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.disclosure.values import Sight
from meldpunt.engines.redaction.identity import Identity
from meldpunt.engines.redaction.stripping import plain_text
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import FileUnfit, NotSeated, PostNotFound, StateDoesNotAllow, ThreadNotFound
from ..packing import pack_parts
from ..queries.reading import get_thread
from ..queries.speaking import get_own_post, organisation_of, preview_post
from ..rules.posting import bare_file, check_form, check_reason, check_seen, mask, parts_of
from ..values import MOST_FILES, Post, PostForm, PostId, SentFile
from ..words import PostState


@deed(Permission.ISAC_SPEAK)
def write_post(actor: Actor, /, *, form: PostForm, files: Sequence[SentFile] = ()) -> PostId:
    """Keep it as the others would read it, for its author to look at. Nothing is told, and nobody else sees it.

    What replaces an earlier post is attributed as that was. Raises what `errors` draws for a post, ThreadNotFound.
    """
    if len(files) > MOST_FILES:
        raise FileUnfit("At most %(count)s files go with a post.", count=MOST_FILES)
    _check_seat(actor, form.isac)
    form, thread, replaces = _placed(actor, form)
    pointers = constituency_queries.find_pointers(actor)
    hidden = pointers if form.is_unattributed else None
    title, in_title = mask(form.title, hidden, form.language)
    why, in_why = mask(form.why, hidden, form.language)
    parts, in_parts = parts_of(form, pointers)
    row = models.Post(
        isac=form.isac,
        organisation=organisation_of(actor),
        written_by=actor.id,
        written_at=timezone.now(),
        kind=form.kind.value,
        thread=thread,
        state=PostState.DRAFT.value,
        unattributed=form.is_unattributed,
        chatham_house=form.chatham_house,
        title=title,
        parts=pack_parts(parts),
        masked=in_title + in_why + in_parts,
        tlp=form.tlp.value,
        pap=form.pap.value,
        language=form.language,
        replaces=replaces,
        why=why,
    )
    kept = _files(row, form, files, pointers)
    row.save(force_insert=True)
    models.File.objects.bulk_create(kept)
    return PostId(row.id)


@deed(Permission.ISAC_SPEAK)
def send_post(actor: Actor, /, *, post: PostId, seen: Sight) -> Post:
    """Say it: from now on it waits, for the next minute or the next round.

    `seen` is the `sight` of the preview that its author looked at. Raises PostNotFound, StateDoesNotAllow, NotSeated,
    disclosure.SeenChanged.
    """
    now = timezone.now()
    row = _lock(post)
    _check_seat(actor, row.isac)
    _move(row, {PostState.DRAFT}, PostState.WAITING, sent_at=now)
    check_seen(seen, now=preview_post(actor, post=post).sight)
    details: dict[str, Json] = {"isac": str(row.isac), "unattributed": row.unattributed, "kind": row.kind}
    ledger.record(actor, kind=Kind.RECEIVED, subject=row.id, about=row.organisation, details=details)
    return get_own_post(actor, post=post)


@deed(Permission.ISAC_SPEAK)
def take_back_post(actor: Actor, /, *, post: PostId) -> None:
    """Not say it after all, as long as it was not told. Raises PostNotFound, StateDoesNotAllow."""
    row = _lock(post)
    _move(row, {PostState.WAITING}, PostState.TAKEN_BACK)
    details = {"isac": str(row.isac), "post": "taken back"}
    ledger.record(actor, kind=Kind.RECEIVED, subject=row.id, about=row.organisation, details=details)


@deed(Permission.ISAC_SPEAK)
def throw_away_post(actor: Actor, /, *, post: PostId) -> None:
    """A draft goes whole, with its files: nobody saw it. Raises PostNotFound, StateDoesNotAllow."""
    row = _lock(post)
    if row.state != PostState.DRAFT.value:
        raise StateDoesNotAllow("This was sent already: it can be taken back, not thrown away.")
    models.File.objects.filter(post_id=row.id).delete()
    models.Post.objects.filter(id=row.id).delete()


@deed(Permission.ISAC_SPEAK)
def withdraw_post(actor: Actor, /, *, post: PostId, reason: str) -> None:
    """Ask that the table no longer reads it; of an unattributed post it goes in a round too, for when would tell who.

    Its readers keep a notice with the reason, masked like the post itself. Raises PostNotFound, StateDoesNotAllow,
    ReasonMissing.
    """
    row = _lock(post)
    said = check_reason(reason)
    if row.unattributed:
        said, _ = mask(said, constituency_queries.find_pointers(actor), "nl" if row.language == "nl" else "en")
    _move(row, {PostState.TOLD}, PostState.WITHDRAWING, withdrawal_at=timezone.now(), withdrawal_reason=said)
    details = {"isac": str(row.isac), "post": "to be withdrawn"}
    ledger.record(actor, kind=Kind.RECEIVED, subject=row.id, about=row.organisation, details=details)


def _placed(actor: Actor, form: PostForm) -> tuple[PostForm, UUID, UUID | None]:
    """The form checked, with the thread it belongs in and the disclosure that it replaces."""
    if form.replaces:
        before = get_own_post(actor, post=form.replaces)
        if before.state is not PostState.TOLD or before.isac != form.isac:
            raise StateDoesNotAllow("Only what was told, and was not withdrawn, can be replaced.")
        form = PostForm(
            **{**form.__dict__, "kind": before.kind, "is_unattributed": before.is_unattributed, "thread": before.thread}
        )
        return check_form(form), before.thread, before.disclosure
    if form.thread and get_thread(actor, thread=form.thread)[0].isac != form.isac:
        raise ThreadNotFound("no such thread")
    return check_form(form), form.thread or uuid.uuid4(), None


def _files(row: models.Post, form: PostForm, files: Sequence[SentFile], pointers: Identity) -> list[models.File]:
    kept = []
    for position, sent in enumerate(files):
        if form.is_unattributed:
            name, bare = bare_file(sent, pointers, position=position, language=form.language)
            data, media_type = bare.data, bare.media_type
        else:
            name, data, media_type = plain_text(sent.name).strip() or "document", sent.data, "application/octet-stream"
        kept.append(models.File(post=row, position=position, name=name, media_type=media_type, data=data))
    return kept


def _check_seat(actor: Actor, isac: UUID) -> None:
    seats = constituency_queries.list_own_seats(actor)
    if not any(one.isac.id == isac and one.member_until is None for one in seats):
        raise NotSeated("Your organisation does not sit at this table.")


def _lock(post: PostId) -> models.Post:
    found = models.Post.objects.filter(id=post)
    row = found.select_for_update().first()
    if row is None and found.exists():
        raise StateDoesNotAllow("This post is past that point: look at it again.")
    if row is None:
        raise PostNotFound("no such post")
    return row


def _move(row: models.Post, before: set[PostState], after: PostState, **more: datetime | str) -> None:
    if PostState(row.state) not in before:
        raise StateDoesNotAllow("This post is past that point: look at it again.")
    models.Post.objects.filter(id=row.id).update(state=after.value, **more)
