"""The queue as somebody likes to look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType
from uuid import UUID

SavedViewId = NewType("SavedViewId", UUID)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of the queue under a name. `asked` is what the address of the page says, word by word.

    `maker` is who shared it, and empty for one's own.
    """

    id: SavedViewId
    name: str
    asked: Mapping[str, str]
    is_shared: bool
    maker: str

    @property
    def is_own(self) -> bool:
        """Whether who looks made it, and so may change it."""
        return not self.maker
