"""By when, when somebody is reminded, and from which second on it is late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.disclosure.values import State as Told
from meldpunt.inquiries.rules.terms import house_terms, is_overdue, reminder_due, state_of, usual_term
from meldpunt.inquiries.values import Outcome, ReminderKind, State
from meldpunt.law import local_day, next_working_day

DUE = datetime(2026, 12, 1, 22, 59, 59, tzinfo=UTC)
ASKED = DUE - timedelta(days=14)
hours = st.integers(0, 24 * 365 * 25).map(lambda hour: datetime(2014, 1, 1, tzinfo=UTC) + timedelta(hours=hour))


def test_the_last_second_of_the_term_is_in_time_and_the_next_is_not() -> None:
    assert not is_overdue(DUE, now=DUE)
    assert is_overdue(DUE, now=DUE + timedelta(seconds=1))


def test_the_usual_term_ends_with_a_working_day_after_christmas() -> None:
    due = usual_term(datetime(2026, 12, 11, 9, tzinfo=UTC))
    assert local_day(due).isoformat() == "2026-12-28"


@given(now=hours)
def test_the_usual_term_always_ends_on_a_working_day_in_two_weeks_or_a_little_more(now: datetime) -> None:
    due = usual_term(now)
    assert next_working_day(local_day(due)) == local_day(due)
    assert timedelta(days=13) < due - now < timedelta(days=21)


@pytest.mark.parametrize(
    ("told", "outcome", "is_closed", "late", "state"),
    [
        (Told.REFUSED, None, False, True, State.REFUSED_BY_LAW),
        (Told.WAITING_FOR_APPROVAL, None, False, True, State.WAITING_FOR_APPROVAL),
        (Told.DELIVERED, None, False, False, State.ASKED),
        (Told.DELIVERED, None, False, True, State.OVERDUE),
        (Told.DELIVERED, Outcome.PART, False, False, State.PARTLY),
        (Told.DELIVERED, Outcome.PART, False, True, State.OVERDUE),
        (Told.SUPERSEDED, Outcome.WHOLE, False, True, State.ANSWERED),
        (Told.DELIVERED, Outcome.REFUSAL, False, False, State.REFUSED),
        (Told.DELIVERED, Outcome.WHOLE, True, True, State.CLOSED),
        (Told.WITHDRAWN, Outcome.PART, True, True, State.WITHDRAWN),
    ],
)
def test_the_state_follows_from_what_was_told_answered_and_ended(
    told: Told, outcome: Outcome | None, is_closed: bool, late: bool, state: State
) -> None:
    now = DUE + timedelta(seconds=1 if late else -1)
    assert state_of(told, outcome, is_closed=is_closed, due_at=DUE, now=now) is state


def test_who_was_given_little_time_is_not_reminded_before_its_end() -> None:
    asked = DUE - timedelta(days=2)
    assert reminder_due(asked, DUE, [], now=DUE) is None
    assert reminder_due(ASKED, DUE, [], now=DUE) is ReminderKind.BEFORE


@given(late=st.lists(st.integers(1, 2_000), max_size=200))
def test_nobody_is_reminded_without_end_and_never_twice_at_once(late: list[int]) -> None:
    sent: list[tuple[ReminderKind, datetime]] = []
    for now in (ASKED + timedelta(hours=hour) for hour in sorted(late)):
        kind = reminder_due(ASKED, DUE, sent, now=now)
        if kind:
            sent.append((kind, now))
            assert reminder_due(ASKED, DUE, sent, now=now) is None
            assert (kind is ReminderKind.BEFORE) is (now <= DUE)
    assert len(sent) <= 2 + house_terms().most_after
