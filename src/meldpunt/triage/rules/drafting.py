"""How much of what somebody types is kept before it is sent. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..errors import DraftTooLarge

MOST_CHARACTERS: Final = 20_000
MOST_FIELDS: Final = 40


def check_size(fields: Mapping[str, str]) -> None:
    """Raise DraftTooLarge above what any form of a report takes."""
    if len(fields) > MOST_FIELDS or sum(len(name) + len(value) for name, value in fields.items()) > MOST_CHARACTERS:
        raise DraftTooLarge
