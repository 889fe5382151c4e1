"""A disclosure is proposed, decided, approved, and withdrawn: one person's deed each."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.law import local_day
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Json, Kind

from .. import models
from ..errors import DisclosureNotFound
from ..packing import pack_draft, pack_findings, pack_ground, pack_verdict
from ..queries.contents import draft_of
from ..queries.inside import get_disclosure
from ..queries.weighing import weigh
from ..rules.editing import clean_text
from ..rules.progress import Move, check_move, check_reason, check_second_person, check_vouching, state_after
from ..values import ON_SOMEBODYS_WORD, DeliveryState, Disclosure, DisclosureId, Draft, Preview, State
from .sealing import seal

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
def propose_disclosure(actor: Actor, /, *, draft: Draft) -> Disclosure:
    """Keep the draft with its verdict, for somebody to decide; REFUSED where the law refuses it today.

    Raises AudienceWiderThanTLP, AudienceOfNobody, NothingToDisclose, VouchingMissing, NotFound.
    """
    row = _propose(actor, draft, at=timezone.now())
    kind = Kind.REFUSED if row.state == State.REFUSED.value else Kind.PROPOSED
    _record(actor, row, kind)
    return get_disclosure(actor, disclosure=DisclosureId(row.id))


@deed(Permission.DISCLOSURE_PROPOSE)
def decide_disclosure(actor: Actor, /, *, disclosure: DisclosureId, reason: str) -> Disclosure:
    """Decide a proposal: delivered, or waiting for a second person where the ground asks four eyes.

    The law is asked again for today. Raises DisclosureNotFound, StateDoesNotAllow, ReasonMissing.
    """
    row = _lock(disclosure)
    check_move(State(row.state), Move.DECIDE)
    _decide(actor, row, reason=reason, at=timezone.now())
    return get_disclosure(actor, disclosure=disclosure)


@deed(Permission.DISCLOSURE_PROPOSE)
def disclose(actor: Actor, /, *, draft: Draft, reason: str) -> Disclosure:
    """Propose and decide in one; ends DELIVERED, WAITING_FOR_APPROVAL or REFUSED. Raises as both do."""
    check_reason(reason)
    now = timezone.now()
    row = _propose(actor, draft, at=now)
    if row.state == State.REFUSED.value:
        _record(actor, row, Kind.REFUSED)
    else:
        if draft.conditions & ON_SOMEBODYS_WORD:
            # What it rests on is of the desk; the entry of the deed itself is read by the reporter.
            _record(actor, row, Kind.PROPOSED)
        _decide(actor, row, reason=reason, at=now)
    return get_disclosure(actor, disclosure=DisclosureId(row.id))


@deed(Permission.DISCLOSURE_APPROVE)
def approve_disclosure(actor: Actor, /, *, disclosure: DisclosureId, reason: str) -> Disclosure:
    """The second pair of eyes, which are never those that proposed or decided; then it is delivered.

    Raises DisclosureNotFound, StateDoesNotAllow, SecondPersonNeeded, ReasonMissing.
    """
    row = _lock(disclosure)
    check_move(State(row.state), Move.APPROVE)
    check_second_person(actor.id, proposer=row.proposed_by, decider=row.decided_by)
    now = timezone.now()
    row.approved_by, row.approved_at, row.approval_reason = actor.id, now, check_reason(reason)
    _move(actor, row, Move.APPROVE, at=now)
    return get_disclosure(actor, disclosure=disclosure)


@deed(Permission.DISCLOSURE_PROPOSE)
def withdraw_disclosure(actor: Actor, /, *, disclosure: DisclosureId, reason: str) -> Disclosure:
    """Take it back: readers keep a notice with the reason and lose the content; a proposal simply ends.

    Raises DisclosureNotFound, StateDoesNotAllow, ReasonMissing.
    """
    row = _lock(disclosure)
    check_move(State(row.state), Move.WITHDRAW)
    row.state = State.WITHDRAWN.value
    row.withdrawn_by, row.withdrawn_at, row.withdrawal_reason = actor.id, timezone.now(), check_reason(reason)
    row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    models.Delivery.objects.filter(disclosure_id=row.id).update(state=DeliveryState.WITHDRAWN.value)
    origins = list(models.Origin.objects.filter(disclosure_id=row.id))
    for origin in origins:
        _record(actor, row, Kind.WITHDRAWN, about=origin.organisation, receipt=origin.receipt_digest)
    if not origins:
        _record(actor, row, Kind.WITHDRAWN)
    return get_disclosure(actor, disclosure=disclosure)


def _propose(actor: Actor, draft: Draft, *, at: datetime) -> models.Disclosure:
    draft = _clean(draft)
    check_vouching(draft.conditions, draft.vouching)
    weighed = weigh(actor, draft, on=local_day(at), approved=False)
    row = models.Disclosure(
        item=draft.item.value,
        subject=draft.subject,
        state=(State.REFUSED if weighed.verdict.is_refused else State.PROPOSED).value,
        purpose=draft.purpose.value,
        tlp=draft.tlp.value,
        pap=draft.pap.value,
        proposed_by=actor.id,
        proposed_at=at,
        four_eyes=False,
    )
    _take_verdict(row, weighed)
    row.save(force_insert=True)
    models.Proposal(
        disclosure=row,
        title=draft.title,
        reports=sorted({origin.report for origin in draft.origins if origin.report}),
        content=pack_draft(draft),
    ).save(force_insert=True)
    models.Attachment.objects.bulk_create(
        models.Attachment(
            disclosure=row,
            position=position,
            name=one.name,
            media_type=one.media_type,
            kind=one.kind.value,
            size=len(one.data),
            digest=hashlib.sha256(one.data).digest(),
            data=one.data,
        )
        for position, one in enumerate(draft.attachments)
    )
    return row


def _decide(actor: Actor, row: models.Disclosure, *, reason: str, at: datetime) -> None:
    row.decided_by, row.decided_at, row.decision_reason = actor.id, at, check_reason(reason)
    _move(actor, row, Move.DECIDE, at=at)


def _move(actor: Actor, row: models.Disclosure, move: Move, *, at: datetime) -> None:
    """Ask the law again, go where the answer leads, and seal what is delivered.

    `at` is the one instant of the deed: at midnight the law of one day must not decide what is signed on the next.
    """
    weighed = weigh(actor, draft_of(row), on=local_day(at), approved=move is Move.APPROVE)
    _take_verdict(row, weighed)
    state = state_after(move, refused=weighed.verdict.is_refused, four_eyes=row.four_eyes)
    row.state = state.value
    row.delivered_at = at if state is State.DELIVERED else None
    row.save(update_fields=_MOVED)
    if state is State.DELIVERED:
        seal(actor, row, weighed, at=at)
    else:
        _record(actor, row, Kind.REFUSED if state is State.REFUSED else Kind.DECIDED)


def _take_verdict(row: models.Disclosure, weighed: Preview) -> None:
    row.grounds = [pack_ground(ground) for ground in weighed.verdict.grounds]
    row.verdict = pack_verdict(weighed.verdict) | {"findings": pack_findings(weighed.findings)}
    # Once asked for, a second person stays asked for, even if the law's answer turns milder meanwhile.
    row.four_eyes = row.four_eyes or weighed.verdict.four_eyes


def _lock(disclosure: DisclosureId) -> models.Disclosure:
    row = models.Disclosure.objects.select_for_update().filter(id=disclosure).first()
    if row is None:
        raise DisclosureNotFound("no such disclosure")
    return row


def _clean(draft: Draft) -> Draft:
    return replace(
        draft,
        title=clean_text(draft.title),
        vouching=clean_text(draft.vouching).strip(),
        parts=tuple(replace(part, text=clean_text(part.text)) for part in draft.parts),
        attachments=tuple(replace(one, name=clean_text(one.name)) for one in draft.attachments),
    )


def _record(
    actor: Actor,
    row: models.Disclosure,
    kind: Kind,
    *,
    about: uuid.UUID | None = None,
    receipt: bytes | memoryview | None = None,
) -> None:
    # Until something is delivered the reporter has nothing to see, so the entry is about nobody outside.
    details: dict[str, Json] = {
        "item": row.item,
        "purpose": row.purpose,
        "outcome": str(row.verdict["outcome"]),
        "grounds": [str(ground["id"]) for ground in row.grounds],
    }
    if about is None and not receipt:
        details |= _vouched(row)
    digest = bytes(receipt) if receipt else None
    ledger.record(actor, kind=kind, subject=row.id, about=about, details=details, receipt_digest=digest)


def _vouched(row: models.Disclosure) -> dict[str, Json]:
    draft = models.Proposal.objects.get(disclosure_id=row.id).content
    return {"conditions": draft["conditions"], "vouching": draft["vouching"], "vouched_by": str(row.proposed_by)}
