"""May society be disrupted? A cascade over the vital processes, laid beside the criteria for them.

The criteria are those of `meldpunt.vocabulary.vital` (Kamerstuk 30 821 nr. 23): a process is vital because its
failure exceeds one impact threshold, and for category A also drags other sectors along. Here the same thresholds
are asked of one outage. The answer is an aid to a person's judgement and shows what it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from meldpunt.engines.cascade.assumptions import assumptions_behind
from meldpunt.engines.cascade.errors import OutOfRange
from meldpunt.engines.cascade.interdependency import Values
from meldpunt.engines.cascade.network import Band, Dependency, DependencyNetwork, Run
from meldpunt.engines.cascade.spread import Outage, spread
from meldpunt.vocabulary import Bilingual, Category, Criteria, SectorId, VitalProcessId, criteria_of

HORIZONS_HOURS = (1, 6, 24, 72)
FAILS_FROM = 0.5


class Disruption(Enum):
    """NO: not even the strongest estimates meet a criterion. POSSIBLY: those do. LIKELY: the likely ones do."""

    NO = "no"
    POSSIBLY = "possibly"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Reading:
    """The state after `hour` hours.

    `failing` are the processes of which at least half stands still in the likely run, `sectors_hit` how many other
    sectors than those of the outage itself have a failing process. Damage in euro and casualties are summed from
    hour 0; people in distress are those of the process with most of them (the same people are not counted twice).
    `category` is the gravest category whose criteria the likely run meets, `category_at_worst` that of the high run.
    """

    hour: int
    inoperability: Mapping[VitalProcessId, Band]
    failing: frozenset[VitalProcessId]
    sectors_hit: Band
    damage_eur: Band
    casualties: Band
    people_in_distress: Band
    category: Category | None
    category_at_worst: Category | None

    @property
    def disruption(self) -> Disruption:
        if self.category is not None:
            return Disruption.LIKELY
        return Disruption.NO if self.category_at_worst is None else Disruption.POSSIBLY


@dataclass(frozen=True, slots=True)
class Lever:
    """The dependency that passed on most: `hours_lost` are the hours of whole standstill it alone cost its process."""

    dependency: Dependency
    hours_lost: float


@dataclass(frozen=True, slots=True)
class Consequence:
    """Readings in order of time, the verdict at the last of them, and what it all rests on.

    `lever` is None when the outage reaches nobody else.
    """

    readings: tuple[Reading, ...]
    assumptions: tuple[Bilingual, ...]
    lever: Lever | None

    @property
    def disruption(self) -> Disruption:
        return self.readings[-1].disruption


@dataclass(frozen=True, slots=True)
class _Toll:
    """What one run costs up to one hour, in the units of the criteria."""

    sectors_hit: int
    damage_eur: float
    casualties: float
    people_in_distress: float

    def exceeds(self, criteria: Criteria) -> bool:
        harmed = (
            self.damage_eur > criteria.economic_damage_eur
            or self.casualties > criteria.casualties
            or self.people_in_distress > criteria.people_in_distress
        )
        return harmed and self.sectors_hit >= criteria.other_sectors_failing


def consequence(
    network: DependencyNetwork,
    outage: Outage,
    *,
    horizon_hours: int = 72,
    criteria: Sequence[Criteria] | None = None,
) -> Consequence:
    """What an outage that lasts does to the vital processes, and whether society may be disrupted.

    `outage` gives per process the share that is out; readings are taken at 1, 6, 24 and 72 hours as far as the
    horizon reaches, and at the horizon. `criteria` are those of category A and B of the vocabulary unless given,
    gravest first. Deterministic: three runs with the low, the likely and the high strength of every dependency.
    Raises `UnknownProcess` and `OutOfRange`.
    """
    if horizon_hours < 1 or not outage:
        raise OutOfRange("Give an outage of at least one process and a horizon of at least one hour.")
    gravest_first = criteria if criteria is not None else tuple(criteria_of(category) for category in Category)
    paths = _in_order({run: spread(network, outage, hours=horizon_hours, run=run) for run in Run})
    hours = sorted({hour for hour in HORIZONS_HOURS if hour < horizon_hours} | {horizon_hours})
    return Consequence(
        readings=tuple(_reading(network, outage, paths, hour, gravest_first) for hour in hours),
        assumptions=assumptions_behind(network, horizon_hours=horizon_hours, fails_from=FAILS_FROM),
        lever=_lever(network, outage, paths[Run.LIKELY]),
    )


def _in_order(paths: Mapping[Run, Values]) -> Mapping[Run, Values]:
    """Stronger dependencies never spread less, but three solutions round apart: the last bit is put back in order."""
    likely = np.maximum(paths[Run.LOW], paths[Run.LIKELY])
    return {Run.LOW: paths[Run.LOW], Run.LIKELY: likely, Run.HIGH: np.maximum(likely, paths[Run.HIGH])}


def _reading(
    network: DependencyNetwork,
    outage: Outage,
    paths: Mapping[Run, Values],
    hour: int,
    gravest_first: Sequence[Criteria],
) -> Reading:
    tolls = {run: _toll(network, outage, path[: hour + 1]) for run, path in paths.items()}
    low, likely, high = tolls[Run.LOW], tolls[Run.LIKELY], tolls[Run.HIGH]
    inoperability = {
        process.id: Band(*(float(paths[run][hour, number]) for run in Run))
        for number, process in enumerate(network.processes)
    }
    return Reading(
        hour=hour,
        inoperability=inoperability,
        failing=frozenset(id_ for id_, band in inoperability.items() if band.likely >= FAILS_FROM),
        sectors_hit=Band(low.sectors_hit, likely.sectors_hit, high.sectors_hit),
        damage_eur=Band(low.damage_eur, likely.damage_eur, high.damage_eur),
        casualties=Band(low.casualties, likely.casualties, high.casualties),
        people_in_distress=Band(low.people_in_distress, likely.people_in_distress, high.people_in_distress),
        category=_category(likely, gravest_first),
        category_at_worst=_category(high, gravest_first),
    )


def _toll(network: DependencyNetwork, outage: Outage, path: Values) -> _Toll:
    # The state of an hour lasts until the next, so the last row counts for the state and not for the sum.
    hours_lost = path[:-1].sum(axis=0)
    own_sectors = {network.process(process_id).sector for process_id in outage}
    failing: set[SectorId] = {
        process.sector for number, process in enumerate(network.processes) if path[-1, number] >= FAILS_FROM
    }
    return _Toll(
        sectors_hit=len(failing - own_sectors),
        damage_eur=sum(
            process.impact.damage_eur_per_hour * float(hours_lost[number])
            for number, process in enumerate(network.processes)
        ),
        casualties=sum(
            process.impact.casualties_per_hour * float(hours_lost[number])
            for number, process in enumerate(network.processes)
        ),
        people_in_distress=max(
            process.impact.people_in_distress * float(path[-1, number])
            for number, process in enumerate(network.processes)
        ),
    )


def _category(toll: _Toll, gravest_first: Sequence[Criteria]) -> Category | None:
    return next((criteria.category for criteria in gravest_first if toll.exceeds(criteria)), None)


def _lever(network: DependencyNetwork, outage: Outage, path: Values) -> Lever | None:
    passed_on = [
        Lever(dependency, _hours_lost(network, dependency, path))
        for dependency in network.dependencies
        # What stands still wholly of itself has nothing left to lose through others.
        if outage.get(dependency.of, 0.0) < 1
    ]
    largest = max(passed_on, key=lambda lever: lever.hours_lost, default=None)
    return largest if largest is not None and largest.hours_lost > 0 else None


def _hours_lost(network: DependencyNetwork, dependency: Dependency, path: Values) -> float:
    felt = path[: max(path.shape[0] - 1 - dependency.buffer_hours, 0), network.place[dependency.on]]
    return dependency.strength.likely * float(felt.sum())
