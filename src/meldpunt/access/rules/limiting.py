"""How much one sender may do in a while: what a limit is, and how an installation writes its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_SAID: Final = re.compile(r"([a-z]+)=(\d{1,9})/(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many acts in so many seconds, in one go or one by one. Where `most` is 0, any number."""

    name: str
    most: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What became of one act: whether it is granted, how many are left now, and in how many seconds another one is."""

    limit: Limit
    is_granted: bool
    remaining: int
    wait: int


def read_limits(said: str, *, known: Mapping[str, Limit]) -> dict[str, Limit]:
    """Limits as somebody writes them, `network=30/600 key=0/60`, over those known. Raises ValueError."""
    limits = dict(known)
    for one in said.split():
        match = _SAID.fullmatch(one)
        if match is None or match[1] not in known or not int(match[3]):
            raise ValueError(f"not a limit: {one!r}; one is written as {next(iter(known))}=30/600")
        limits[match[1]] = Limit(match[1], int(match[2]), int(match[3]))
    return limits
