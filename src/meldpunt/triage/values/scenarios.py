"""Outages that the desk supposes, computed, kept and laid beside each other; and all that stands still now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from meldpunt.engines.cascade import Band, DependencyNetwork
from meldpunt.intake.values import ReportId
from meldpunt.vocabulary.bilingual import Bilingual

from .assessments import Estimate, Outage
from .by import By
from .words import Disruption

ScenarioId = NewType("ScenarioId", UUID)


@dataclass(frozen=True, slots=True)
class Change:
    """A dependency as a scenario supposes it: another strength (a share), and another buffer where one is given.

    `of` and `on` are nodes. What did not lean before leans now; a strength of 0 leans no more.
    """

    of: str
    on: str
    strength: Band
    buffer_hours: Band | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """The country with the services that an outage can reach, what they are called, and the digest of all there is.

    `digest` (SHA-256, hex) is another as soon as anything in the register of services or the country's file is.
    """

    dependencies: DependencyNetwork
    names: Mapping[str, Bilingual]
    digest: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """An outage as supposed on a day, with what was computed of it then. `number` counts those of one report."""

    id: ScenarioId
    report: ReportId
    number: int
    name: str
    changes: tuple[Change, ...]
    estimate: Estimate
    seed: int
    digest: str
    by: By


@dataclass(frozen=True, slots=True)
class Compared:
    """A scenario computed again, in the network of now; `damage_eur`, `hours` are what it costs more than the first.

    `hours` are those of standstill by vital process, where any run differs; None for the first itself.
    `is_of_another_network` says that the network changed since the scenario was kept.
    """

    scenario: Scenario
    estimate: Estimate
    is_of_another_network: bool
    damage_eur: Band | None
    hours: tuple[tuple[Bilingual, Band], ...]


@dataclass(frozen=True, slots=True)
class ReportOutage:
    """What a report that is open, or in an open case, says to stand still.

    `began` says per node since when every estimate of the report says so; the last was kept at `estimated_at`, and its
    hours are counted from there.
    """

    report: ReportId
    outage: Outage
    disruption: Disruption | None
    estimated_at: datetime
    began: Mapping[str, datetime]

    @property
    def began_at(self) -> datetime:
        """When the first of it did."""
        return min(self.began.values(), default=self.estimated_at)


@dataclass(frozen=True, slots=True)
class OutagesNow:
    """Those that are going on, and of how many reports that were estimated longer ago nobody looked."""

    going_on: tuple[ReportOutage, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Added:
    """What one report adds to all the others: damage, and the processes that stand still longer through it."""

    report: ReportId
    damage_eur: Band
    hours: tuple[tuple[Bilingual, Band], ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """All outages together. `added` is empty where there are too many to take each away in turn."""

    estimate: Estimate
    outages: tuple[ReportOutage, ...]
    added: Mapping[ReportId, Added]
    names: Mapping[str, Bilingual]
    """What the nodes are called that are out, or that this reaches."""
