"""Lines of a log: whole ones, how long one may be, and how many were none that can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from meldpunt.engines.matching.errors import InputBroken

LONGEST_LINE: Final = 8 << 20
"""Bytes, with its end."""


@dataclass(slots=True)
class Counted:
    """How many records a log had, how many lines that were none, and how many of JSON that were blank."""

    records: int = 0
    unread: int = 0
    blank: int = 0


def ended(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, and an end of the last line where it has none."""
    last = b"\n"
    for piece in pieces:
        last = piece or last
        yield piece
    if not last.endswith(b"\n"):
        yield b"\n"


def refuse_long(records: npt.NDArray[np.int32], passed: int, *, name: str) -> None:
    """Raises `InputBroken` where a line is longer than `LONGEST_LINE`. `records`: where each begins, and the last ends.

    A line may end in the piece in which it became too long: whether it is read is not to hang on where pieces are cut.
    """
    lengths = np.diff(records)
    if lengths.size and lengths.max() > LONGEST_LINE:
        place = passed + int(records[int(lengths.argmax())])
        raise InputBroken(name, f"a line that begins near byte {place} does not end")
