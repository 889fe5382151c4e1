"""Proposed and decided in one, by who may: one disclosure, or one for each of many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger.values import Kind

from .. import models
from ..queries.inside import list_by_ids
from ..queries.weighing import check_shown
from ..rules.progress import Move, check_reason, reason_of, state_after
from ..values import ON_SOMEBODYS_WORD, Disclosure, DisclosureId, Draft, GroundSays, Reason, Seen, State
from .proposing import Proposed, propose_each
from .recording import record_step
from .sealing import Sealing, seal_each


@deed(Permission.DISCLOSURE_PROPOSE)
def disclose(actor: Actor, /, *, draft: Draft, reason: Reason, seen: Seen) -> Disclosure:
    """Propose and decide in one; ends DELIVERED, WAITING_FOR_APPROVAL or REFUSED. Raises as both do.

    `seen`: the page on which it was shown before, or why there was none. `reason`: somebody's words for why this is
    told, never what is told; where there are none but the ground, that the ground says it.
    """
    check_shown(actor, drafts=[draft], seen=seen)
    (done,) = _disclose(actor, [draft], reason=reason)
    return done


@deed(Permission.DISCLOSURE_PROPOSE)
def disclose_each(actor: Actor, /, *, drafts: Sequence[Draft], reason: Reason, seen: Seen) -> tuple[Disclosure, ...]:
    """`disclose` for each draft, in their order, at the price of one: what the law refuses one holds up no other.

    What raises for one, raises for all, and then nothing was told. Some hundreds at a time: all are in memory at once.
    `seen`: the page on which all of them were shown before.
    """
    check_shown(actor, drafts=drafts, seen=seen)
    return _disclose(actor, drafts, reason=reason)


def _disclose(actor: Actor, drafts: Sequence[Draft], *, reason: Reason) -> tuple[Disclosure, ...]:
    said, now = reason if isinstance(reason, GroundSays) else check_reason(reason), timezone.now()
    proposed = propose_each(actor, drafts, at=now)
    for one in proposed:
        if one.is_refused:
            record_step(actor, one.row, Kind.REFUSED, draft=one.weighed.draft)
        elif one.weighed.draft.conditions & ON_SOMEBODYS_WORD or one.weighed.draft.widening:
            # What it rests on is of the desk; the entry of the deed itself is read by the reporter.
            record_step(actor, one.row, Kind.PROPOSED, draft=one.weighed.draft)
    _decide(actor, [one for one in proposed if not one.is_refused], reason=said, at=now)
    found = list_by_ids(actor, disclosures=[one.row.id for one in proposed])
    return tuple(found[DisclosureId(one.row.id)] for one in proposed)


def _decide(actor: Actor, proposed: Sequence[Proposed], *, reason: Reason, at: datetime) -> None:
    """Decide what was proposed a moment ago. The law said its word for this very instant, so it is not asked twice."""
    for four_eyes in (True, False):
        alike = [one for one in proposed if one.row.four_eyes is four_eyes]
        state = state_after(Move.DECIDE, refused=False, four_eyes=four_eyes)
        moved = {
            "state": state.value,
            "decided_by": actor.id,
            "decided_at": at,
            "delivered_at": at if state is State.DELIVERED else None,
        }
        for said, those in _by_reason(alike, reason).items():
            models.Disclosure.objects.filter(id__in=those).update(**moved, decision_reason=said)
        if state is State.DELIVERED:
            seal_each(actor, [Sealing(one.row, one.weighed, one.files) for one in alike], at=at)
        else:
            for one in alike:
                record_step(actor, one.row, Kind.DECIDED, draft=one.weighed.draft)


def _by_reason(proposed: Iterable[Proposed], reason: Reason) -> Mapping[str, list[UUID]]:
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    for one in proposed:
        found[reason_of(reason, one.weighed.verdict, purpose=one.weighed.draft.purpose)].append(one.row.id)
    return found
