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

    The state is kept at `hours`, and at every hour for the nodes at `counted`; a node fails from the share
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
    def kept(self) -> Floats:
        """Per hour which share every cause keeps at least of what it was the hour before: below 1 one gives way."""
        before, now = self.pushed[:-1], self.pushed[1:]
        shares = np.divide(now, before, out=np.ones_like(now), where=before > 0)
        kept: Floats = np.concatenate([np.ones(1, dtype=np.float32), shares.min(axis=1, initial=1.0)])
        return kept


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state[number of hour, run, node]` is the inoperability at that hour, `counted[hour, run, node]` that of the
    counted nodes at every hour, `lost[run, node]` the hours of standstill up to the horizon of every node,
    `failed_at[run, node]` the first hour of failing or NEVER.
    """

    state: Floats
    counted: Floats
    lost: Floats
    failed_at: npt.NDArray[np.uint16]

    def counted_lost(self, hour: int) -> npt.NDArray[np.float64]:
        """The hours of standstill up to that hour of the counted nodes: shape (runs, nodes).

        The state of an hour lasts until the next, so that of the hour itself counts for no time.
        """
        lost: npt.NDArray[np.float64] = self.counted[:hour].sum(axis=0, dtype=np.float64)
        return lost


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
