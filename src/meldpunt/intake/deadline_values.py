"""What crosses the wall of intake about statutory deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from meldpunt.law import Clock

from .values import ReportLine


@dataclass(frozen=True, slots=True)
class Reminder:
    """One moment at which whoever reported is reminded of one deadline (UTC); zero hours before it is after it."""

    clock: str
    deadline: datetime
    hours_before: int


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """A deadline that is near or passed, of a report that still owes the stage; and the reminders that went."""

    report: ReportLine
    clock: Clock
    reminded: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadlines:
    """In the order of time. `is_whole` is false where there were more reports than are looked at in one go."""

    lines: tuple[DeadlineLine, ...]
    is_whole: bool = True
