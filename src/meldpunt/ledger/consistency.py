"""A checkpoint with the proof that it extends an earlier one, as witnesses are asked (C2SP tlog-witness v1.0.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .errors import Unreadable
from .keys import decode, encode
from .merkle import HASH_BYTES

_FIRST: Final = re.compile(r"old (0|[1-9][0-9]{0,18})")
_MOST_STEPS: Final = 63


@dataclass(frozen=True)
class Consistency:
    """`path` proves that the tree of the checkpoint in `note` extends the one of `since` leaves (RFC 9162, 2.1.4)."""

    since: int
    path: tuple[bytes, ...]
    note: str


def format_consistency(asked: Consistency) -> str:
    """The text of the request."""
    return f"old {asked.since}\n" + "".join(f"{encode(step)}\n" for step in asked.path) + f"\n{asked.note}"


def read_consistency(text: str) -> Consistency:
    """The reverse. Raises Unreadable."""
    proof, gap, note = text.partition("\n\n")
    first, *steps = proof.split("\n")
    since = _FIRST.fullmatch(first)
    path = tuple(decode(step) for step in steps)
    if not gap or since is None or len(path) > _MOST_STEPS or any(len(step) != HASH_BYTES for step in path):
        raise Unreadable("not a checkpoint with its proof of consistency")
    return Consistency(int(since[1]), path, note)
