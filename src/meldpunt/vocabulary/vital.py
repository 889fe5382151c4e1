"""Vital processes: what society cannot do without, who is responsible, and when its failure disrupts society.

The list is the national coordinator's with categories A and B; the criteria are those of the recalibration
of 2015 (Kamerstuk 30 821 nr. 23), marked as not verified in its primary text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NewType

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import DataFileInvalid, NoMinistryRecorded, UnknownVitalProcess
from meldpunt.vocabulary.rows import Row, read_rows
from meldpunt.vocabulary.sectors import Sector, sector

VitalProcessId = NewType("VitalProcessId", str)


class Category(StrEnum):
    """A: failure has the gravest consequences and drags other sectors along; B: grave consequences."""

    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True)
class Ministry:
    """A ministry by its usual abbreviation."""

    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A ministry's responsibility from the first up to and including the last day (None: still)."""

    ministry: Ministry
    valid_from: date
    valid_until: date | None
    verified: bool


@dataclass(frozen=True, slots=True)
class VitalProcess:
    """One vital process; `responsibilities` in order of time."""

    id: VitalProcessId
    name: Bilingual
    category: Category
    sector: Sector
    responsibilities: tuple[Responsibility, ...]

    def responsible_on(self, day: date) -> Responsibility:
        """Which ministry answered for the process on that day. Raises NoMinistryRecorded."""
        for period in self.responsibilities:
            if period.valid_from <= day and (period.valid_until is None or day <= period.valid_until):
                return period
        raise NoMinistryRecorded(f"no ministry recorded for {self.id} on {day.isoformat()}")


@dataclass(frozen=True, slots=True)
class Criteria:
    """Thresholds above which an outage counts as category A or B.

    Money in euro, casualties as people dead, seriously injured or chronically ill, distress as people with
    emotional or societal problems of survival, cascade as number of other sectors that fail.
    """

    category: Category
    economic_damage_eur: int
    real_income_fall_percent: int
    casualties: int
    people_in_distress: int
    other_sectors_failing: int
    source: str
    verified: bool


def all_vital_processes() -> tuple[VitalProcess, ...]:
    """The 28 processes in the order of the list."""
    return tuple(_processes().values())


def vital_process(process_id: str) -> VitalProcess:
    """The process with this id, such as `D1`. Raises UnknownVitalProcess."""
    found = _processes().get(process_id)
    if found is None:
        raise UnknownVitalProcess(process_id)
    return found


@cache
def criteria_of(category: Category) -> Criteria:
    """The thresholds of a category."""
    for row in _file().rows("criteria"):
        found = _criteria_from(row)
        if found.category == category:
            return found
    raise DataFileInvalid(f"vital.toml: no criteria for category {category}")


@cache
def _file() -> Row:
    return read_rows(resources.files(__package__) / "data" / "vital.toml")


def _criteria_from(row: Row) -> Criteria:
    return Criteria(
        category=row.word("category", Category),
        economic_damage_eur=row.whole("economic_damage_eur"),
        real_income_fall_percent=row.whole("real_income_fall_percent"),
        casualties=row.whole("casualties"),
        people_in_distress=row.whole("people_in_distress"),
        other_sectors_failing=row.whole("other_sectors_failing"),
        source=row.text("source"),
        verified=row.flag("verified"),
    )


@cache
def _processes() -> Mapping[str, VitalProcess]:
    responsibilities = _responsibilities()
    processes = (
        VitalProcess(
            id=VitalProcessId(row.text("id")),
            name=row.bilingual("name"),
            category=row.word("category", Category),
            sector=sector(row.text("sector")),
            responsibilities=responsibilities[row.text("responsible")],
        )
        for row in _file().rows("processes")
    )
    return {process.id: process for process in processes}


def _responsibilities() -> Mapping[str, tuple[Responsibility, ...]]:
    ministries = {row.text("id"): row.bilingual("name") for row in _file().rows("ministries")}
    periods: dict[str, tuple[Responsibility, ...]] = {}
    for row in _file().rows("responsibilities"):
        ministry = Ministry(row.text("ministry"), ministries[row.text("ministry")])
        period = Responsibility(ministry, row.day("valid_from"), row.last_day("valid_until"), row.flag("verified"))
        periods[row.text("for")] = (*periods.get(row.text("for"), ()), period)
    return periods
