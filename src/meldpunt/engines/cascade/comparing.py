"""What one supposition costs more than another, run by run: the same dependency draws the same in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.chances import band_of, verdict
from meldpunt.engines.cascade.consequence import USUAL_RUNS, simulated
from meldpunt.engines.cascade.errors import OutOfRange
from meldpunt.engines.cascade.network import Band, DependencyNetwork
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
    processes = first.network.processes
    if processes != second.network.processes:
        raise OutOfRange("Compare networks of the same vital processes.")
    lost, failed = zip(*(_played(one, runs, seed, horizon_hours) for one in (first, second)), strict=True)
    more = lost[1] - lost[0]
    eur = np.array([one.impact.damage_eur_per_hour for one in processes])
    harmed = np.array([one.impact.casualties_per_hour for one in processes])
    oftener = failed[1] - failed[0]
    return Difference(
        damage_eur=band_of(more @ eur),
        casualties=band_of(more @ harmed),
        hours={one.id: band_of(more[:, number]) for number, one in enumerate(processes)},
        failing={one.id: float(oftener[number]) for number, one in enumerate(processes) if oftener[number]},
    )


def _played(
    supposed: Supposition, runs: int, seed: int, horizon_hours: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The hours of standstill per run and process, and the share of the runs in which each process fails."""
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
    return outcome.counted_lost[-1].astype(np.float64), failed
