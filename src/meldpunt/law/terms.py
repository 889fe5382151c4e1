"""Terms of law in months, days and hours, added to an instant the way a calendar on the wall would.

Hours are elapsed time. Months and days are counted on the local calendar: the same wall-clock time on the
later day, the last day of the month where the day does not exist. A wall-clock time that a change to summer
time skips moves forward; one that occurs twice is taken the first time, so that nobody is late by an hour.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meldpunt.law.errors import InstantOutOfRange, InstantWithoutZone, TermInvalid

_ISO_8601 = re.compile(r"P(?:(\d{1,3})M)?(?:(\d{1,4})D)?(?:T(\d{1,4})H)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as law writes it."""

    months: int = 0
    days: int = 0
    hours: int = 0


def parse_term(text: str) -> Term:
    """Read ISO 8601 such as PT24H, P28D or P1M. Raises TermInvalid, also for a term of nothing."""
    match = _ISO_8601.fullmatch(text)
    if match is None or not any(match.groups()):
        raise TermInvalid(f"not a term in months, days and hours: {text!r}")
    months, days, hours = (int(group or 0) for group in match.groups())
    return Term(months, days, hours)


def add_term(start: datetime, term: Term, zone: ZoneInfo) -> datetime:
    """The instant (UTC) one term after `start`, counted in `zone`.

    Raises InstantWithoutZone for a naive start, InstantOutOfRange past the last year of the calendar.
    """
    try:
        local = as_utc(start).astimezone(zone)
        if term.months or term.days:
            day = _add_months(local.date(), term.months) + timedelta(days=term.days)
            local = _existing(datetime.combine(day, local.timetz().replace(fold=0)), zone)
        return local.astimezone(UTC) + timedelta(hours=term.hours)
    except (OverflowError, ValueError) as error:
        raise InstantOutOfRange(f"{start.isoformat()} plus {term}") from error


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a local day, as an instant in UTC."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=zone).astimezone(UTC)


def as_utc(instant: datetime) -> datetime:
    """The same instant in UTC. Raises InstantWithoutZone or InstantOutOfRange."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise InstantWithoutZone(f"no zone: {instant.isoformat()}")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise InstantOutOfRange(instant.isoformat()) from error


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _existing(local: datetime, zone: ZoneInfo) -> datetime:
    """The wall-clock time, moved forward by the jump when summer time skipped it."""
    # A round trip through UTC changes a skipped time and leaves every other as it is (PEP 495).
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
