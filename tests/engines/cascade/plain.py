"""The runs once more, in plain Python, from one sentence: who leans on another with a buffer of b hours stands still in
an hour for what the other was out in that hour and in each of the b before it. No arrays, no order worth a thought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from meldpunt.engines.cascade import Dependency, DependencyNetwork, Outage

Drawn = Mapping[tuple[str, str], tuple[float, int]]
"""Per dependency (who leans, on what) its strength and its buffer in whole hours."""


def path_of(network: DependencyNetwork, outage: Outage, drawn: Drawn, *, hours: int) -> list[dict[str, float]]:
    """The inoperability of every node at hour 0 … `hours` in one run."""
    past: list[dict[str, float]] = []
    for hour in range(hours + 1):
        own = {node.id: outage[node.id].at(hour) if node.id in outage else 0.0 for node in network.nodes}
        past.append(_least_fixed_point(network.dependencies, own, past, drawn))
    return past


def _least_fixed_point(
    dependencies: Sequence[Dependency], own: Mapping[str, float], past: Sequence[Mapping[str, float]], drawn: Drawn
) -> dict[str, float]:
    """Up from nothing, until nothing rises any more."""
    now = dict.fromkeys(own, 0.0)
    while True:
        felt = dict(own)
        for one in dependencies:
            strength, buffer = drawn[one.of, one.on]
            felt[one.of] += strength * min(now[one.on], _lasted(past, one.on, buffer))
        capped = {node: min(1.0, share) for node, share in felt.items()}
        if all(capped[node] - now[node] < 1e-12 for node in now):
            return capped
        now = capped


def _lasted(past: Sequence[Mapping[str, float]], node: str, buffer: int) -> float:
    """What was out during all of so many hours before this one; before hour 0 nothing was."""
    if len(past) < buffer:
        return 0.0
    return min((hour[node] for hour in past[len(past) - buffer :]), default=1.0)
