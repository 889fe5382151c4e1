"""May society be disrupted? A cascade over processes and services, laid beside the criteria for vital processes.

The criteria are those of `meldpunt.vocabulary.vital` (Kamerstuk 30 821 nr. 23): a process is vital because its
failure exceeds one impact threshold, and for category A also drags other sectors along. Here the same thresholds
are asked of one outage, in many runs that each draw what is uncertain. The answer is an aid to a person's judgement
and shows what it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import cast

import numpy as np
import numpy.typing as npt

from meldpunt.engines.cascade.assumptions import assumptions_behind
from meldpunt.engines.cascade.chances import (
    QUANTILES,
    ROUNDING,
    Chance,
    Disruption,
    band_of,
    chance_of,
    quantiles,
    verdict,
)
from meldpunt.engines.cascade.drawing import Floats
from meldpunt.engines.cascade.errors import OutOfRange
from meldpunt.engines.cascade.levers import Lever, biggest_lever
from meldpunt.engines.cascade.network import Band, DependencyNetwork, NodeId
from meldpunt.engines.cascade.outage import Outage
from meldpunt.engines.cascade.question import NEVER, Outcome, Question, question_of
from meldpunt.vocabulary import Bilingual, Category, Criteria, criteria_of

HORIZONS_HOURS = (1, 6, 24, 72)
MOST_HOURS = 24 * 60
USUAL_RUNS = 1000
_LEAST_RUNS, _LEAST_RUNS_IF_RECOVERING = 100, 50
_NODES_A_PRESS, _NODES_IF_RECOVERING = 1_000_000, 250_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The state after `hour` hours; every band holds the values that 5, 50 and 95 percent of the runs stay below.

    `failing` are the nodes of which at least half stands still in at least half of the runs, `sectors_hit` how many
    other sectors than those of the outage itself have a failing process. Damage in euro and casualties are summed from
    hour 0; people in distress are those of the process with most of them (the same people are not counted twice).
    `chances` says per category how often its criteria were met as it stands at that hour, `chance` how often any was.
    """

    hour: int
    inoperability: Mapping[NodeId, Band]
    failing: frozenset[NodeId]
    sectors_hit: Band
    damage_eur: Band
    casualties: Band
    people_in_distress: Band
    chances: Mapping[Category, Chance]
    chance: Chance
    disruption: Disruption

    @property
    def category(self) -> Category | None:
        """The gravest category whose criteria at least half of the runs meet."""
        return next((one for one, chance in self.chances.items() if chance.share >= verdict().likely_from), None)


@dataclass(frozen=True, slots=True)
class Failure:
    """When a node that is not out by itself fails: how likely within the horizon, and in how many hours if it does."""

    node: NodeId
    chance: Chance
    hours: Band


@dataclass(frozen=True, slots=True)
class Consequence:
    """Readings in order of time, the verdict, and what it all rests on.

    `chance` is how many of the runs met the criteria of a category, and `disruption` the word for it: by what was lost
    up to the horizon, and the most people in distress and the most other sectors failing in any one hour, read or not.
    The letter (Kamerstuk 30 821 nr. 23) does not say that sectors which fail one after the other count together, so
    they count as they fail in the same hour; the hour of most people may be another. `next_hit` are the nodes that fail
    in enough runs to be possible, by the earliest hour (that of 5 percent of the runs in which they fail), then by
    chance. `lever` is None when the outage reaches nobody else.
    """

    readings: tuple[Reading, ...]
    chance: Chance
    next_hit: tuple[Failure, ...]
    assumptions: tuple[Bilingual, ...]
    lever: Lever | None
    runs: int

    @property
    def disruption(self) -> Disruption:
        return verdict().on(self.chance)


def consequence(
    network: DependencyNetwork,
    outage: Outage,
    *,
    runs: int = USUAL_RUNS,
    seed: int = 0,
    horizon_hours: int = 72,
    hours: Sequence[int] = HORIZONS_HOURS,
    now_hour: int = 0,
    criteria: Sequence[Criteria] | None = None,
) -> Consequence:
    """What an outage does to processes and services, and whether society may be disrupted.

    Every dependency is drawn anew in each of the `runs` (Monte Carlo); the same seed gives the same answer, and the
    same draws in another network or outage. Readings are taken at `hours` as far as the horizon reaches, and at the
    horizon. Where it is `now_hour` already by the hours of the outage, what it did before is computed too and counts
    for damage, casualties and the verdict; all hours that are asked and answered are counted from now. `criteria` are
    those of category A and B of the vocabulary unless given, gravest first.
    Raises `UnknownNode` and `OutOfRange`.
    """
    last_hour = now_hour + horizon_hours
    if not outage or now_hour < 0 or horizon_hours < 1 or last_hour > MOST_HOURS or runs < 1:
        raise OutOfRange(f"Give an outage, a horizon of 1 to {MOST_HOURS} hours and at least one run.")
    gravest_first = criteria if criteria is not None else tuple(criteria_of(category) for category in Category)
    read_at = tuple(
        now_hour + hour for hour in sorted({one for one in hours if 0 <= one < horizon_hours} | {horizon_hours})
    )
    judged = verdict()
    question = question_of(
        network, outage, seed=seed, horizon_hours=last_hour, hours=read_at, fails_from=judged.fails_from
    )
    outcome = simulated(question, range(runs))
    tolls = [_Toll.of(network, outage, outcome.counted[hour], outcome.counted_lost(hour)) for hour in read_at]
    met = [{one.category: toll.meets(one) for one in gravest_first} for toll in tolls]
    in_all = _Toll.of(network, outage, outcome.counted, outcome.counted_lost(last_hour)).at_its_greatest()
    return Consequence(
        readings=tuple(
            _reading(question, outcome, number, tolls[number], met[number], hour=hour - now_hour)
            for number, hour in enumerate(read_at)
        ),
        chance=chance_of(np.logical_or.reduce([in_all.meets(one) for one in gravest_first])),
        next_hit=tuple(_next_hit(question, outage, outcome.failed_at, now_hour=now_hour)),
        assumptions=assumptions_behind(
            network, outage, horizon_hours=horizon_hours, now_hour=now_hour, runs=runs, usual_runs=USUAL_RUNS
        ),
        lever=biggest_lever(network, question, outcome, simulated),
        runs=runs,
    )


def runs_for(network: DependencyNetwork, outage: Outage) -> int:
    """So many that who presses the button waits seconds; fewer make a wider error, which stands beside the chance.

    Where something comes back slowly every hour of it is worked out round after round, so of a large network fewer.
    """
    if any(one.recovers for one in outage.values()):
        least, nodes = _LEAST_RUNS_IF_RECOVERING, _NODES_IF_RECOVERING
    else:
        least, nodes = _LEAST_RUNS, _NODES_A_PRESS
    return max(least, min(USUAL_RUNS, nodes // len(network.nodes)))


def simulated(question: Question, runs: range) -> Outcome:
    """The runs, of a module that is loaded by who asks for it: SciPy takes a process a quarter of a second."""
    return cast(Outcome, import_module("meldpunt.engines.cascade.runs").simulate(question, runs))


def _reading(
    question: Question,
    outcome: Outcome,
    number: int,
    toll: _Toll,
    met: Mapping[Category, npt.NDArray[np.bool_]],
    *,
    hour: int,
) -> Reading:
    bands = quantiles(outcome.state[number]).T.tolist()
    inoperability = {node: Band(*band) for node, band in zip(question.wiring.order, bands, strict=True)}
    chance = chance_of(np.logical_or.reduce(list(met.values())))
    fails_from = verdict().fails_from - ROUNDING
    return Reading(
        hour=hour,
        inoperability=inoperability,
        failing=frozenset(node for node, band in inoperability.items() if band.likely >= fails_from),
        sectors_hit=band_of(toll.sectors_hit),
        damage_eur=band_of(toll.damage_eur),
        casualties=band_of(toll.casualties),
        people_in_distress=band_of(toll.people_in_distress),
        chances={category: chance_of(runs) for category, runs in met.items()},
        chance=chance,
        disruption=verdict().on(chance),
    )


@dataclass(frozen=True, slots=True)
class _Toll:
    """What it costs, in the units of the criteria; one number per run, or per hour and run."""

    sectors_hit: npt.NDArray[np.float64]
    damage_eur: npt.NDArray[np.float64]
    casualties: npt.NDArray[np.float64]
    people_in_distress: npt.NDArray[np.float64]

    @classmethod
    def of(cls, network: DependencyNetwork, outage: Outage, state: Floats, lost: npt.NDArray[np.float64]) -> _Toll:
        """From the state of every process (last axis) and the hours that it lost."""
        impacts = [process.impact for process in network.processes]
        damage = np.array([impact.damage_eur_per_hour for impact in impacts])
        casualties = np.array([impact.casualties_per_hour for impact in impacts])
        people = np.array([impact.people_in_distress for impact in impacts])
        return cls(
            sectors_hit=_sectors_hit(network, outage, state),
            damage_eur=lost @ damage,
            casualties=lost @ casualties,
            people_in_distress=np.max(state * people, axis=-1, initial=0.0),
        )

    def at_its_greatest(self) -> _Toll:
        """Of people and sectors the greatest number in any hour (first axis)."""
        return replace(
            self, sectors_hit=self.sectors_hit.max(axis=0), people_in_distress=self.people_in_distress.max(axis=0)
        )

    def meets(self, criteria: Criteria) -> npt.NDArray[np.bool_]:
        harmed = (
            (self.damage_eur > criteria.economic_damage_eur)
            | (self.casualties > criteria.casualties)
            | (self.people_in_distress > criteria.people_in_distress)
        )
        return harmed & (self.sectors_hit >= criteria.other_sectors_failing)


def _sectors_hit(network: DependencyNetwork, outage: Outage, state: Floats) -> npt.NDArray[np.float64]:
    own = {network.node(node).sector for node in outage}
    failing = state >= verdict().fails_from - ROUNDING
    hit = np.zeros(state.shape[:-1])
    for sector in sorted({process.sector for process in network.processes} - own):
        of_sector = [number for number, process in enumerate(network.processes) if process.sector == sector]
        hit += failing[..., of_sector].any(axis=-1)
    return hit


def _next_hit(
    question: Question, outage: Outage, failed_at: npt.NDArray[np.uint16], *, now_hour: int
) -> Iterable[Failure]:
    runs = len(failed_at)
    counts = np.count_nonzero(failed_at != NEVER, axis=0)
    possible = np.flatnonzero(counts >= max(verdict().possibly_from * runs, 1))
    # NEVER is the greatest number there is, so the runs in which a node fails come first.
    hours = np.sort(failed_at[:, possible], axis=0)
    ranks = [np.ceil(share * counts[possible]).astype(np.int64) - 1 for share in QUANTILES]
    failed = np.stack([hours[rank, np.arange(possible.size)] for rank in ranks], axis=1).astype(np.int64)
    bands = np.maximum(failed - now_hour, 0).tolist()
    found = [
        Failure(question.wiring.order[node], Chance.of(int(counts[node]), runs), Band(*band))
        for node, band in zip(possible.tolist(), bands, strict=True)
        if question.wiring.order[node] not in outage
    ]
    return sorted(found, key=lambda one: (one.hours.low, -one.chance.share, one.node))
