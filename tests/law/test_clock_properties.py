"""What must hold of every clock of every country, whatever happened when."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.test_second_country import ISLAND

from meldpunt.law import DUTCH, Clock, Event, Law, Stage, clocks_for, event_from_reports, next_working_day
from meldpunt.law.clock_rules import Counting, Weekday
from meldpunt.vocabulary import EntityKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DAYS_OF_LAW = {DUTCH.country: date(2026, 11, 23), ISLAND.country: date(2026, 1, 1)}
SPAN = (datetime(2024, 1, 1), datetime(2029, 12, 1))  # noqa: DTZ001 - Hypothesis adds the zone

laws = st.sampled_from([DUTCH, ISLAND])
kinds = st.sampled_from(EntityKind)
# Every quarter of an hour, so that the nights of daylight saving are hit, and the instants just beside them.
moments = st.datetimes(*SPAN, timezones=st.just(UTC)) | st.integers(0, 4 * 24 * 365 * 5).map(
    lambda quarter: SPAN[0].replace(tzinfo=UTC) + quarter * timedelta(minutes=15)
)
later = st.timedeltas(timedelta(0), timedelta(days=40)) | st.sampled_from([timedelta(seconds=1), HOUR, DAY])


def clocks(law: Law, kind: EntityKind, event: Event) -> dict[str, Clock]:
    found = clocks_for(entity_kind=kind, event=event, on=DAYS_OF_LAW[law.country], law=law)
    return {clock.id: clock for clock in found}


def event_of(aware_at: datetime, sent: dict[Stage, timedelta], ended: timedelta | None = None) -> Event:
    return Event(
        aware_at,
        {stage: aware_at + after for stage, after in sent.items()},
        aware_at + ended if ended is not None else None,
        aware_at,
    )


sent_after = st.dictionaries(st.sampled_from(Stage), later)


@given(laws, kinds, moments, sent_after, st.none() | later)
def test_no_deadline_lies_before_what_began_it(
    law: Law, kind: EntityKind, aware_at: datetime, sent: dict[Stage, timedelta], ended: timedelta | None
) -> None:
    for clock in clocks(law, kind, event_of(aware_at, sent, ended)).values():
        if clock.deadline is not None:
            assert clock.deadline > (clock.starts_from or aware_at)


@given(laws, kinds, st.tuples(moments, later), sent_after, st.none() | later)
def test_the_same_event_later_is_never_due_earlier(
    law: Law,
    kind: EntityKind,
    when: tuple[datetime, timedelta],
    sent: dict[Stage, timedelta],
    ended: timedelta | None,
) -> None:
    aware_at, shift = when
    # Whether a report was in time, or an incident over by then, may turn with the weekend it falls in; not the clock.
    without_extension = {stage: after for stage, after in sent.items() if stage not in _EXTENDING}
    first = clocks(law, kind, event_of(aware_at, without_extension, ended))
    second = clocks(law, kind, event_of(aware_at + shift, without_extension, ended))
    for id_, clock in first.items():
        moved = second[id_].deadline
        assert (clock.deadline is None) == (moved is None)
        assert clock.deadline is None or moved is None or clock.deadline <= moved


_EXTENDING = {rule.extension.after for law in (DUTCH, ISLAND) for rule in law.clocks if rule.extension}


@given(laws, kinds, moments, st.lists(st.tuples(st.sampled_from(Stage), later), max_size=6), later)
def test_whatever_is_sent_again_changes_no_clock(
    law: Law, kind: EntityKind, aware_at: datetime, sent: list[tuple[Stage, timedelta]], again: timedelta
) -> None:
    reports = [(stage, aware_at + after) for stage, after in sent]
    revised = [*reports, *((stage, sent_at + again) for stage, sent_at in reports)]
    once = event_from_reports(aware_at=aware_at, reports=reports)
    twice = event_from_reports(aware_at=aware_at, reports=revised)
    assert clocks(law, kind, once) == clocks(law, kind, twice)


@given(laws, kinds, moments, st.sampled_from(["America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"]))
def test_an_instant_told_in_another_zone_is_the_same_instant(
    law: Law, kind: EntityKind, aware_at: datetime, zone: str
) -> None:
    elsewhere = Event(aware_at.astimezone(ZoneInfo(zone)))
    assert clocks(law, kind, elsewhere) == clocks(law, kind, Event(aware_at))


@given(laws, kinds, moments)
def test_a_term_in_days_ends_with_a_working_day_and_one_in_hours_to_the_second(
    law: Law, kind: EntityKind, aware_at: datetime
) -> None:
    rules = {rule.id: rule for rule in law.clocks}
    for clock in clocks(law, kind, Event(aware_at, {Stage.INCIDENT_NOTIFICATION: aware_at}, aware_at)).values():
        rule = rules[clock.id]
        if clock.deadline is None or clock.starts_from is None or rule.term is None:
            continue
        if rule.counting is Counting.TO_THE_INSTANT:
            assert clock.deadline - clock.starts_from == rule.term.hours * HOUR
        else:
            last = clock.deadline.astimezone(law.zone)
            assert (last.hour, last.minute, last.second) == (23, 59, 59)
            assert Weekday.of(last.date()) not in law.weekend
            assert next_working_day(last.date(), law) == last.date()


AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def due(clock: str, aware_at: datetime, kind: EntityKind = EntityKind.ESSENTIAL, **more: datetime) -> datetime | None:
    sent = {Stage.INCIDENT_NOTIFICATION: more["notified"]} if "notified" in more else {}
    return clocks(DUTCH, kind, Event(aware_at, sent, more.get("ended")))[clock].deadline


@pytest.mark.parametrize(
    ("aware", "deadline"),
    [
        # Spring: the hour from two to three does not exist.
        (datetime(2026, 3, 28, 2, 30), datetime(2026, 3, 29, 3, 30)),  # noqa: DTZ001
        (datetime(2026, 3, 29, 1, 59), datetime(2026, 3, 30, 2, 59)),  # noqa: DTZ001
        (datetime(2026, 3, 29, 3, 0), datetime(2026, 3, 30, 3, 0)),  # noqa: DTZ001
        # Autumn: it occurs twice.
        (datetime(2026, 10, 24, 2, 30), datetime(2026, 10, 25, 2, 30)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 26, 1, 30)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 2, 30, fold=1), datetime(2026, 10, 26, 2, 30)),  # noqa: DTZ001
        (datetime(2026, 10, 25, 3, 0), datetime(2026, 10, 26, 3, 0)),  # noqa: DTZ001
        # The end of a year, and of February in a leap year.
        (datetime(2026, 12, 31, 12), datetime(2027, 1, 1, 12)),  # noqa: DTZ001
        (datetime(2028, 2, 28, 12), datetime(2028, 2, 29, 12)),  # noqa: DTZ001
    ],
)
def test_the_early_warning_is_due_24_hours_later_whatever_the_clocks_on_the_wall_do(
    aware: datetime, deadline: datetime
) -> None:
    assert due("nis2-early", aware.replace(tzinfo=AMSTERDAM)) == deadline.replace(tzinfo=AMSTERDAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("notified", "last_day"),
    [
        ((2027, 1, 31), (2027, 3, 1)),  # 28 February is a Sunday
        ((2028, 1, 31), (2028, 2, 29)),
        ((2028, 2, 29), (2028, 3, 29)),
        ((2027, 11, 30), (2027, 12, 30)),
        ((2026, 12, 31), (2027, 2, 1)),  # 31 January is a Sunday
        ((2027, 11, 25), (2027, 12, 27)),  # Christmas is a Saturday, Boxing Day a Sunday
        ((2027, 2, 26), (2027, 3, 30)),  # Good Friday to Easter Monday
        ((2026, 9, 25), (2026, 10, 26)),  # the day the clocks go back is a Sunday
        ((2028, 3, 27), (2028, 4, 28)),  # King's Day is a Thursday
    ],
)
def test_the_final_report_is_due_at_the_end_of_a_working_day(
    notified: tuple[int, int, int], last_day: tuple[int, int, int]
) -> None:
    sent_at = datetime(*notified, 15, 30, tzinfo=AMSTERDAM)
    assert due("nis2-final", sent_at - HOUR, notified=sent_at) == datetime(*last_day, 23, 59, 59, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("ended", "last_day"),
    [
        ((2013, 12, 1), (2013, 12, 30)),  # 29 December is a Sunday
        ((2013, 11, 27), (2013, 12, 27)),  # Christmas Day and Boxing Day
        ((2013, 12, 4), (2014, 1, 2)),  # New Year's Day
        ((2016, 2, 1), (2016, 2, 29)),
        ((2013, 4, 2), (2013, 5, 1)),  # Queen's Day
    ],
)
def test_the_telecom_report_is_due_four_weeks_after_the_breach_ended_and_not_after_it_began(
    ended: tuple[int, int, int], last_day: tuple[int, int, int]
) -> None:
    ended_at = datetime(*ended, 8, tzinfo=AMSTERDAM)
    (final,) = [
        clock
        for clock in clocks_for(
            entity_kind=EntityKind.TELECOM_PROVIDER, event=Event(ended_at - 9 * DAY, ended_at=ended_at)
        )
        if clock.id == "tw11a-final"
    ]
    assert final.deadline == datetime(*last_day, 23, 59, 59, tzinfo=AMSTERDAM)
