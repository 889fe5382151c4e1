"""Vital processes and named services, and what each needs of the others: along these lines an outage spreads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TypeAlias

import numpy as np

from meldpunt.engines.cascade.errors import OutOfRange, UnknownNode
from meldpunt.engines.cascade.interdependency import Interdependency
from meldpunt.vocabulary import Bilingual, SectorId, VitalProcessId

NodeId: TypeAlias = str
"""A `VitalProcessId`, or the id of a named service such as `service:<uuid>`."""


@dataclass(frozen=True, slots=True)
class Band:
    """An uncertain quantity. As input the least, the likely and the greatest that is thought reasonable; as outcome
    the values that 5, 50 and 95 percent of the runs stay at or below.
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.likely <= self.high:
            raise OutOfRange(f"A band runs from low to high: {self.low}, {self.likely}, {self.high}.")

    @classmethod
    def exactly(cls, value: float) -> Band:
        """A quantity that nobody doubts."""
        return cls(value, value, value)


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
    """A vital process as a node. `sector` tells which processes count as another sector."""

    id: VitalProcessId
    sector: SectorId
    impact: Impact


@dataclass(frozen=True, slots=True)
class Service:
    """A named service as a node. It costs society nothing by itself, only through the processes that lean on it."""

    id: NodeId
    sector: SectorId


@dataclass(frozen=True, slots=True)
class Dependency:
    """`of` loses `strength` (a share) of its working when `on` stands still, after a buffer of so many hours."""

    of: NodeId
    on: NodeId
    strength: Band
    buffer_hours: Band

    def __post_init__(self) -> None:
        if not (self.strength.low >= 0 and self.strength.high <= 1 and self.buffer_hours.low >= 0):
            raise OutOfRange(f"The dependency of {self.of} on {self.on} is no share, or its buffer is negative.")
        if self.of == self.on:
            raise OutOfRange(f"{self.of} cannot lean on itself.")


@dataclass(frozen=True)
class DependencyNetwork:
    """Processes, services and their dependencies, with where the estimates come from and whether anybody verified them.

    Cycles are allowed, whatever their strength. Raises `UnknownNode`, and `OutOfRange` for a double node or dependency.
    """

    processes: tuple[Process, ...]
    dependencies: tuple[Dependency, ...]
    source: Bilingual
    estimated_on: date
    verified: bool
    services: tuple[Service, ...] = ()

    def __post_init__(self) -> None:
        if len(self.place) != len(self.nodes):
            raise OutOfRange("A process or service is in the network twice.")
        pairs = {(dependency.of, dependency.on) for dependency in self.dependencies}
        for pair in pairs:
            for node in pair:
                self.node(node)
        if len(pairs) != len(self.dependencies):
            raise OutOfRange("A dependency is in the network twice.")

    @cached_property
    def nodes(self) -> tuple[Process | Service, ...]:
        """The processes, and after them the services."""
        return (*self.processes, *self.services)

    @cached_property
    def place(self) -> Mapping[NodeId, int]:
        """Where each node stands in `nodes`, and in vectors and matrices."""
        return {node.id: number for number, node in enumerate(self.nodes)}

    def node(self, node: NodeId) -> Process | Service:
        """The process or service with this id. Raises `UnknownNode`."""
        if node not in self.place:
            raise UnknownNode(f"No process or service {node!r} in this network.")
        return self.nodes[self.place[node]]

    def extended(self, services: Sequence[Service], dependencies: Sequence[Dependency]) -> DependencyNetwork:
        """This network and named services beside its processes, with what they lean on and what leans on them."""
        return replace(
            self,
            services=(*self.services, *services),
            dependencies=(*self.dependencies, *dependencies),
        )

    def interdependency(self) -> Interdependency:
        """The likely strengths as matrix of the static model, in which all buffers are used. Raises `Diverges`."""
        matrix = np.zeros((len(self.nodes), len(self.nodes)))
        for dependency in self.dependencies:
            matrix[self.place[dependency.of], self.place[dependency.on]] = dependency.strength.likely
        return Interdependency(tuple(self.place), matrix)
