"""The quickest way along which a standstill reaches others. Pure: the caller brings the steps, level by level."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Final

MOST_STEPS: Final = 8
"""Dependencies in a row."""
MOST_NODES: Final = 2_000
"""What a page can still say something about; beyond it an estimate counts better."""

Step = tuple[str, str, float]
"""Who leans (`of`), on which node (`on`), and the likely buffer in hours."""


def soonest(
    start: str, leaning_on: Callable[[Collection[str]], Iterable[Step]], *, within_hours: float
) -> tuple[dict[str, tuple[float, int]], bool]:
    """For each node that is reached in time: the hours and the number of steps of the quickest way; and is it all?

    `leaning_on` gives the steps to whoever leans on any of these nodes; it is asked at most `MOST_STEPS` times.
    """
    found: dict[str, tuple[float, int]] = {start: (0.0, 0)}
    edge = {start}
    for step in range(1, MOST_STEPS + 1):
        reached: dict[str, float] = {}
        for of, on, buffer in leaning_on(edge):
            hours = found[on][0] + buffer
            if hours <= within_hours and hours < min(
                found.get(of, (within_hours + 1, 0))[0], reached.get(of, hours + 1)
            ):
                reached[of] = hours
        if len(found) + len(reached) > MOST_NODES:
            return _without(found, start), False
        found |= {node: (hours, step) for node, hours in reached.items()}
        edge = set(reached)
        if not edge:
            return _without(found, start), True
    return _without(found, start), False


def _without(found: dict[str, tuple[float, int]], start: str) -> dict[str, tuple[float, int]]:
    return {node: way for node, way in found.items() if node != start}
