"""What the runs are asked, and what they answer, as arrays. Nodes stand in the order of the wiring."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.drawing import Draws, Floats
from meldpunt.engines.cascade.network import DependencyNetwork
from meldpunt.engines.cascade.outage import Outage
from meldpunt.engines.cascade.wiring import Places, Wiring, wire

NEVER = int(np.iinfo(np.uint16).max)


@dataclass(frozen=True, slots=True)
class Question:
    """What is computed. `pushed[hour, node]` is the share out by its own cause, for hour 0 … horizon.

    The state is kept at `hours`, the hours lost at `hours` for the nodes at `counted`; a node fails from the share
    `fails_from` on.
    """

    wiring: Wiring
    draws: Draws
    pushed: Floats
    hours: tuple[int, ...]
    counted: Places
    fails_from: float

    @property
    def horizon(self) -> int:
        return len(self.pushed) - 1

    @property
    def is_lasting(self) -> bool:
        """Whether nothing comes back, so that what stands still never moves again."""
        return bool(np.all(self.pushed[1:] >= self.pushed[:-1]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state[number of hour, run, node]` is the inoperability at that hour, `counted_lost[number of hour, run, node]`
    the hours of standstill up to it of the counted nodes, `lost[run, node]` those up to the horizon of every node,
    `failed_at[run, node]` the first hour of failing or NEVER.
    """

    state: Floats
    counted_lost: Floats
    lost: Floats
    failed_at: npt.NDArray[np.uint16]


def question_of(
    network: DependencyNetwork,
    outage: Outage,
    *,
    seed: int,
    horizon_hours: int,
    hours: tuple[int, ...],
    fails_from: float,
) -> Question:
    """The question for this network; counted are its processes, in their order. Raises `UnknownNode`."""
    wiring = wire(network)
    place = {node: number for number, node in enumerate(wiring.order)}
    pushed = np.zeros((horizon_hours + 1, len(place)), dtype=np.float32)
    for node, interruption in outage.items():
        network.node(node)
        pushed[:, place[node]] = [interruption.at(hour) for hour in range(horizon_hours + 1)]
    return Question(
        wiring=wiring,
        draws=Draws(wiring.dependencies, seed=seed),
        pushed=pushed,
        hours=hours,
        counted=np.array([place[process.id] for process in network.processes], dtype=np.int64),
        fails_from=fails_from,
    )
