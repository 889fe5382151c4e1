"""What one supposition costs more than another, run by run: the same dependency draws the same in both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.chances import band_of, verdict
from meldpunt.engines.cascade.consequence import USUAL_RUNS, simulated
from meldpunt.engines.cascade.errors import OutOfRange
from meldpunt.engines.cascade.network import Band, DependencyNetwork, Process
from meldpunt.engines.cascade.outage import Outage
from meldpunt.engines.cascade.question import NEVER, question_of
from meldpunt.vocabulary import VitalProcessId


@dataclass(frozen=True, slots=True)
class Supposition:
    """An outage in a network; an outage of nothing is one too."""

    network: DependencyNetwork
    outage: Outage


@dataclass(frozen=True, slots=True)
class Difference:
    """The second less the first, up to the horizon: bands of the values that 5, 50 and 95 percent of the runs stay at
    or below, each of a difference within one run. `hours` are the hours of standstill of each vital process; `failing`
    says of which processes the share of runs in which they fail at all is another, and by how much (-1 to 1).
    """

    damage_eur: Band
    casualties: Band
    hours: Mapping[VitalProcessId, Band]
    failing: Mapping[VitalProcessId, float]


def difference(
    first: Supposition, second: Supposition, *, runs: int = USUAL_RUNS, seed: int = 0, horizon_hours: int = 72
) -> Difference:
    """What the second costs more than the first, under common random numbers.

    Both networks hold the same vital processes. Raises `UnknownNode` and `OutOfRange`.
    """
    return differences([first], second, runs=runs, seed=seed, horizon_hours=horizon_hours)[0]


def differences(
    firsts: Sequence[Supposition],
    second: Supposition,
    *,
    runs: int = USUAL_RUNS,
    seed: int = 0,
    horizon_hours: int = 72,
) -> tuple[Difference, ...]:
    """What the second costs more than each of the firsts. Raises as `difference`."""
    processes = second.network.processes
    if any(one.network.processes != processes for one in firsts):
        raise OutOfRange("Compare networks of the same vital processes.")
    all_of_it = _played(second, runs, seed, horizon_hours)
    return tuple(_between(processes, _played(one, runs, seed, horizon_hours), all_of_it) for one in firsts)


def _between(processes: Sequence[Process], first: _Played, second: _Played) -> Difference:
    more, oftener = second.lost - first.lost, second.failed - first.failed
    eur = np.array([one.impact.damage_eur_per_hour for one in processes])
    harmed = np.array([one.impact.casualties_per_hour for one in processes])
    return Difference(
        damage_eur=band_of(more @ eur),
        casualties=band_of(more @ harmed),
        hours={one.id: band_of(more[:, number]) for number, one in enumerate(processes)},
        failing={one.id: float(oftener[number]) for number, one in enumerate(processes) if oftener[number]},
    )


@dataclass(frozen=True, slots=True)
class _Played:
    """The hours of standstill per run and process, and the share of the runs in which each process fails."""

    lost: npt.NDArray[np.float64]
    failed: npt.NDArray[np.float64]


def _played(supposed: Supposition, runs: int, seed: int, horizon_hours: int) -> _Played:
    question = question_of(
        supposed.network,
        supposed.outage,
        seed=seed,
        horizon_hours=horizon_hours,
        hours=(horizon_hours,),
        fails_from=verdict().fails_from,
    )
    outcome = simulated(question, range(runs))
    failed = (outcome.failed_at[:, question.counted] != NEVER).mean(axis=0)
    return _Played(outcome.counted_lost(horizon_hours), failed)
