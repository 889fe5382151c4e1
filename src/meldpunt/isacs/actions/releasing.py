"""The platform at work: seats are moved, posts under a name are told, and unattributed ones in rounds, all at once.

What of a round could tell who wrote what is the same for all of it: one transaction, one instant, and an order by lot.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.errors import RuleBroken
from meldpunt.access.values import Actor, OrganisationId, Permission
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import IsacId, Organisation, Seat
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Attachment, Disclosure, DisclosureId, State, Unshown
from meldpunt.law import DataKind

from .. import models
from ..drafting import draft_of
from ..queries.rows import posts_from
from ..rules.rounds import is_due, is_hurried
from ..values import Post
from ..words import MotionKind, MotionState, PostState

_REASON: Final = "A member tells its ISAC on its own terms."
_BY_LOT: Final = secrets.SystemRandom()


class _OnlyTried(Exception):
    """Undoes what was tried."""


@deed(Permission.ISAC_RELEASE)
def carry_out_motions(actor: Actor, /) -> int:
    """Move the seats about which somebody decided who may; how many that were. What no longer can be done lapses."""
    rows = models.Motion.objects.select_for_update().filter(state=MotionState.GRANTED.value)
    done = 0
    for row in rows.order_by("asked_at", "id"):
        carried = _carry_out(actor, row)
        state = MotionState.CARRIED_OUT if carried else MotionState.LAPSED
        models.Motion.objects.filter(id=row.id).update(state=state.value, done_at=timezone.now())
        done += carried
    return done


@deed(Permission.ISAC_RELEASE)
def release_posts(actor: Actor, /, *, now: datetime | None = None) -> int:
    """Tell every post that is due, and withdraw what its author withdraws; how many that were.

    Whoever left the table tells it nothing any more, and what was withdrawn meanwhile is not replaced. What is
    unattributed waits until at least `ISAC_FEWEST_AUTHORS` organisations tell that table something in one round.
    """
    at = timezone.localtime(now)
    due = [row for row in _to_do() if _is_due(row, at)]
    if not due:
        return 0
    waiting = [row for row in due if row.state == PostState.WAITING.value]
    tellable = _tellable(actor, waiting)
    _BY_LOT.shuffle(tellable)
    told, taken = _tell_in_company(actor, tellable, at)
    refused = {row.id for row in waiting} - {row.id for row in taken}
    models.Post.objects.filter(id__in=refused).update(state=PostState.REFUSED.value)
    withdrawn = [row for row in due if row.state == PostState.WITHDRAWING.value]
    _BY_LOT.shuffle(withdrawn)
    for row in withdrawn:
        _withdraw(actor, row)
    return len(told) + len(refused) + len(withdrawn)


def _to_do() -> Sequence[models.Post]:
    # Nothing that somebody holds at this moment is left for the next minute: it would stand apart from its round.
    states = (PostState.WAITING.value, PostState.WITHDRAWING.value)
    return list(models.Post.objects.select_for_update().filter(state__in=states).order_by("id"))


def _is_due(row: models.Post, now: datetime) -> bool:
    asked_at = row.sent_at if row.state == PostState.WAITING.value else row.withdrawal_at
    return is_due(
        PostState(row.state),
        is_unattributed=row.unattributed,
        asked_at=asked_at or row.written_at,
        go_at=row.go_at,
        now=now,
        rounds=settings.ISAC_ROUNDS,
    )


def _tellable(actor: Actor, waiting: Sequence[models.Post]) -> list[models.Post]:
    seated = {(one.isac, one.organisation.id) for one in constituency_queries.list_seats(actor)}
    replaced = [row.replaces for row in waiting if row.replaces]
    states = disclosure_queries.list_progress(actor, disclosures=replaced) if replaced else {}
    return [
        row
        for row in waiting
        if (row.isac, row.organisation) in seated
        and (row.replaces is None or states[DisclosureId(row.replaces)].state is State.DELIVERED)
    ]


def _in_company(rows: Sequence[models.Post], now: datetime) -> list[models.Post]:
    """What goes now: under a name, hurried by the desk, or unattributed from enough authors at the same table."""
    authors: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.unattributed:
            authors[row.isac].add(row.organisation)
    fewest: int = settings.ISAC_FEWEST_AUTHORS
    return [
        row
        for row in rows
        if not row.unattributed or is_hurried(row.go_at, now=now) or len(authors[row.isac]) >= fewest
    ]


def _tell_in_company(
    actor: Actor, rows: Sequence[models.Post], now: datetime
) -> tuple[list[models.Post], Sequence[models.Post]]:
    """Tell what goes now in one deed: what was told, and what the door takes, now or later.

    Only where the door refuses that, it is tried whom it refuses: that one keeps nobody company.
    """
    going = _in_company(rows, now)
    try:
        with transaction.atomic():
            _tell(actor, going)
        return going, rows
    except RuleBroken:
        refused = {row.id for row in going if not _can_be_told(actor, row)}
        taken = [row for row in rows if row.id not in refused]
        told = _in_company(taken, now)
        _tell(actor, told)
        return told, taken


def _can_be_told(actor: Actor, row: models.Post) -> bool:
    """Whether the door takes it, tried and undone: one that it refuses holds up no other of its round."""
    try:
        with transaction.atomic():
            _tell(actor, [row])
            raise _OnlyTried
    except _OnlyTried:
        return True
    except RuleBroken:
        return False


def _tell(actor: Actor, rows: Sequence[models.Post]) -> None:
    """One deed for all: the door gives each the same instant, and fixes its readers."""
    if not rows:
        return
    posts = posts_from(rows)
    authors = constituency_queries.list_by_ids(actor, organisations=[row.organisation for row in rows])
    files = _attachments([row.id for row in rows])
    drafts = [
        draft_of(
            post, organisation=row.organisation, author=_name_of(authors, row.organisation), files=tuple(files[row.id])
        )
        for row, post in zip(rows, posts, strict=True)
    ]
    done = disclosure_actions.disclose_each(actor, drafts=drafts, reason=_REASON, seen=Unshown.BY_RULE)
    for row, post, disclosure in zip(rows, posts, done, strict=True):
        _mark(row, post, disclosure)


def _mark(row: models.Post, post: Post, disclosure: Disclosure) -> None:
    """Keep which disclosure it became, on the side of the author and, without the author, on that of the readers."""
    posts = models.Post.objects.filter(id=row.id)
    if disclosure.state is not State.DELIVERED or disclosure.delivered_at is None:
        posts.update(state=PostState.REFUSED.value)
        return
    posts.update(state=PostState.TOLD.value, disclosure=disclosure.id, told_at=disclosure.delivered_at)
    models.Told(
        disclosure=disclosure.id,
        isac=post.isac,
        thread=post.thread,
        kind=post.kind.value,
        chatham_house=post.chatham_house,
        told_at=disclosure.delivered_at,
    ).save(force_insert=True)


def _withdraw(actor: Actor, row: models.Post) -> None:
    progress = disclosure_queries.list_progress(actor, disclosures=[row.disclosure] if row.disclosure else [])
    for disclosure, one in progress.items():
        if one.state is not State.WITHDRAWN:
            disclosure_actions.withdraw_disclosure(actor, disclosure=disclosure, reason=row.withdrawal_reason)
    models.Post.objects.filter(id=row.id).update(state=PostState.WITHDRAWN.value)


def _attachments(posts: Sequence[UUID]) -> Mapping[UUID, list[Attachment]]:
    found: defaultdict[UUID, list[Attachment]] = defaultdict(list)
    for one in models.File.objects.filter(post_id__in=posts).order_by("position"):
        found[one.post_id].append(Attachment(one.name, one.media_type, bytes(one.data), DataKind.INCIDENT_NATURE))
    return found


def _name_of(authors: Mapping[OrganisationId, Organisation], organisation: UUID) -> str:
    return authors[OrganisationId(organisation)].label


def _carry_out(actor: Actor, row: models.Motion) -> bool:
    seats = constituency_queries.list_seats(actor, isac=row.isac)
    isac, asker = IsacId(row.isac), OrganisationId(row.organisation)
    own = next((one for one in seats if one.organisation.id == asker), None)
    if row.kind == MotionKind.JOIN.value:
        return own is None and _join(actor, isac, asker, first=not seats, hidden=row.hidden)
    if own is None:
        return False
    if row.kind == MotionKind.LEAVE.value:
        return _leave(actor, own, seats)
    other = next((one for one in seats if one.id == row.seat and one.id != own.id), None)
    if other is None or not own.is_chair:
        return False
    if row.kind == MotionKind.CHAIR.value:
        constituency_actions.pass_chair(actor, isac=isac, organisation=other.organisation.id)
    else:
        constituency_actions.leave_isac(actor, isac=isac, organisation=other.organisation.id)
    return True


def _join(actor: Actor, isac: IsacId, organisation: OrganisationId, *, first: bool, hidden: bool) -> bool:
    constituency_actions.join_isac(actor, isac=isac, organisation=organisation, hidden=hidden, chair=first)
    return True


def _leave(actor: Actor, own: Seat, seats: Sequence[Seat]) -> bool:
    others = [one for one in seats if one.id != own.id]
    if own.is_chair and others and not any(one.is_chair for one in others):
        return False
    constituency_actions.leave_isac(actor, isac=own.isac, organisation=own.organisation.id)
    return True
