"""Instants as people's own systems write them: in their zone, with the day or the month in front."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from ..feed_values import TimeForm
from .rows import find_time

_WITH_ZONE: Final = re.compile(r"[ T]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})? ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
_LOCAL: Final = re.compile(
    r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)", re.ASCII
)
_ORDERS: Final = {TimeForm.YEAR_FIRST: (0, 1, 2), TimeForm.DAY_FIRST: (2, 1, 0), TimeForm.MONTH_FIRST: (2, 0, 1)}
_MILLISECONDS: Final = re.compile(r"\d{13}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1970, 2199


def read_local_time(written: str, *, form: TimeForm, zone: str) -> datetime | None:
    """The instant in UTC; None where it is none of this form.

    A time that says its zone has that one. A wall clock that shows an hour twice is read as its first, and one that
    skips an hour as if it had not.
    """
    plain = written.strip()
    if form is TimeForm.EPOCH:
        return find_time(f"{plain[:-3]}.{plain[-3:]}" if _MILLISECONDS.fullmatch(plain) else plain)
    if _WITH_ZONE.search(plain):
        return find_time(plain)
    match = _LOCAL.fullmatch(plain)
    if match is None:
        return None
    year, month, day = (int(match[place + 1]) for place in _ORDERS[form])
    hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        micros = int((match[7] or "")[:6].ljust(6, "0"))
        instant = datetime(year, month, day, hour, minute, second, micros, tzinfo=ZoneInfo(zone))
    except ValueError:
        return None
    return instant.astimezone(UTC)
