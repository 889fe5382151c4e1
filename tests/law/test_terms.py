"""Terms are added as the calendar on the wall would."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.law.errors import InstantOutOfRange, InstantWithoutZone, TermInvalid
from meldpunt.law.terms import Term, add_term, as_utc, parse_term

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONTH = Term(months=1)

FIRST, LAST = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (1990, 2090))
instants = st.integers(FIRST, LAST).map(lambda second: datetime.fromtimestamp(second, UTC))


def at(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=AMSTERDAM)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "term"), [("PT24H", Term(hours=24)), ("P28D", Term(days=28)), ("P1M", MONTH), ("P1M2DT3H", Term(1, 2, 3))]
)
def test_terms_are_read_as_iso_8601(text: str, term: Term) -> None:
    assert parse_term(text) == term


@pytest.mark.parametrize("text", ["", "P", "PT", "24H", "P1W", "PT24", "P-1M", "p1m", "P1Y", "P1M "])
def test_what_is_no_term_is_refused(text: str) -> None:
    with pytest.raises(TermInvalid):
        parse_term(text)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at(2026, 1, 31, 14), at(2026, 2, 28, 14)),
        (at(2028, 1, 31, 14), at(2028, 2, 29, 14)),
        (at(2028, 2, 29, 14), at(2028, 3, 29, 14)),
        (at(2026, 12, 31, 23, 59), at(2027, 1, 31, 23, 59)),
        (at(2026, 3, 31, 9), at(2026, 4, 30, 9)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_there_is(start: datetime, end: datetime) -> None:
    assert add_term(start, MONTH, AMSTERDAM) == end


def test_a_month_over_the_change_to_summer_time_keeps_the_time_on_the_wall() -> None:
    assert add_term(at(2026, 3, 10, 9), MONTH, AMSTERDAM) == datetime(2026, 4, 10, 7, tzinfo=UTC)


def test_hours_over_the_change_to_summer_time_elapse() -> None:
    end = add_term(at(2026, 3, 28, 12), Term(hours=24), AMSTERDAM)
    assert end.astimezone(AMSTERDAM).replace(tzinfo=None) == datetime(2026, 3, 29, 13)  # noqa: DTZ001


def test_hours_over_the_change_to_winter_time_elapse() -> None:
    end = add_term(at(2026, 10, 24, 12), Term(hours=24), AMSTERDAM)
    assert end.astimezone(AMSTERDAM).replace(tzinfo=None) == datetime(2026, 10, 25, 11)  # noqa: DTZ001


def test_a_time_that_summer_time_skips_moves_forward() -> None:
    assert add_term(at(2026, 2, 28, 2, 30), Term(days=29), AMSTERDAM) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_time_that_occurs_twice_is_taken_the_first_time() -> None:
    assert add_term(at(2026, 9, 25, 2, 30), MONTH, AMSTERDAM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_start_in_the_second_of_two_equal_hours_is_kept_apart_from_the_first() -> None:
    first, second = (at(2026, 10, 25, 2, 30).replace(fold=fold) for fold in (0, 1))
    day = Term(hours=24)
    assert add_term(second, day, AMSTERDAM) - add_term(first, day, AMSTERDAM) == timedelta(hours=1)


@given(instants, st.integers(1, 500))
def test_hours_are_the_same_in_every_zone(start: datetime, hours: int) -> None:
    assert add_term(start, Term(hours=hours), AMSTERDAM) == start + timedelta(hours=hours)


@given(instants, st.integers(1, 24))
def test_months_keep_the_time_on_the_wall_and_never_run_into_the_month_after(start: datetime, months: int) -> None:
    begin = start.astimezone(AMSTERDAM)
    end = add_term(start, Term(months=months), AMSTERDAM).astimezone(AMSTERDAM)
    assert (end.year * 12 + end.month) - (begin.year * 12 + begin.month) == months
    assert end.day <= begin.day
    assert (end.hour, end.minute) == (begin.hour, begin.minute) or end.hour == begin.hour + 1


@given(instants, instants, st.builds(Term, st.integers(0, 3), st.integers(0, 40), st.integers(0, 80)))
def test_who_starts_later_is_never_due_more_than_an_hour_earlier(one: datetime, two: datetime, term: Term) -> None:
    first, second = sorted((one, two))
    assert add_term(second, term, AMSTERDAM) >= add_term(first, term, AMSTERDAM) - timedelta(hours=1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InstantWithoutZone):
        add_term(datetime(2026, 1, 1), MONTH, AMSTERDAM)  # noqa: DTZ001


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-14)), timezone(timedelta(hours=14))])
def test_the_end_of_the_calendar_is_refused_and_not_crashed_on(zone: timezone) -> None:
    with pytest.raises(InstantOutOfRange):
        add_term(datetime(9999, 12, 31, 23, tzinfo=zone), MONTH, AMSTERDAM)


def test_the_beginning_of_the_calendar_is_refused_and_not_crashed_on() -> None:
    with pytest.raises(InstantOutOfRange):
        as_utc(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
