"""Hours elapse, days and months end with a day of the calendar on the wall."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.law.errors import InstantOutOfRange, InstantWithoutZone, TermInvalid
from meldpunt.law.terms import Term, add_hours, add_to_day, as_utc, end_of_day, parse_term

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONTH, DAY = Term(months=1), Term(hours=24)
# Half an hour of daylight saving, an hour at midnight, an hour at night, none.
ZONES = [ZoneInfo(key) for key in ("Australia/Lord_Howe", "Atlantic/Azores", "Europe/Amsterdam", "Asia/Kolkata")]

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
in_days = st.builds(Term, st.integers(0, 24), st.integers(0, 400))


def at(*moment: int, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime(*moment, tzinfo=zone)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "term"), [("PT24H", DAY), ("P28D", Term(days=28)), ("P1M", MONTH), ("P1M2D", Term(1, 2))]
)
def test_terms_are_read_as_iso_8601(text: str, term: Term) -> None:
    assert parse_term(text) == term


@pytest.mark.parametrize(
    ("term", "dutch", "english"),
    [
        (DAY, "24 uur", "24 hours"),
        (MONTH, "1 maand", "1 month"),
        (Term(2, 1), "2 maanden en 1 dag", "2 months and 1 day"),
    ],
)
def test_a_term_is_said_as_one_says_it(term: Term, dutch: str, english: str) -> None:
    assert (term.wording.nl, term.wording.en) == (dutch, english)


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "24H", "P1W", "PT24", "P-1M", "p1m", "P1Y", "P1M ", "P0D", "PT0H", "P1DT3H"]
)
def test_what_is_no_term_or_one_of_both_kinds_is_refused(text: str) -> None:
    with pytest.raises(TermInvalid):
        parse_term(text)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 29)),
        (date(2027, 12, 31), date(2028, 1, 31)),
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2100, 1, 30), date(2100, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_there_is(start: date, end: date) -> None:
    assert add_to_day(start, MONTH) == end


@pytest.mark.parametrize(
    ("zone", "night"),
    [
        ("Europe/Amsterdam", (2026, 3, 29)),
        ("Europe/Amsterdam", (2026, 10, 25)),
        ("America/Santiago", (2026, 4, 4)),
        ("America/Santiago", (2026, 9, 6)),
        ("Australia/Lord_Howe", (2026, 4, 5)),
        ("Australia/Lord_Howe", (2026, 10, 4)),
    ],
)
def test_24_hours_over_a_night_of_daylight_saving_are_24_hours(zone: str, night: tuple[int, int, int]) -> None:
    noon_before = at(*night, 12, zone=ZoneInfo(zone)) - timedelta(days=1)
    assert add_hours(noon_before, DAY) - noon_before.astimezone(UTC) == timedelta(hours=24)
    assert add_hours(noon_before, DAY).astimezone(ZoneInfo(zone)).hour in {11, 12, 13}


def test_a_start_in_the_second_of_two_equal_hours_is_kept_apart_from_the_first() -> None:
    first, second = (at(2026, 10, 25, 2, 30).replace(fold=fold) for fold in (0, 1))
    assert add_hours(second, DAY) - add_hours(first, DAY) == timedelta(hours=1)


def test_a_day_whose_last_hour_occurs_twice_ends_with_the_second() -> None:
    santiago = ZoneInfo("America/Santiago")
    assert end_of_day(date(2026, 4, 4), santiago) == datetime(2026, 4, 5, 3, 59, 59, tzinfo=UTC)


@given(st.sampled_from(ZONES), days)
def test_a_day_ends_one_second_before_the_next_begins(zone: ZoneInfo, day: date) -> None:
    ends_at = end_of_day(day, zone)
    assert ends_at.astimezone(zone).date() == day
    assert (ends_at + timedelta(seconds=1)).astimezone(zone).date() == day + timedelta(days=1)


@given(days, days, in_days)
def test_who_starts_later_is_never_due_on_an_earlier_day(one: date, two: date, term: Term) -> None:
    first, second = sorted((one, two))
    assert first <= add_to_day(first, term) <= add_to_day(second, term)


@given(days, st.integers(1, 24))
def test_months_never_run_into_the_month_after(start: date, months: int) -> None:
    end = add_to_day(start, Term(months=months))
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day <= start.day


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(InstantWithoutZone):
        add_hours(datetime(2026, 1, 1), DAY)  # noqa: DTZ001


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-14)), timezone(timedelta(hours=14))])
def test_the_end_of_the_calendar_is_refused_and_not_crashed_on(zone: timezone) -> None:
    with pytest.raises(InstantOutOfRange):
        add_hours(datetime(9999, 12, 31, 23, tzinfo=zone), DAY)
    with pytest.raises(InstantOutOfRange):
        add_to_day(date(9999, 12, 31), MONTH)
    with pytest.raises(InstantOutOfRange):
        end_of_day(date(9999, 12, 31), ZoneInfo("America/Santiago"))


def test_the_beginning_of_the_calendar_is_refused_and_not_crashed_on() -> None:
    with pytest.raises(InstantOutOfRange):
        as_utc(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=14))))
