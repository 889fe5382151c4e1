"""Which dependency would help most if it were not there: the biggest lever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.network import Dependency, DependencyNetwork
from meldpunt.engines.cascade.question import Outcome, Question

Simulated: TypeAlias = Callable[[Question, range], Outcome]

_CANDIDATES = 4
_LEAST_RUNS, _MOST_RUNS, _CELLS = 5, 200, 50_000


@dataclass(frozen=True, slots=True)
class Lever:
    """The dependency without which least would be lost: on average so many hours of whole standstill of all nodes
    together and so much damage in euro less, within the horizon and in the same runs.
    """

    dependency: Dependency
    hours_saved: float
    damage_saved_eur: float


def biggest_lever(
    network: DependencyNetwork, question: Question, outcome: Outcome, simulated: Simulated
) -> Lever | None:
    """The dependency whose absence saves most damage, and where no damage is known most hours.

    The few that pass on most are taken away one by one and the first runs are done again with the same draws, so that
    what differs is what the dependency does. None when nothing is passed on.
    """
    runs = min(outcome.lost.shape[0], max(_LEAST_RUNS, min(_MOST_RUNS, _CELLS // len(network.nodes))))
    price = np.array([process.impact.damage_eur_per_hour for process in network.processes])
    lost = outcome.counted_lost(question.horizon)
    tried = []
    for number in _candidates(question, outcome, price):
        without = replace(question, draws=question.draws.silencing(number), hours=(question.horizon,))
        other = simulated(without, range(runs))
        hours = _mean(outcome.lost[:runs].sum(axis=1)) - _mean(other.lost.sum(axis=1))
        damage = _mean(lost[:runs] @ price) - _mean(other.counted_lost(question.horizon) @ price)
        tried.append(Lever(question.wiring.dependencies[number], hours, damage))
    best = max(tried, key=lambda one: (one.damage_saved_eur, one.hours_saved), default=None)
    return best if best and best.hours_saved > 0 else None


def _candidates(question: Question, outcome: Outcome, price: npt.NDArray[np.float64]) -> Sequence[int]:
    """Numbers of those that pass on most hours by their likely values, and those that pass on most that has a price."""
    wiring = question.wiring
    if not wiring.dependencies:
        return ()
    lost = outcome.lost.mean(axis=0, dtype=np.float64)
    strength = np.array([one.strength.likely for one in wiring.dependencies])
    buffer = np.array([one.buffer_hours.likely for one in wiring.dependencies])
    # What stands still wholly of itself has nothing left to lose through others.
    left = 1 - question.pushed.mean(axis=0, dtype=np.float64)
    passed = strength * np.maximum(lost[wiring.on] - buffer * (lost[wiring.on] > 0), 0) * left[wiring.of]
    prices = np.zeros(len(wiring.order))
    prices[question.counted] = price
    return list(dict.fromkeys([*_largest(passed), *_largest(passed * prices[wiring.of])]))


def _largest(values: npt.NDArray[np.float64]) -> list[int]:
    order = np.argsort(-values, kind="stable")[:_CANDIDATES]
    return [int(number) for number in order if values[number] > 0]


def _mean(values: npt.NDArray[np.floating]) -> float:
    return float(values.mean(dtype=np.float64))
