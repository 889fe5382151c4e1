"""How an outage runs through a network hour by hour."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from meldpunt.engines.cascade.errors import OutOfRange
from meldpunt.engines.cascade.inoperability import solve_capped
from meldpunt.engines.cascade.interdependency import Values
from meldpunt.engines.cascade.network import DependencyNetwork, Run
from meldpunt.vocabulary import VitalProcessId

Outage = Mapping[VitalProcessId, float]
"""Per process the share of it that is out from hour 0 on, and stays out (above 0, at most 1)."""


def spread(network: DependencyNetwork, outage: Outage, *, hours: int, run: Run) -> Values:
    """The inoperability of every process at hour 0 … `hours`: shape (hours + 1, processes).

    q(t) = min(1, c + Σ_b A_b q(t - b)): a dependency with a buffer of b hours feels what happened b hours ago, one
    without a buffer feels it at once. Once all buffers are used this is the static inoperability model with
    A* the sum of all A_b. Raises `UnknownProcess` and `OutOfRange`.
    """
    pushed = _perturbation(network, outage)
    strengths = network.strengths(run)
    at_once = strengths.get(0, np.zeros((pushed.size, pushed.size)))
    buffered = {hours_of: matrix for hours_of, matrix in strengths.items() if hours_of > 0}
    path = np.empty((hours + 1, pushed.size))
    for hour in range(hours + 1):
        arriving = pushed.copy()
        for buffer_hours, matrix in buffered.items():
            if buffer_hours <= hour:
                arriving += matrix @ path[hour - buffer_hours]
        path[hour] = solve_capped(at_once, arriving)
    return path


def _perturbation(network: DependencyNetwork, outage: Outage) -> Values:
    pushed = np.zeros(len(network.processes))
    for process_id, degree in outage.items():
        network.process(process_id)
        if not 0 < degree <= 1:
            raise OutOfRange(f"The outage of {process_id} is a share above 0 and at most 1, not {degree}.")
        pushed[network.place[process_id]] = degree
    return pushed
