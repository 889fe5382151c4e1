"""Pages as a query can count them, and lines after which a list goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

_LAST_PAGE: Final = 100_000


def page_number(page: int) -> int:
    """A page that exists for a database: from 1 to 100,000."""
    return min(max(page, 1), _LAST_PAGE)


def place_after(received_at: datetime, report: UUID) -> str:
    """The line after which a list by age goes on, as an address holds it."""
    return f"{received_at.isoformat()}~{report}"


def read_place(place: str) -> tuple[datetime, UUID] | None:
    """The same, read; None for anything else, since links get mangled."""
    at, _, report = place.partition("~")
    try:
        instant, found = datetime.fromisoformat(at), UUID(report)
        # In UTC: PostgreSQL knows no zone further from it than sixteen hours.
        return (instant.astimezone(UTC), found) if instant.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
