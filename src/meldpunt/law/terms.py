"""Terms of law in months, days and hours.

Hours are elapsed time, whatever clocks on the wall do in a night of daylight saving. Months and days are counted on
the local calendar and end with a day: the same day of a later month, or the last one it has. No term of law here
mixes the two, so no time on the wall is ever computed that does not exist or occurs twice.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from meldpunt.law.errors import InstantOutOfRange, InstantWithoutZone, TermInvalid
from meldpunt.vocabulary.bilingual import Bilingual

_ISO_8601 = re.compile(r"P(?:(\d{1,3})M)?(?:(\d{1,4})D)?(?:T(\d{1,4})H)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as law writes it: hours, or days and months."""

    months: int = 0
    days: int = 0
    hours: int = 0

    @property
    def ends_with_a_day(self) -> bool:
        """Whether it is counted in days and months."""
        return bool(self.months or self.days)

    @property
    def wording(self) -> Bilingual:
        """As one says it."""
        parts = [
            Bilingual(f"{count} {one.nl if count == 1 else many.nl}", f"{count} {one.en if count == 1 else many.en}")
            for count, (one, many) in zip((self.months, self.days, self.hours), _UNITS, strict=True)
            if count
        ]
        return Bilingual(" en ".join(part.nl for part in parts), " and ".join(part.en for part in parts))


_UNITS = (
    (Bilingual("maand", "month"), Bilingual("maanden", "months")),
    (Bilingual("dag", "day"), Bilingual("dagen", "days")),
    (Bilingual("uur", "hour"), Bilingual("uur", "hours")),
)


def parse_term(text: str) -> Term:
    """Read ISO 8601 such as PT24H, P28D or P1M. Raises TermInvalid, also for a term of nothing or of both kinds."""
    match = _ISO_8601.fullmatch(text)
    months, days, hours = (int(group or 0) for group in match.groups()) if match else (0, 0, 0)
    if bool(hours) == bool(months or days):
        raise TermInvalid(f"not a term in hours, or in months and days: {text!r}")
    return Term(months, days, hours)


def add_hours(start: datetime, term: Term) -> datetime:
    """The instant (UTC) that many hours after `start`. Raises InstantWithoutZone or InstantOutOfRange."""
    try:
        return as_utc(start) + timedelta(hours=term.hours)
    except OverflowError as error:
        raise InstantOutOfRange(f"{start.isoformat()} plus {term}") from error


def add_to_day(day: date, term: Term) -> date:
    """The last day of a term in months and days that begins on `day`. Raises InstantOutOfRange."""
    try:
        return _add_months(day, term.months) + timedelta(days=term.days)
    except (OverflowError, ValueError) as error:
        raise InstantOutOfRange(f"{day.isoformat()} plus {term}") from error


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of a local day, as an instant in UTC. Raises InstantOutOfRange."""
    # Where the last second of a day occurs twice, the day ends with the second of them.
    local = datetime.combine(day, time(23, 59, 59), tzinfo=zone).replace(fold=1)
    return as_utc(local)


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
