"""What a decision does with what the parties think: said for each dissent, and never taken from silence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from ..errors import ConsultationNotFound, DissentUnanswered, HoldStands
from ..values import Consultation, ConsultationId, Decision, Heed, Heeded, Heeding

WEIGHS_VIEWS: Final = frozenset({Decision.ACCEPT, Decision.MERGE, Decision.REDIRECT, Decision.DECLINE})
"""The decisions after which the parties can no longer be followed."""


def heed_views(
    asked: Iterable[Consultation], said: Mapping[ConsultationId, Heeding], *, now: datetime, is_over_hold: bool
) -> tuple[Heeded, ...]:
    """What the decision does with each party that was told, in the order in which they were asked.

    `said` is what whoever decides says of each. Raises DissentUnanswered for a dissent of which nothing is said, or
    that is passed over without a reason; HoldStands for a hold that still runs and is passed over without
    `is_over_hold`; ConsultationNotFound for one of another report.
    """
    told = [one for one in asked if one.is_told]
    if set(said) - {one.id for one in told}:
        raise ConsultationNotFound("no such consultation about this report")
    return tuple(_heed(one, said.get(one.id), now=now, is_over_hold=is_over_hold) for one in told)


def _heed(one: Consultation, said: Heeding | None, *, now: datetime, is_over_hold: bool) -> Heeded:
    view = one.view
    if view is None:
        return Heeded(one.id, Heed.SILENT if one.due_at <= now else Heed.AWAITED, "", None)
    heed, reason = (said.heed, said.reason.strip()) if said else (Heed.NOTED, "")
    if heed not in (Heed.FOLLOWED, Heed.PASSED_OVER):
        heed = Heed.NOTED
    if view.is_dissent and (heed is Heed.NOTED or (heed is Heed.PASSED_OVER and not reason)):
        raise DissentUnanswered(one.party.label)
    if view.holds_at(now) and heed is Heed.PASSED_OVER and not is_over_hold:
        raise HoldStands(one.party.label)
    return Heeded(one.id, heed, reason, view.version)
