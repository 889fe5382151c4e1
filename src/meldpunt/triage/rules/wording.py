"""Pages as a query can count them."""

from __future__ import annotations

from typing import Final

_LAST_PAGE: Final = 100_000


def page_number(page: int) -> int:
    """A page that exists for a database: from 1 to 100,000."""
    return min(max(page, 1), _LAST_PAGE)
