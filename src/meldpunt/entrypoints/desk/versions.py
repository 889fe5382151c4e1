"""What was written beside what readers get."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from meldpunt.disclosure.values import LeftOutReason, Part
from meldpunt.law import DataKind


@dataclass(frozen=True)
class Pair:
    """A part as it was written, and as readers get it: `kept` is None where they do not get it."""

    written: Part
    kept: Part | None
    reason: LeftOutReason | None = None

    @property
    def is_masked(self) -> bool:
        """Whether something in it was replaced by the mark."""
        return self.kept is not None and self.kept != self.written


def pairs_of(draft: Sequence[Part], *, kept: Iterable[Part], given: frozenset[DataKind]) -> tuple[Pair, ...]:
    """Both versions part by part. A part stays when its kind of data is among what the verdict gives."""
    left = iter(kept)
    return tuple(
        Pair(part, next(left, None)) if part.kind in given else Pair(part, None, LeftOutReason.NOT_COVERED)
        for part in draft
    )
