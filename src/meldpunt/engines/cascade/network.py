"""Vital processes and what each needs of the others: the network along which an outage spreads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np

from meldpunt.engines.cascade.errors import OutOfRange, UnknownProcess
from meldpunt.engines.cascade.interdependency import Interdependency, Values
from meldpunt.vocabulary import Bilingual, SectorId, VitalProcessId, vital_process
from meldpunt.vocabulary.rows import Row, read_rows

HOURS_PER_DAY = 24


class Run(Enum):
    """Which end of every uncertain strength a calculation takes."""

    LOW = "low"
    LIKELY = "likely"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Band:
    """An uncertain quantity: the least, the likely and the greatest that is thought reasonable."""

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise OutOfRange(f"A band runs from low to high: {self.low}, {self.likely}, {self.high}.")

    def at(self, run: Run) -> float:
        return {Run.LOW: self.low, Run.LIKELY: self.likely, Run.HIGH: self.high}[run]


@dataclass(frozen=True, slots=True)
class Impact:
    """What society loses while a process stands still wholly.

    Damage in euro per hour; casualties (dead, seriously injured, chronically ill) per hour; people who cannot get by
    as long as it lasts. Less than a whole standstill counts in proportion.
    """

    damage_eur_per_hour: float
    casualties_per_hour: float
    people_in_distress: float


@dataclass(frozen=True, slots=True)
class Process:
    """A node of the network. `sector` tells which processes count as another sector."""

    id: VitalProcessId
    sector: SectorId
    impact: Impact


@dataclass(frozen=True, slots=True)
class Dependency:
    """`of` loses `strength` (a share) of its working when `on` stands still, after a buffer of that many hours."""

    of: VitalProcessId
    on: VitalProcessId
    strength: Band
    buffer_hours: int

    def __post_init__(self) -> None:
        if not (self.strength.low >= 0 and self.strength.high <= 1 and self.buffer_hours >= 0):
            raise OutOfRange(f"The dependency of {self.of} on {self.on} is no share, or its buffer is negative.")


@dataclass(frozen=True)
class DependencyNetwork:
    """Processes and their dependencies, with where the estimates come from and whether anybody verified them.

    Raises `UnknownProcess`, `OutOfRange` for a double process or dependency, and `Diverges` when the strongest
    estimates feed on themselves.
    """

    processes: tuple[Process, ...]
    dependencies: tuple[Dependency, ...]
    source: Bilingual
    estimated_on: date
    verified: bool

    def __post_init__(self) -> None:
        if len(self.place) != len(self.processes):
            raise OutOfRange("A process is in the network twice.")
        pairs = [(dependency.of, dependency.on) for dependency in self.dependencies]
        for of, on in pairs:
            for process_id in (of, on):
                self.process(process_id)
        if len(set(pairs)) != len(pairs):
            raise OutOfRange("A dependency is in the network twice.")
        strongest = sum(self.strengths(Run.HIGH).values(), np.zeros((len(self.place), len(self.place))))
        Interdependency(tuple(self.place), strongest)

    @cached_property
    def place(self) -> Mapping[VitalProcessId, int]:
        """Where each process stands in vectors and matrices."""
        return {process.id: number for number, process in enumerate(self.processes)}

    def process(self, process_id: VitalProcessId) -> Process:
        """The process with this id. Raises `UnknownProcess`."""
        if process_id not in self.place:
            raise UnknownProcess(f"No process {process_id!r} in this network.")
        return self.processes[self.place[process_id]]

    def strengths(self, run: Run) -> Mapping[int, Values]:
        """Per length of buffer in hours the matrix of strengths: row loses so much when column stands still."""
        size = len(self.processes)
        matrices: dict[int, Values] = {}
        for dependency in self.dependencies:
            matrix = matrices.setdefault(dependency.buffer_hours, np.zeros((size, size)))
            matrix[self.place[dependency.of], self.place[dependency.on]] = dependency.strength.at(run)
        return matrices


@cache
def dutch_network() -> DependencyNetwork:
    """The 28 Dutch vital processes with this project's illustrative estimates (not verified)."""
    return load_network(resources.files(__package__) / "data" / "nl_vital_dependencies.toml")


def load_network(file: Traversable) -> DependencyNetwork:
    """A network from a data file; sectors come from the vocabulary of vital processes.

    Raises `DataFileInvalid` and `UnknownVitalProcess` of the vocabulary, and what `DependencyNetwork` raises.
    """
    rows = read_rows(file)
    network = DependencyNetwork(
        processes=tuple(_process_from(row) for row in rows.rows("processes")),
        dependencies=tuple(_dependency_from(row) for row in rows.rows("dependencies")),
        source=rows.bilingual("source"),
        estimated_on=rows.day("estimated_on"),
        verified=rows.flag("verified"),
    )
    rows.refuse_unread()
    return network


def _process_from(row: Row) -> Process:
    process = vital_process(row.text("id"))
    impact = Impact(
        damage_eur_per_hour=row.whole("damage_eur_per_hour"),
        casualties_per_hour=row.whole("casualties_per_day") / HOURS_PER_DAY,
        people_in_distress=row.whole("people_in_distress"),
    )
    return Process(process.id, process.sector.id, impact)


def _dependency_from(row: Row) -> Dependency:
    percent = row.row("percent")
    low, likely, high = percent.whole("low"), percent.whole("likely"), percent.whole("high")
    percent.refuse_unread()
    return Dependency(
        of=VitalProcessId(row.text("of")),
        on=VitalProcessId(row.text("on")),
        strength=Band(low / 100, likely / 100, high / 100),
        buffer_hours=row.whole("buffer_hours"),
    )
