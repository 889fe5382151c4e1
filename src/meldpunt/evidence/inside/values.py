"""What is found in an attachment, and how far is looked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Mark(StrEnum):
    """Something the desk should know before it opens an attachment."""

    BOMB = "bomb"
    TOO_MUCH = "too-much"
    TWO_TYPES = "two-types"
    ACTIVE_IN_PICTURE = "active-in-picture"
    MACROS = "macros"
    PROGRAM = "program"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"


SET_ASIDE: Final = frozenset({Mark.BOMB, Mark.TWO_TYPES, Mark.ACTIVE_IN_PICTURE})
"""With one of these it is set aside: kept as it came, and opened only by who says once more that they want it."""


@dataclass(frozen=True, slots=True)
class Nested:
    """A file in an archive. `name` is as it stands there, `size` what it says to be (bytes), `depth` from 1."""

    name: str
    size: int
    depth: int


@dataclass(frozen=True, slots=True)
class Inside:
    """What was found; `names` stops at what `Limits` allows to be listed."""

    marks: frozenset[Mark] = frozenset()
    names: tuple[Nested, ...] = ()


NOTHING_INSIDE: Final = Inside()


@dataclass(frozen=True, slots=True)
class Limits:
    """How far is looked: never more than this is unpacked, in memory, whatever an archive says of itself.

    `ratio`: what unpacks to more times its size than this is a bomb, from `free` bytes on.
    """

    ratio: int = 200
    free: int = 8 * 1024 * 1024
    total: int = 64 * 1024 * 1024
    entries: int = 2_000
    listed: int = 200
    depth: int = 3
    seconds: float = 2.0
