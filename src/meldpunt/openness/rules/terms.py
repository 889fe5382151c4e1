"""By when to decide, and under which act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from meldpunt.law import Clock, Event, Stage, clocks_for, local_day, withholding_grounds
from meldpunt.vocabulary.entities import EntityKind

from ..errors import AdjournmentRefused, NoActInForce
from .hearing import Pause, later_by


def decision_clock(
    received_at: datetime,
    *,
    adjourned_at: datetime | None = None,
    decided_at: datetime | None = None,
    pauses: Iterable[Pause] = (),
) -> Clock:
    """The term for deciding, under the act of the day of receipt. Raises NoActInForce.

    Wob article 6 and Woo article 4.4: four weeks, once to be adjourned in time, and standing still while somebody is
    heard. A term that was over stands still no more. A term of days that stands still n days ends as if it had begun n
    days later.
    """
    days: set[date] = set()
    clock = _clock(received_at, 0, adjourned_at, decided_at)
    for pause in sorted(pauses, key=lambda one: one.told_at):
        if clock.deadline is None or pause.told_at <= clock.deadline:
            days |= pause.days
            clock = _clock(received_at, len(days), adjourned_at, decided_at)
    return clock


def _clock(received_at: datetime, days: int, adjourned_at: datetime | None, decided_at: datetime | None) -> Clock:
    sent = {Stage.ADJOURNMENT: adjourned_at, Stage.DECISION: decided_at}
    event = Event(later_by(received_at, days), {stage: at for stage, at in sent.items() if at})
    clocks = clocks_for(entity_kind=EntityKind.ADMINISTRATIVE_BODY, event=event, on=local_day(received_at))
    for clock in clocks:
        if clock.stage is Stage.DECISION:
            return clock
    raise NoActInForce("On that day there was no freedom-of-information act in force that is known here.")


def act_day(*, as_of: date | None, decided_at: datetime | None, now: datetime) -> date:
    """The day whose act decides: that of the decision, or today while there is none; or that of a file of then.

    The Woo came without transitional rules for requests: what was asked under the Wob and is decided after it, is
    decided under the Woo (Raad van State, 18 May 2022, ECLI:NL:RVS:2022:1432). Who tests a decision of then tests it
    under the act of then.
    """
    return as_of or local_day(decided_at or now)


def is_another_act(one: date, other: date) -> bool:
    """Whether grounds to withhold came from different acts on these days."""
    acts = [{ground.regime for ground in withholding_grounds(day)} for day in (one, other)]
    return acts[0] != acts[1]


def check_act(on: date) -> None:
    """Raise NoActInForce where no act of that day is known here."""
    if not withholding_grounds(on):
        raise NoActInForce("On that day there was no freedom-of-information act in force that is known here.")


def check_adjournment(clock: Clock, *, adjourned_at: datetime | None, now: datetime, reason: str) -> None:
    """Raise AdjournmentRefused for a second one, one after the term, or one without a reason."""
    if adjourned_at is not None:
        raise AdjournmentRefused("A decision is adjourned only once.")
    if clock.is_overdue(now):
        raise AdjournmentRefused("The term has passed: it can no longer be adjourned.")
    if not reason.strip():
        raise AdjournmentRefused("Write why the decision is adjourned.")
