"""What the desk does at a table: let something urgent go earlier, and take a post away on a ground."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure.values import DisclosureId
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import PostNotFound, StateDoesNotAllow
from ..queries.overseeing import get_post
from ..rules.posting import check_reason
from ..rules.rounds import urgent_hour
from ..values import OverseenPost, PostId
from ..words import PostState, RemovalGround


@deed(Permission.ISAC_MODERATE)
def hurry_post(actor: Actor, /, *, post: PostId, reason: str) -> OverseenPost:
    """Let an unattributed post go at the next full hour. Raises PostNotFound, StateDoesNotAllow, ReasonMissing."""
    row = _lock(post)
    if row.state != PostState.WAITING.value or not row.unattributed:
        raise StateDoesNotAllow("Only an unattributed post that waits can go earlier.")
    go_at = urgent_hour(timezone.localtime())
    said = check_reason(reason)
    models.Post.objects.filter(id=post).update(go_at=go_at, urgent_by=actor.id, urgent_reason=said)
    # About nobody outside: the reason is a colleague's, and the author finds the hour at its post.
    details = {"isac": str(row.isac), "go_at": go_at.isoformat(), "post": "urgent"}
    ledger.record(actor, kind=Kind.DECIDED, subject=row.id, details=details)
    return get_post(actor, post=post)


@deed(Permission.ISAC_MODERATE)
def remove_post(actor: Actor, /, *, post: PostId, ground: RemovalGround, reason: str) -> OverseenPost:
    """Take it away on a ground, before or after it was told; its readers keep a notice that names the ground.

    Raises PostNotFound, StateDoesNotAllow, ReasonMissing.
    """
    row, said = _lock(post), check_reason(reason)
    if PostState(row.state) not in {PostState.WAITING, PostState.TOLD, PostState.WITHDRAWING}:
        raise StateDoesNotAllow("This post is past that point: look at it again.")
    words = ground.label.in_language("nl" if row.language == "nl" else "en")
    if row.disclosure:
        disclosure_actions.withdraw_disclosure(
            actor, disclosure=DisclosureId(row.disclosure), reason=f"{words[0].upper()}{words[1:]}."
        )
    state = PostState.WITHDRAWN if row.disclosure else PostState.REFUSED
    models.Post.objects.filter(id=post).update(
        state=state.value, withdrawal_at=timezone.now(), withdrawal_reason=f"{words}: {said}"
    )
    details = {"isac": str(row.isac), "ground": ground.value, "post": "removed"}
    ledger.record(actor, kind=Kind.DECIDED, subject=row.id, about=row.organisation, details=details)
    return get_post(actor, post=post)


def _lock(post: PostId) -> models.Post:
    found = models.Post.objects.filter(id=post)
    row = found.select_for_update().first()
    if row is None and found.exists():
        raise StateDoesNotAllow("This post is past that point: look at it again.")
    if row is None:
        raise PostNotFound("no such post")
    return row
