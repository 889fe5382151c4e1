"""When whoever reported is reminded of what the law still asks, and when not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from meldpunt.intake.deadline_values import Reminder
from meldpunt.intake.deadlines import clocks_from, reminders_due
from meldpunt.intake.values import ReportKind, Stage
from meldpunt.law import IN_FORCE, Clock
from meldpunt.law.clock_rules import Start
from meldpunt.law.terms import add_hours, add_to_day

AWARE = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
HOURS = [24, 4]


def clocks(*stages: tuple[Stage, datetime], kind: ReportKind = ReportKind.STATUTORY) -> tuple[Clock, ...]:
    return clocks_from(
        kind=kind, entity_kind="essential", aware_at=AWARE, received_at=AWARE, stages=stages, ended_at=None
    )


def due(
    hours: float, *stages: tuple[Stage, datetime], went: list[Reminder] | None = None, received: float = 0
) -> list[tuple[str, int]]:
    """Of which clocks, how many hours before, so many hours after awareness."""
    found = reminders_due(
        clocks(*stages),
        received_at=AWARE + timedelta(hours=received),
        hours=HOURS,
        went=went or [],
        now=AWARE + timedelta(hours=hours),
    )
    return [(clock.id, reminder.hours_before) for clock, reminder in found]


def test_the_early_warning_is_reminded_of_four_hours_before_and_once_after() -> None:
    assert due(20) == []
    assert due(20.01) == [("nis2-early", 4)]
    assert due(24) == [("nis2-early", 4)]
    assert due(24.01) == [("nis2-early", 0)]


def test_of_a_stage_that_came_in_nobody_is_reminded() -> None:
    assert due(30, (Stage.EARLY_WARNING, AWARE + timedelta(hours=1))) == []
    # A notification is an early warning too.
    assert due(30, (Stage.NOTIFICATION, AWARE + timedelta(hours=1))) == []


def test_a_clock_that_has_not_begun_reminds_nobody() -> None:
    late = [one for one, _ in due(24 * 60)]
    assert late == ["nis2-early", "nis2-notify"]


def test_an_addition_stops_no_reminder() -> None:
    assert due(25, (Stage.ADDITION, AWARE + timedelta(hours=1))) == [("nis2-early", 0)]


def test_who_reported_after_the_moment_saw_the_clock_on_the_receipt() -> None:
    assert due(22, received=21) == []
    assert due(25, received=21) == [("nis2-early", 0)]
    assert due(26, received=25) == []


def test_where_moments_were_missed_only_the_last_one_counts() -> None:
    assert ("nis2-notify", 4) in due(70)
    assert [one for one in due(80) if one[0] == "nis2-notify"] == [("nis2-notify", 0)]


def test_a_report_without_a_duty_is_reminded_of_nothing() -> None:
    assert clocks(kind=ReportKind.VOLUNTARY) == ()


@given(st.lists(st.floats(0, 2000), max_size=12).map(sorted))
def test_no_reminder_goes_twice_however_often_the_job_looks(moments: list[float]) -> None:
    went: list[Reminder] = []
    for hours in moments:
        found = reminders_due(clocks(), received_at=AWARE, hours=HOURS, went=went, now=AWARE + timedelta(hours=hours))
        went += [reminder for _, reminder in found]
    assert len(went) == len(set(went))
    # No later reminder speaks of an earlier moment.
    for one in {reminder.clock for reminder in went}:
        leads = [reminder.hours_before for reminder in went if reminder.clock == one]
        assert leads == sorted(leads, reverse=True)


def test_no_term_of_the_law_for_a_report_is_longer_than_reminding_reaches() -> None:
    """`intake.actions.reminding` looks back 120 days from what was told last."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    terms = [one.term for one in IN_FORCE.clocks if one.term and one.start is not Start.ASKED]
    ends = [add_to_day(start.date(), one) for one in terms if one.months or one.days]
    assert max(ends) - start.date() < timedelta(days=110)
    assert max(add_hours(start, one) - start for one in terms if one.hours) < timedelta(days=110)
