"""The boxes that were ticked in a table."""

from __future__ import annotations

from uuid import UUID

from django.http import QueryDict


def ticked(data: QueryDict, name: str) -> tuple[UUID, ...]:
    """The ids of the ticked boxes, each once; what is no id was not on the page and is passed over."""
    return tuple(dict.fromkeys(UUID(one) for one in data.getlist(name) if _is_id(one)))


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
