"""A disclosure is proposed, decided, approved, and withdrawn: one person's deed each."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.law import local_day
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import DisclosureNotFound
from ..queries.drafts import draft_of
from ..queries.inside import get_disclosure
from ..queries.weighing import check_shown, mask_reason, weigh
from ..rules.progress import (
    Move,
    check_move,
    check_reason,
    check_replaceable,
    check_second_person,
    check_seen,
    state_after,
)
from ..seeing import sight_of
from ..values import DeliveryState, Disclosure, DisclosureId, Draft, EnvelopeState, Seen, Sight, State, Superseding
from .proposing import propose_each, take_verdict
from .recording import record_step, record_to_reporters
from .sealing import Sealing, seal_each

_MOVED: Final = (
    "state",
    "grounds",
    "verdict",
    "four_eyes",
    "decided_by",
    "decided_at",
    "decision_reason",
    "approved_by",
    "approved_at",
    "approval_reason",
    "delivered_at",
)


@deed(Permission.DISCLOSURE_PROPOSE)
def propose_disclosure(actor: Actor, /, *, draft: Draft, seen: Seen) -> Disclosure:
    """Keep the draft with its verdict, for somebody to decide; REFUSED where the law refuses it today.

    `seen`: the page on which it was shown before. Raises AudienceWiderThanTLP, AudienceOfNobody, NothingToDisclose,
    VouchingMissing, SeenChanged, NotFound.
    """
    check_shown(actor, drafts=[draft], seen=seen)
    (kept,) = propose_each(actor, [draft], at=timezone.now())
    record_step(actor, kept.row, Kind.REFUSED if kept.is_refused else Kind.PROPOSED, draft=kept.weighed.draft)
    return get_disclosure(actor, disclosure=DisclosureId(kept.row.id))


@deed(Permission.DISCLOSURE_PROPOSE)
def decide_disclosure(actor: Actor, /, *, disclosure: DisclosureId, reason: str, seen: Sight) -> Disclosure:
    """Decide a proposal: delivered, or waiting for a second person where the ground asks four eyes.

    The law is asked again for today; `seen` is the `sight` of the page on which it was decided. Raises
    DisclosureNotFound, StateDoesNotAllow, ReasonMissing, SeenChanged.
    """
    row = _lock(disclosure)
    check_move(State(row.state), Move.DECIDE)
    now = timezone.now()
    row.decided_by, row.decided_at, row.decision_reason = actor.id, now, check_reason(reason)
    _move(actor, row, Move.DECIDE, at=now, seen=seen)
    return get_disclosure(actor, disclosure=disclosure)


@deed(Permission.DISCLOSURE_APPROVE)
def approve_disclosure(actor: Actor, /, *, disclosure: DisclosureId, reason: str, seen: Sight) -> Disclosure:
    """The second pair of eyes, which are never those that proposed or decided; then it is delivered.

    `seen` is the `sight` of the page that was approved. Raises DisclosureNotFound, StateDoesNotAllow,
    SecondPersonNeeded, ReasonMissing, SeenChanged.
    """
    row = _lock(disclosure)
    check_move(State(row.state), Move.APPROVE)
    check_second_person(actor.id, proposer=row.proposed_by, decider=row.decided_by)
    now = timezone.now()
    row.approved_by, row.approved_at, row.approval_reason = actor.id, now, check_reason(reason)
    _move(actor, row, Move.APPROVE, at=now, seen=seen)
    return get_disclosure(actor, disclosure=disclosure)


@deed(Permission.DISCLOSURE_PROPOSE)
def withdraw_disclosure(actor: Actor, /, *, disclosure: DisclosureId, reason: str) -> Disclosure:
    """Take it back: readers keep a notice with the reason, masked like the content they lose; a proposal simply ends.

    Raises DisclosureNotFound, StateDoesNotAllow, ReasonMissing.
    """
    row, said = _lock(disclosure), check_reason(reason)
    check_move(State(row.state), Move.WITHDRAW)
    row.withdrawal_reason = mask_reason(actor, said, told=disclosure) if row.delivered_at else said
    row.state = State.WITHDRAWN.value
    row.withdrawn_by, row.withdrawn_at = actor.id, timezone.now()
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    models.Delivery.objects.filter(disclosure_id=row.id).update(state=DeliveryState.WITHDRAWN.value)
    unsent = models.Envelope.objects.filter(disclosure_id=row.id, state=EnvelopeState.WAITING.value)
    unsent.update(state=EnvelopeState.WITHDRAWN.value)
    record_to_reporters(actor, row, Kind.WITHDRAWN)
    return get_disclosure(actor, disclosure=disclosure)


def _move(actor: Actor, row: models.Disclosure, move: Move, *, at: datetime, seen: Sight) -> None:
    """Ask the law again, go where the answer leads, and seal what is delivered.

    `at` is the one instant of the deed: at midnight the law of one day must not decide what is signed on the next.
    """
    weighed = weigh(actor, draft_of(row), on=local_day(at), approved=move is Move.APPROVE)
    check_seen(seen, now=sight_of(weighed))
    if weighed.draft.supersedes:
        check_replaceable(_state_of(weighed.draft.supersedes))
    take_verdict(row, weighed)
    state = state_after(move, refused=weighed.verdict.is_refused, four_eyes=row.four_eyes)
    row.state = state.value
    row.delivered_at = at if state is State.DELIVERED else None
    row.save(update_fields=_MOVED)
    if state is State.DELIVERED:
        files = models.Attachment.objects.filter(disclosure_id=row.id).defer("data").order_by("position")
        seal_each(actor, [Sealing(row, weighed, tuple(files))], at=at)
    else:
        record_step(actor, row, Kind.REFUSED if state is State.REFUSED else Kind.DECIDED)


def _state_of(replaced: Superseding) -> State:
    state = models.Disclosure.objects.filter(id=replaced.disclosure).values_list("state", flat=True).first()
    return State(state) if state else State.WITHDRAWN


def _lock(disclosure: DisclosureId) -> models.Disclosure:
    row = models.Disclosure.objects.select_for_update().filter(id=disclosure).first()
    if row is None:
        raise DisclosureNotFound("no such disclosure")
    return row
