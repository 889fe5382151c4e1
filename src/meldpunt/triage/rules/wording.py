"""Pages as a query can count them, and lines after which a list goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any, Final, TypeAlias
from uuid import UUID

_LAST_PAGE: Final = 100_000
Key: TypeAlias = str | int | float | bool | datetime | UUID


def page_number(page: int) -> int:
    """A page that exists for a database: from 1 to 100,000."""
    return min(max(page, 1), _LAST_PAGE)


def place_after(keys: Sequence[Key]) -> str:
    """What a line is sorted by, as an address holds it: a list goes on after it."""
    return json.dumps([_said(key) for key in keys], separators=(",", ":"))


def read_place(place: str, kinds: Sequence[type]) -> tuple[Key, ...] | None:
    """The same, read; None for anything else, since links get mangled and orders change."""
    try:
        said = json.loads(place) if place else None
        if not isinstance(said, list) or len(said) != len(kinds):
            return None
        return tuple(_READERS[kind](one) for kind, one in zip(kinds, said, strict=True))
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None


def _said(key: Key) -> str | int | float | bool:
    if isinstance(key, datetime):
        return key.isoformat()
    return str(key) if isinstance(key, UUID) else key


def _instant(said: str) -> datetime:
    instant = datetime.fromisoformat(said)
    if instant.tzinfo is None:
        raise ValueError("an instant has a zone")
    # In UTC: PostgreSQL knows no zone further from it than sixteen hours.
    return instant.astimezone(UTC)


def _text(said: str) -> str:
    if "\0" in said or not said.isprintable():
        raise ValueError("no database holds this")
    return said


def _number(said: float) -> float:
    number = float(said)
    if not isfinite(number):
        raise ValueError("no score is as high")
    return number


def _rank(said: int) -> int:
    if not isinstance(said, int) or abs(said) > 9:
        raise ValueError("no rank is as high")
    return int(said)


_READERS: Final[Mapping[type, Callable[[Any], Key]]] = {
    datetime: _instant,
    str: _text,
    float: _number,
    int: _rank,
    bool: bool,
    UUID: UUID,
}
