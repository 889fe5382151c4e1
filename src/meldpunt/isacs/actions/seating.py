"""Who sits at a table: asked and decided in the portal, carried out by the platform within a minute."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.rules import may
from meldpunt.access.values import Actor, Door, Permission
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import IsacId, SeatId
from meldpunt.engines.redaction.stripping import plain_text
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models
from ..errors import AlreadyAsked, MotionNotFound, SpaceNotFound
from ..queries.reading import list_open_tables
from ..queries.rows import OF_MOTION
from ..queries.speaking import organisation_of
from ..rules.posting import check_reason
from ..rules.seating import check_may_leave, other_place
from ..values import MotionId
from ..words import MotionKind, MotionState

_LONGEST: Final = 2_000


@deed(Permission.ISAC_SPEAK)
def ask_for_seat(actor: Actor, /, *, isac: IsacId, words: str, is_hidden: bool) -> MotionId:
    """Ask the chair of a table of one's own sector for a seat, under one's own name: the chair knows who sits hidden.

    Raises SpaceNotFound, AlreadyAsked.
    """
    if not any(one.id == isac for one in list_open_tables(actor)):
        raise SpaceNotFound("no such ISAC")
    own = constituency_queries.get_organisation(actor, organisation=organisation_of(actor))
    return _ask(actor, isac, MotionKind.JOIN, name=own.label, words=words, hidden=is_hidden)


@deed(Permission.ISAC_SPEAK)
def leave_table(actor: Actor, /, *, isac: IsacId) -> MotionId:
    """Give the seat up: what is told from the next minute on is not told to this organisation; what was told stays.

    Raises SpaceNotFound, LastChair.
    """
    check_may_leave(constituency_queries.list_table(actor, isac=isac))
    return _ask(actor, isac, MotionKind.LEAVE)


@deed(Permission.ISAC_SPEAK)
def remove_member(actor: Actor, /, *, isac: IsacId, seat: SeatId, reason: str) -> MotionId:
    """As chair, end somebody's seat, with a reason. Raises SpaceNotFound, MotionNotFound, ReasonMissing."""
    other_place(constituency_queries.list_table(actor, isac=isac), seat)
    return _ask(actor, isac, MotionKind.REMOVE, seat=seat, words=check_reason(reason))


@deed(Permission.ISAC_SPEAK)
def pass_chair(actor: Actor, /, *, isac: IsacId, seat: SeatId) -> MotionId:
    """As chair, let another member chair from now on. Raises SpaceNotFound, MotionNotFound."""
    other_place(constituency_queries.list_table(actor, isac=isac), seat)
    return _ask(actor, isac, MotionKind.CHAIR, seat=seat)


@deed(Permission.ISAC_SPEAK)
def take_back_motion(actor: Actor, /, *, motion: MotionId) -> None:
    """Not ask for a seat after all. Raises MotionNotFound."""
    asked = models.Motion.objects.filter(id=motion, state=MotionState.ASKED.value)
    isac = asked.values_list("isac", flat=True).first()
    chaired = {one.isac.id for one in constituency_queries.list_own_seats(actor) if one.is_chair}
    if isac is None or isac in chaired or not asked.update(state=MotionState.TAKEN_BACK.value):
        raise MotionNotFound("no such motion")
    _record(actor, motion, isac, "taken back")


@deed(Permission.ISAC_SPEAK)
def decide_motion(actor: Actor, /, *, motion: MotionId, is_granted: bool, reason: str = "") -> None:
    """As chair, admit who asks for a seat, or decline with a reason that the asker reads.

    Raises MotionNotFound, ReasonMissing.
    """
    _decide(actor, motion, is_granted=is_granted, reason=reason)


@deed(Permission.ISAC_MODERATE)
def decide_motion_at_desk(actor: Actor, /, *, motion: MotionId, is_granted: bool, reason: str) -> None:
    """Decide in the place of a chair, with a reason. Raises MotionNotFound, ReasonMissing."""
    check_reason(reason)
    _decide(actor, motion, is_granted=is_granted, reason=reason)


def _decide(actor: Actor, motion: MotionId, *, is_granted: bool, reason: str) -> None:
    said = reason.strip() if is_granted else check_reason(reason)
    rows = models.Motion.objects.filter(id=motion, kind=MotionKind.JOIN.value, state=MotionState.ASKED.value)
    row = rows.only(*OF_MOTION).first()
    if row is None or not _may_decide(actor, row.isac):
        raise MotionNotFound("no such motion")
    state = MotionState.GRANTED if is_granted else MotionState.DECLINED
    decided = {"state": state.value, "decided_by": actor.id, "decided_at": timezone.now()}
    if not rows.update(**decided, decision_reason=plain_text(said)[:_LONGEST]):
        raise MotionNotFound("no such motion")
    _record(actor, motion, row.isac, state.value)


def _may_decide(actor: Actor, isac: UUID) -> bool:
    if actor.door is Door.DESK:
        return may(actor.roles, Permission.ISAC_MODERATE)
    seats = constituency_queries.list_own_seats(actor)
    return any(one.isac.id == isac and one.is_chair and one.member_until is None for one in seats)


def _ask(
    actor: Actor,
    isac: IsacId,
    kind: MotionKind,
    *,
    name: str = "",
    words: str = "",
    hidden: bool = False,
    seat: SeatId | None = None,
) -> MotionId:
    motion = MotionId(uuid4())
    row = models.Motion(
        id=motion,
        isac=isac,
        kind=kind.value,
        state=(MotionState.ASKED if kind is MotionKind.JOIN else MotionState.GRANTED).value,
        organisation=organisation_of(actor),
        asked_by=actor.id,
        asked_at=timezone.now(),
        name=plain_text(name),
        words=plain_text(words).strip()[:_LONGEST],
        hidden=hidden,
        seat=seat,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise AlreadyAsked("Your organisation asked this already: wait for the answer, or take it back.") from None
    _record(actor, motion, isac, kind.value)
    return motion


def _record(actor: Actor, motion: MotionId, isac: UUID, what: str) -> None:
    kind = Kind.DECIDED if actor.door is Door.DESK else Kind.RECEIVED
    details = {"isac": str(isac), "seat": what}
    ledger.record(actor, kind=kind, subject=motion, about=actor.organisation, details=details)
