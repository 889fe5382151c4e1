"""Words as a query looks for them, and pages as it counts them."""

from __future__ import annotations

from typing import Final

from meldpunt.vocabulary.texts import clean_text

_LAST_PAGE: Final = 100_000


def pattern_of(text: str) -> str:
    """A pattern for ILIKE in which the text stands for itself."""
    plain = clean_text(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"


def page_number(page: int) -> int:
    """A page that exists for a database: from 1 to 100,000."""
    return min(max(page, 1), _LAST_PAGE)
