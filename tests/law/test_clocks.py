"""Statutory clocks: what runs for whom, from when, until when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.law import (
    DUTCH,
    Clock,
    ClockState,
    Event,
    Stage,
    clocks_for,
    event_from_reports,
    local_day,
    next_working_day,
)
from meldpunt.law.clock_rules import easter_sunday
from meldpunt.law.errors import InstantOutOfRange, InstantWithoutZone
from meldpunt.vocabulary import EntityKind

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AWARE = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

FIRST, LAST = (int(datetime(year, 9, 1, tzinfo=UTC).timestamp()) for year in (2026, 2060))
moments = st.integers(FIRST, LAST).map(lambda second: datetime.fromtimestamp(second, UTC))


def end_of(year: int, month: int, day: int) -> datetime:
    """The last second of that day in Amsterdam."""
    return datetime(year, month, day, 23, 59, 59, tzinfo=AMSTERDAM)


def clocks(event: Event, kind: EntityKind = EntityKind.ESSENTIAL) -> dict[str, Clock]:
    return {clock.id: clock for clock in clocks_for(entity_kind=kind, event=event)}


def test_a_drinking_water_company_sees_three_clocks_today() -> None:
    running = clocks(Event(AWARE))
    assert {clock.id: clock.deadline for clock in running.values()} == {
        "nis2-early": AWARE + 24 * HOUR,
        "nis2-notify": AWARE + 72 * HOUR,
        "nis2-final": end_of(2026, 12, 28),  # 26 December is a Saturday
    }
    assert [clock.state for clock in running.values()] == [
        ClockState.RUNNING,
        ClockState.RUNNING,
        ClockState.WAITING,
    ]


def test_before_the_notification_the_final_report_shows_its_latest_possible_moment() -> None:
    final = clocks(Event(AWARE))["nis2-final"]
    assert final.is_latest_possible
    assert final.starts_from is None
    assert "one month after the incident notification" in final.rule.en


def test_the_month_of_the_final_report_runs_from_the_notification_and_not_from_awareness() -> None:
    final = clocks(Event(AWARE, {Stage.INCIDENT_NOTIFICATION: AWARE + DAY}))["nis2-final"]
    assert final.deadline == end_of(2026, 12, 24)
    assert (final.state, final.is_latest_possible) == (ClockState.RUNNING, False)


@given(moments, st.lists(st.integers(0, 2000), min_size=1, max_size=6))
def test_a_revised_report_never_restarts_a_clock(aware_at: datetime, hours: list[int]) -> None:
    sent = [(Stage.INCIDENT_NOTIFICATION, aware_at + hour * HOUR) for hour in hours]
    once = event_from_reports(aware_at=aware_at, reports=[min(sent, key=lambda report: report[1])])
    assert clocks(event_from_reports(aware_at=aware_at, reports=sent)) == clocks(once)


def test_a_notification_within_a_day_also_meets_the_early_warning() -> None:
    early = clocks(Event(AWARE, {Stage.INCIDENT_NOTIFICATION: AWARE + 23 * HOUR}))["nis2-early"]
    assert (early.state, early.met_at) == (ClockState.MET, AWARE + 23 * HOUR)


@pytest.mark.parametrize(
    ("after", "state"),
    [(72 * HOUR, ClockState.MET), (72 * HOUR + timedelta(seconds=1), ClockState.MET_LATE)],
)
def test_a_notification_one_second_after_its_deadline_is_late(after: timedelta, state: ClockState) -> None:
    assert clocks(Event(AWARE, {Stage.INCIDENT_NOTIFICATION: AWARE + after}))["nis2-notify"].state is state


def test_a_clock_is_overdue_after_its_deadline_until_it_is_met() -> None:
    early = clocks(Event(AWARE))["nis2-early"]
    assert not early.is_overdue(AWARE + 24 * HOUR)
    assert early.is_overdue(AWARE + 24 * HOUR + timedelta(seconds=1))
    met = clocks(Event(AWARE, {Stage.EARLY_WARNING: AWARE + 30 * HOUR}))["nis2-early"]
    assert not met.is_overdue(AWARE + 40 * HOUR)


def test_after_a_progress_report_the_final_report_runs_from_the_end_of_the_incident() -> None:
    sent = {Stage.INCIDENT_NOTIFICATION: AWARE + DAY, Stage.PROGRESS_REPORT: AWARE + 30 * DAY}
    still_running = clocks(Event(AWARE, sent))["nis2-final"]
    ended = clocks(Event(AWARE, sent, ended_at=datetime(2027, 1, 31, 10, tzinfo=UTC)))["nis2-final"]
    assert (still_running.state, still_running.deadline) == (ClockState.WAITING, None)
    assert ended.deadline == end_of(2027, 3, 1)  # 28 February is a Sunday


def test_a_progress_report_on_an_incident_that_ended_in_time_moves_nothing() -> None:
    sent = {Stage.INCIDENT_NOTIFICATION: AWARE + DAY}
    early = sent | {Stage.PROGRESS_REPORT: AWARE + 2 * DAY}
    for ended_at in (AWARE + 3 * DAY, end_of(2026, 12, 24)):
        assert clocks(Event(AWARE, early, ended_at))["nis2-final"].deadline == end_of(2026, 12, 24)
    later = clocks(Event(AWARE, early, end_of(2026, 12, 24) + HOUR))["nis2-final"]
    assert later.deadline == end_of(2027, 1, 25)


def test_an_intermediate_report_appears_only_when_it_was_asked_for() -> None:
    assert "nis2-intermediate" not in clocks(Event(AWARE))
    asked = clocks(Event(AWARE, asked_at=AWARE + DAY))["nis2-intermediate"]
    assert (asked.starts_from, asked.deadline) == (AWARE + DAY, None)


def test_a_trust_service_notifies_within_a_day() -> None:
    trust = clocks(Event(AWARE), EntityKind.TRUST_SERVICE_PROVIDER)
    assert trust["nis2-notify-tsp"].deadline == AWARE + 24 * HOUR
    assert trust["nis2-final"].deadline == end_of(2026, 12, 24)
    assert "nis2-notify" not in trust


def test_the_change_to_summer_time_does_not_stretch_or_shorten_hours() -> None:
    aware_at = datetime(2027, 3, 27, 12, tzinfo=AMSTERDAM)
    running = clocks(Event(aware_at))
    assert running["nis2-early"].deadline == datetime(2027, 3, 28, 13, tzinfo=AMSTERDAM)
    assert running["nis2-notify"].deadline == datetime(2027, 3, 30, 13, tzinfo=AMSTERDAM)
    assert running["nis2-final"].deadline == end_of(2027, 4, 30)


def test_a_notification_on_31_january_is_followed_up_by_the_last_day_of_february() -> None:
    leap = Event(
        datetime(2028, 1, 30, tzinfo=UTC), {Stage.INCIDENT_NOTIFICATION: datetime(2028, 1, 31, 12, tzinfo=UTC)}
    )
    assert clocks(leap)["nis2-final"].deadline == end_of(2028, 2, 29)


@given(moments)
def test_a_final_report_is_due_at_the_end_of_a_working_day_and_never_before_its_month_is_over(
    sent_at: datetime,
) -> None:
    final = clocks(Event(sent_at, {Stage.INCIDENT_NOTIFICATION: sent_at}))["nis2-final"]
    assert final.deadline is not None
    last, sent = final.deadline.astimezone(AMSTERDAM), sent_at.astimezone(AMSTERDAM)
    assert (last.hour, last.minute, last.second) == (23, 59, 59)
    assert next_working_day(last.date()) == last.date()
    assert 28 <= (last.date() - sent.date()).days <= 31 + 5


@given(moments)
def test_early_warning_notification_and_final_report_come_due_in_that_order(aware_at: datetime) -> None:
    running = clocks(Event(aware_at))
    due = [running[clock].deadline for clock in ("nis2-early", "nis2-notify", "nis2-final")]
    assert None not in due
    assert due == sorted(due, key=lambda instant: instant or aware_at)


@given(moments, st.integers(0, 72))
def test_no_notification_in_time_makes_the_final_report_due_later_than_was_shown(
    aware_at: datetime, hours: int
) -> None:
    shown = clocks(Event(aware_at))["nis2-final"].deadline
    actual = clocks(Event(aware_at, {Stage.INCIDENT_NOTIFICATION: aware_at + hours * HOUR}))["nis2-final"].deadline
    assert shown is not None
    assert actual is not None
    assert actual <= shown


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        (EntityKind.TELECOM_PROVIDER, date(2013, 12, 12), ["tw11a-initial", "tw11a-final"]),
        (EntityKind.TRUST_SERVICE_PROVIDER, date(2013, 10, 31), []),
        (EntityKind.TRUST_SERVICE_PROVIDER, date(2013, 11, 1), ["csp-2013"]),
        (EntityKind.TRUST_SERVICE_PROVIDER, date(2020, 1, 1), ["eidas-19"]),
        (EntityKind.ESSENTIAL, date(2013, 12, 12), []),
        (EntityKind.ESSENTIAL, date(2026, 8, 14), ["wbni-10"]),
        (EntityKind.ESSENTIAL, date(2026, 8, 15), ["nis2-early", "nis2-notify", "nis2-final"]),
        (EntityKind.CSIRT, date(2026, 8, 15), ["nis2-csirt-reply", "nis2-spoc-affected"]),
        (EntityKind.NOT_COVERED, date(2026, 8, 15), []),
    ],
)
def test_clocks_are_those_of_the_day_and_the_kind_of_entity(kind: EntityKind, day: date, expected: list[str]) -> None:
    event = Event(datetime.combine(day, datetime.min.time(), tzinfo=AMSTERDAM))
    assert list(clocks(event, kind)) == expected


def test_the_day_that_counts_is_the_local_one() -> None:
    late_evening = datetime(2026, 8, 14, 22, 30, tzinfo=UTC)
    assert local_day(late_evening) == date(2026, 8, 15)
    assert "nis2-early" in clocks(Event(late_evening))


def test_the_telecom_report_of_2013_ends_28_days_after_the_breach_ended() -> None:
    began, ended = datetime(2013, 12, 1, 8, tzinfo=UTC), datetime(2013, 12, 3, 8, tzinfo=UTC)
    waiting = clocks(Event(began), EntityKind.TELECOM_PROVIDER)["tw11a-final"]
    running = clocks(Event(began, ended_at=ended), EntityKind.TELECOM_PROVIDER)["tw11a-final"]
    assert (waiting.state, waiting.deadline) == (ClockState.WAITING, None)
    assert running.deadline == end_of(2013, 12, 31)


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        (date(2013, 12, 2), date(2013, 12, 30)),
        (date(2013, 11, 28), date(2013, 12, 27)),  # 26 December is a holiday
        (date(2013, 12, 7), date(2014, 1, 6)),  # 4 January is a Saturday
        (date(2026, 4, 8), date(2026, 5, 6)),
        (date(2026, 3, 30), date(2026, 4, 28)),  # 27 April is King's Day
        (date(2027, 2, 26), date(2027, 3, 30)),  # Good Friday to Easter Monday
    ],
)
def test_a_decision_is_due_at_the_end_of_a_working_day(received: date, last_day: date) -> None:
    event = Event(datetime.combine(received, datetime.min.time(), tzinfo=AMSTERDAM) + 10 * HOUR)
    (decision,) = clocks_for(entity_kind=EntityKind.ADMINISTRATIVE_BODY, event=event)
    end = datetime.combine(last_day, datetime.min.time(), tzinfo=AMSTERDAM).replace(hour=23, minute=59, second=59)
    assert decision.deadline == end


@pytest.mark.parametrize(("sent_after", "days"), [(20, 56), (40, 28)])
def test_a_decision_is_adjourned_only_by_a_notice_in_time(sent_after: int, days: int) -> None:
    received = datetime(2013, 9, 2, 10, tzinfo=UTC)
    event = Event(received, {Stage.ADJOURNMENT: received + sent_after * DAY})
    (decision,) = clocks_for(entity_kind=EntityKind.ADMINISTRATIVE_BODY, event=event)
    assert decision.deadline is not None
    assert decision.deadline.astimezone(AMSTERDAM).date() == date(2013, 9, 2) + days * DAY


@pytest.mark.parametrize(("year", "easter"), [(2013, (3, 31)), (2024, (3, 31)), (2026, (4, 5)), (2038, (4, 25))])
def test_easter_falls_where_the_calendar_says(year: int, easter: tuple[int, int]) -> None:
    assert easter_sunday(year) == date(year, *easter)


@given(st.dates(min_value=date(1965, 1, 1), max_value=date(2500, 1, 1)))
def test_the_next_working_day_is_close_and_stays_itself(day: date) -> None:
    found = next_working_day(day)
    assert day <= found <= day + 5 * DAY
    assert found.weekday() < 5
    assert next_working_day(found) == found


def test_every_clock_says_when_its_article_was_not_re_read() -> None:
    verified = {clock.id: clock.verified for clock in DUTCH.clocks}
    assert verified["nis2-early"]
    assert verified["woo-decision"]
    assert not verified["nis2-summary"]
    assert not verified["wgmc-notify"]


def test_instants_without_a_zone_or_at_the_end_of_time_are_refused() -> None:
    with pytest.raises(InstantWithoutZone):
        clocks(Event(datetime(2026, 11, 23, 9)))  # noqa: DTZ001
    with pytest.raises(InstantOutOfRange):
        clocks(Event(datetime(9999, 12, 31, 22, tzinfo=UTC)))
