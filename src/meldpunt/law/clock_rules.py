"""Statutory clocks as law writes them: from what they run, how long, and what stops them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from meldpunt.law.terms import Term
from meldpunt.law.values import RegimeId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.entities import EntityKind


class Stage(StrEnum):
    """What can be sent within a statutory procedure; each stops, or starts, a clock."""

    EARLY_WARNING = "early-warning"
    INCIDENT_NOTIFICATION = "incident-notification"
    INTERMEDIATE_REPORT = "intermediate-report"
    PROGRESS_REPORT = "progress-report"
    FINAL_REPORT = "final-report"
    REPLY = "reply"
    CROSS_BORDER_NOTICE = "cross-border-notice"
    SUMMARY = "summary"
    DECISION = "decision"
    ADJOURNMENT = "adjournment"


class Start(StrEnum):
    """From which moment a clock runs."""

    AWARE = "aware"
    NOTIFIED = "notified"
    ENDED = "ended"
    ASKED = "asked"


class Counting(StrEnum):
    """TO_THE_INSTANT: a term in hours, which elapse. END_OF_DAY: the term ends with its last day. END_OF_WORKING_DAY:
    likewise, and when that day lies in the weekend or is a general holiday, with the next working day.

    A term in days or months always ends with a day: counted to the hour, whoever begins later on 31 January than on the
    30th could be due earlier.
    """

    TO_THE_INSTANT = "to-the-instant"
    END_OF_DAY = "end-of-day"
    END_OF_WORKING_DAY = "end-of-working-day"


class Weekday(StrEnum):
    """A day of the week; a country says which make its weekend. In the order of `date.weekday`."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> "Weekday":
        """The day of the week of that date."""
        return list(cls)[day.weekday()]


@dataclass(frozen=True, slots=True)
class Extension:
    """Once `after` was sent, the clock runs another `term` from another `start`.

    From the end of an incident it does so only where that end lies after the first deadline.
    `in_time_only`: only when it was sent before the first deadline passed.
    """

    after: Stage
    start: Start
    term: Term
    in_time_only: bool


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One row of the law's table of deadlines.

    `term` None: the law gives no number ("without delay", "on request"). `start_stage` says which stage a
    clock that starts at NOTIFIED waits for. `met_by` always holds `stage`.
    """

    id: str
    regime: RegimeId
    name: Bilingual
    rule: Bilingual
    recipient: Bilingual
    content: Bilingual
    article: str
    source: str
    verified: bool
    entity_kinds: frozenset[EntityKind]
    stage: Stage
    met_by: frozenset[Stage]
    start: Start
    start_stage: Stage | None
    term: Term | None
    counting: Counting
    extension: Extension | None
    valid_from: date
    valid_until: date | None

    def is_valid_on(self, day: date) -> bool:
        """Whether the duty is law on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A general holiday: a fixed day of the year, or a number of days after Easter Sunday."""

    name: Bilingual
    month: int | None
    day: int | None
    days_after_easter: int | None
    first_year: int
    last_year: int | None

    def falls_on(self, day: date) -> bool:
        """Whether that day is this holiday."""
        if day.year < self.first_year or (self.last_year is not None and day.year > self.last_year):
            return False
        if self.days_after_easter is not None:
            return day == easter_sunday(day.year) + timedelta(days=self.days_after_easter)
        return (day.month, day.day) == (self.month, self.day)


def easter_sunday(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous computus, as given by J. Meeus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, half = century // 4, century % 4
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    weekday = (32 + 2 * half + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
