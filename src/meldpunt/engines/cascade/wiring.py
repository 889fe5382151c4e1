"""In which order the nodes of one hour are worked out.

Without a buffer what leans on another stands still in the same hour, so the other comes first. Nodes that lean on each
other without a buffer are taken together and worked out round after round.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.network import Dependency, DependencyNetwork, NodeId

Places = npt.NDArray[np.int64]
Leaning: TypeAlias = Mapping[NodeId, Sequence[NodeId]]

_AT_ONCE_UP_TO = 0.5
"""A buffer that may be drawn up to this many hours rounds to none."""


@dataclass(frozen=True, slots=True)
class Block:
    """Nodes `first` up to `end` of the order, of which the dependencies are `edges`; `cyclic`: they feed each other."""

    first: int
    end: int
    edges: slice
    cyclic: bool


@dataclass(frozen=True, slots=True)
class Wiring:
    """Nodes and dependencies in working order. `of` and `on` are places in `order`; `leaning` counts per node."""

    order: tuple[NodeId, ...]
    dependencies: tuple[Dependency, ...]
    of: Places
    on: Places
    leaning: Places
    blocks: tuple[Block, ...]


def wire(network: DependencyNetwork) -> Wiring:
    """The working order. It depends on the ids and not on the order in which the network lists them."""
    on, by = _at_once(network)
    knots = _knots(on, by)
    ranked = sorted(zip(_depths(knots, on), knots, strict=True), key=lambda one: (one[0], len(one[1]) > 1, one[1]))
    order = tuple(node for _, knot in ranked for node in knot)
    place = {node: number for number, node in enumerate(order)}
    dependencies = tuple(sorted(network.dependencies, key=lambda one: (place[one.of], one.on)))
    of = np.array([place[one.of] for one in dependencies], dtype=np.int64)
    return Wiring(
        order=order,
        dependencies=dependencies,
        of=of,
        on=np.array([place[one.on] for one in dependencies], dtype=np.int64),
        leaning=np.bincount(of, minlength=len(order)).astype(np.int64),
        blocks=_blocks(ranked, of),
    )


def _blocks(ranked: Sequence[tuple[int, Sequence[NodeId]]], of: Places) -> tuple[Block, ...]:
    """Nodes of one depth together; a knot by itself."""
    parts = [
        [len(knot) for _, knot in together]
        for _, together in groupby(ranked, key=lambda one: (one[0], one[1][0] if len(one[1]) > 1 else ""))
    ]
    ends = list(accumulate(sum(part) for part in parts))
    firsts = [0, *ends[:-1]]
    edges = [int(edge) for edge in np.searchsorted(of, [0, *ends])]
    return tuple(
        Block(first, end, slice(*between), cyclic=part[0] > 1)
        for part, first, end, between in zip(parts, firsts, ends, pairwise(edges), strict=True)
    )


def _at_once(network: DependencyNetwork) -> tuple[Leaning, Leaning]:
    """Per node what it may lean on without a buffer, and what may lean on it so."""
    on: dict[NodeId, list[NodeId]] = {node: [] for node in network.place}
    by: dict[NodeId, list[NodeId]] = {node: [] for node in network.place}
    for dependency in network.dependencies:
        if dependency.buffer_hours.low <= _AT_ONCE_UP_TO:
            on[dependency.of].append(dependency.on)
            by[dependency.on].append(dependency.of)
    return on, by


def _knots(on: Leaning, by: Leaning) -> list[list[NodeId]]:
    """Nodes that lean on each other all round, by Kosaraju's algorithm; a knot comes after all that it leans on."""
    seen: set[NodeId] = set()
    finished = [node for root in on for node in _walk(on, root, seen)]
    seen = set()
    knots = [_walk(by, root, seen) for root in reversed(finished)]
    return [sorted(knot) for knot in reversed(knots) if knot]


def _walk(leaning: Leaning, root: NodeId, seen: set[NodeId]) -> list[NodeId]:
    """What can be reached from the root and was not seen yet, each after all that it reaches."""
    done: list[NodeId] = []
    path = [] if root in seen else [(root, iter(leaning[root]))]
    seen.add(root)
    while path:
        node, others = path[-1]
        following = next((other for other in others if other not in seen), None)
        if following is None:
            done.append(node)
            path.pop()
        else:
            seen.add(following)
            path.append((following, iter(leaning[following])))
    return done


def _depths(knots: Sequence[Sequence[NodeId]], on: Leaning) -> list[int]:
    """Per knot the longest way down to one that leans on nothing."""
    depth: dict[NodeId, int] = {}
    found: list[int] = []
    for knot in knots:
        inside = set(knot)
        below = [depth[other] for node in knot for other in on[node] if other not in inside]
        found.append(max(below, default=-1) + 1)
        depth.update(dict.fromkeys(knot, found[-1]))
    return found
