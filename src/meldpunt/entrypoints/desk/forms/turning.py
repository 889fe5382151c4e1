"""Which page of a list somebody asks for, where the room hands out pages without a total."""

from __future__ import annotations

from collections.abc import Sized
from dataclasses import dataclass

from django.http import HttpRequest

MOST_PAGES = 100_000


@dataclass(frozen=True)
class Turn:
    """Where in a list we are; `size` is how many lines a full page has."""

    number: int
    size: int
    shown: int

    @property
    def previous(self) -> int | None:
        """The page before, if any."""
        return self.number - 1 if self.number > 1 else None

    @property
    def following(self) -> int | None:
        """The page after; a full page may be the last one, and then the next is empty."""
        return self.number + 1 if self.shown >= self.size else None


def page_asked(request: HttpRequest) -> int:
    """The page in the address; the first for anything else than a number in reason."""
    asked = request.GET.get("page", "")
    return max(1, min(int(asked), MOST_PAGES)) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1


def turned(number: int, *, size: int, lines: Sized) -> Turn:
    """The turn of a page that holds `lines`."""
    return Turn(number, size, len(lines))
