"""The periods that overviews are made over."""

from __future__ import annotations

from datetime import date


def quarter_before(day: date) -> tuple[date, date]:
    """The first and last day of the last quarter that had ended on `day`."""
    first_of_this = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    last = date.fromordinal(first_of_this.toordinal() - 1)
    return date(last.year, last.month - 2, 1), last
