"""A day as people write it in a letter."""

from datetime import date
from typing import Final

from meldpunt.vocabulary.bilingual import Bilingual

_MONTHS: Final = (
    Bilingual("januari", "January"),
    Bilingual("februari", "February"),
    Bilingual("maart", "March"),
    Bilingual("april", "April"),
    Bilingual("mei", "May"),
    Bilingual("juni", "June"),
    Bilingual("juli", "July"),
    Bilingual("augustus", "August"),
    Bilingual("september", "September"),
    Bilingual("oktober", "October"),
    Bilingual("november", "November"),
    Bilingual("december", "December"),
)


def written_day(day: date) -> Bilingual:
    """The day with its month in words: 24 november 2026, 24 November 2026."""
    month = _MONTHS[day.month - 1]
    return Bilingual(f"{day.day} {month.nl} {day.year}", f"{day.day} {month.en} {day.year}")
