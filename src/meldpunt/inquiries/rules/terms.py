"""By when an answer is asked, when somebody is reminded, and from which second on it is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Final

from meldpunt.disclosure.values import State as DisclosureState
from meldpunt.law import IN_FORCE, local_day, next_working_day
from meldpunt.law.terms import Term, add_to_day, end_of_day, parse_term
from meldpunt.vocabulary.rows import read_rows

from ..errors import TermUnfit
from ..values import Outcome, ReminderKind, State


@dataclass(frozen=True, slots=True)
class Terms:
    """What this house holds itself and others to; `data/terms.toml`."""

    answer: Term
    longest: timedelta
    before: timedelta
    after: timedelta
    most_after: int


@cache
def house_terms() -> Terms:
    """The terms of the data file. Raises DataFileInvalid, TermInvalid."""
    row = read_rows(resources.files("meldpunt.inquiries") / "data" / "terms.toml")
    terms = Terms(
        answer=parse_term(row.text("answer")),
        longest=timedelta(days=row.whole("longest_days")),
        before=timedelta(days=row.whole("remind_days_before")),
        after=timedelta(days=row.whole("remind_days_after")),
        most_after=row.whole("most_after"),
    )
    row.refuse_unread()
    return terms


def usual_term(now: datetime) -> datetime:
    """The last second in which an answer is in time where nothing else was said: the end of a working day."""
    last = add_to_day(local_day(now), house_terms().answer)
    return end_of_day(next_working_day(last), IN_FORCE.zone)


def check_term(due_at: datetime, *, now: datetime) -> None:
    """Raise TermUnfit for a moment without a zone, one that is past, or one that is too far away."""
    if due_at.tzinfo is None or not now < due_at <= now + house_terms().longest:
        raise TermUnfit("Choose a moment in the coming half year by which the answer is needed.")


def is_overdue(due_at: datetime, *, now: datetime) -> bool:
    """The term's last second is in time; the next is not."""
    return now > due_at


_ENDS: Final = {
    DisclosureState.REFUSED: State.REFUSED_BY_LAW,
    DisclosureState.PROPOSED: State.WAITING_FOR_APPROVAL,
    DisclosureState.WAITING_FOR_APPROVAL: State.WAITING_FOR_APPROVAL,
    DisclosureState.WITHDRAWN: State.WITHDRAWN,
}
_SAID: Final = {Outcome.WHOLE: State.ANSWERED, Outcome.REFUSAL: State.REFUSED}


def state_of(
    told: DisclosureState, outcome: Outcome | None, *, is_closed: bool, due_at: datetime, now: datetime
) -> State:
    """How far an inquiry of ours came; `outcome` is that of the last answer."""
    if told in _ENDS:
        return _ENDS[told]
    if is_closed:
        return State.CLOSED
    if outcome in _SAID:
        return _SAID[outcome]
    if is_overdue(due_at, now=now):
        return State.OVERDUE
    return State.PARTLY if outcome else State.ASKED


def reminder_due(
    asked_at: datetime, due_at: datetime, sent: Sequence[tuple[ReminderKind, datetime]], *, now: datetime
) -> ReminderKind | None:
    """Which reminder is to go now, if any. `sent`: those that went, in order.

    Somebody who was given less time than the reminder comes before its end is not reminded before it.
    """
    terms, kinds = house_terms(), [kind for kind, _ in sent]
    if not is_overdue(due_at, now=now):
        early = due_at - terms.before
        return ReminderKind.BEFORE if asked_at < early <= now and not kinds else None
    if ReminderKind.OVERDUE not in kinds:
        return ReminderKind.OVERDUE
    may_repeat = kinds.count(ReminderKind.AGAIN) < terms.most_after
    return ReminderKind.AGAIN if may_repeat and sent[-1][1] + terms.after <= now else None
