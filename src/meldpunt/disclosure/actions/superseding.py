"""A delivered version is replaced by another, with a reason that its readers read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import DisclosureNotFound, StateDoesNotAllow
from ..queries.drafts import draft_of
from ..queries.inside import get_disclosure
from ..queries.weighing import check_shown, mask_reason
from ..rules.progress import Move, check_move, check_replaceable, state_after
from ..values import Disclosure, DisclosureId, Draft, Seen, State, Superseding
from .proposing import propose_each
from .recording import record_step, record_to_reporters


@deed(Permission.DISCLOSURE_PROPOSE)
def supersede_disclosure(
    actor: Actor, /, *, disclosure: DisclosureId, draft: Draft, reason: str, seen: Seen
) -> Disclosure:
    """Propose a draft in the place of a delivered disclosure: of the same thing, and from the same reports.

    Nothing changes for anybody before the new one is delivered. `seen`: the page on which it was shown before. Raises
    DisclosureNotFound, StateDoesNotAllow, ReasonMissing, WideningMissing (wider than the version before it), and as
    `propose_disclosure`.
    """
    row = models.Disclosure.objects.filter(id=disclosure).first()
    if row is None:
        raise DisclosureNotFound("no such disclosure")
    check_move(State(row.state), Move.SUPERSEDE)
    before = draft_of(row)
    origins = tuple(dict.fromkeys((*before.origins, *draft.origins)))
    about = tuple(dict.fromkeys((*before.about, *draft.about)))
    anew = replace(draft, item=before.item, subject=before.subject, origins=origins, about=about)
    anew = replace(anew, supersedes=Superseding(disclosure, reason.strip()), author=before.author)
    check_shown(actor, drafts=[anew], seen=seen)
    (kept,) = propose_each(actor, [anew], at=timezone.now())
    record_step(actor, kept.row, Kind.REFUSED if kept.is_refused else Kind.PROPOSED, draft=kept.weighed.draft)
    return get_disclosure(actor, disclosure=DisclosureId(kept.row.id))


def replace_each(actor: Actor, delivered: Sequence[tuple[models.Disclosure, Draft]], *, at: datetime) -> None:
    """Mark what these replace, within the transaction in which they are delivered. Raises StateDoesNotAllow."""
    for row, draft in delivered:
        if draft.supersedes:
            _replace(actor, row, draft.supersedes, at=at)


def _replace(actor: Actor, row: models.Disclosure, replaced: Superseding, *, at: datetime) -> None:
    before = models.Disclosure.objects.select_for_update().filter(id=replaced.disclosure).first()
    if before is None:
        raise DisclosureNotFound("no such disclosure")
    check_replaceable(State(before.state))
    before.state = state_after(Move.SUPERSEDE, refused=False, four_eyes=False).value
    before.superseded_with_id, before.superseded_by, before.superseded_at = row.id, actor.id, at
    before.superseding_reason = mask_reason(actor, replaced.reason, told=replaced.disclosure)
    changed = ("state", "superseded_with_id", "superseded_by", "superseded_at", "superseding_reason")
    told = models.Disclosure.objects.filter(id=before.id)
    if not told.update(**{name: getattr(before, name) for name in changed}):
        raise StateDoesNotAllow("Somebody who oversees what is told has to do this: it was not proposed by you.")
    record_to_reporters(actor, before, Kind.SUPERSEDED)
