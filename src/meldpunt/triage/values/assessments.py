"""What was assessed and decided, by whom, and what an estimate says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from meldpunt.access.values import ActorId, OrganisationId
from meldpunt.engines.cascade import Band
from meldpunt.intake.values import ReportId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.nciss import Level
from meldpunt.vocabulary.rsit import IncidentClass, IncidentType

from .words import Decision, Disruption


@dataclass(frozen=True, slots=True)
class By:
    """Who did something and when; the name is kept as it was on that day."""

    actor: ActorId
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RsitSuggestion:
    """A type of RSIT that the report points at, why, and how strongly (1 to 100)."""

    type: IncidentType
    reasons: tuple[Bilingual, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One vital process in a reading: the share of it that stands still."""

    process: str
    name: Bilingual
    inoperability: Band
    is_failing: bool


@dataclass(frozen=True, slots=True)
class EstimateReading:
    """The estimate after `hour` hours: processes hit at all, gravest first. Money in euro."""

    hour: int
    disruption: Disruption
    standings: tuple[Standing, ...]
    sectors_hit: Band
    damage_eur: Band
    casualties: Band
    people_in_distress: Band


@dataclass(frozen=True, slots=True)
class Estimate:
    """The societal consequence as computed, with what it rests on. `lever`: the dependency that passed on most."""

    outage: Mapping[str, float]
    readings: tuple[EstimateReading, ...]
    disruption: Disruption
    assumptions: tuple[Bilingual, ...]
    lever: Bilingual | None
    source: Bilingual
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """One version of what the desk thinks of a report. `score` and `level` are None while it is not scored.

    `computed` is what the model says, `override` what a person put in its place and why.
    """

    report: ReportId
    version: int
    rsit_class: IncidentClass | None
    rsit_type: IncidentType | None
    reason: str
    nciss: Mapping[str, str]
    score: float | None
    level: Level | None
    estimate: Estimate | None
    override: Disruption | None
    override_reason: str
    by: By

    @property
    def computed(self) -> Disruption | None:
        """What the model says, if it was asked."""
        return self.estimate.disruption if self.estimate else None

    @property
    def disruption(self) -> Disruption | None:
        """What counts: a person's word over the model's."""
        return self.override or self.computed

    @property
    def rsit(self) -> str:
        """`class/type`, or the class alone, or nothing."""
        if self.rsit_type:
            return self.rsit_type.id
        return self.rsit_class.id if self.rsit_class else ""


@dataclass(frozen=True, slots=True)
class AssessmentBrief:
    """An assessment in a line of a list."""

    rsit: str
    name: Bilingual | None
    score: float | None
    level: Level | None
    disruption: Disruption | None


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision and its reason, in the order they were taken."""

    number: int
    decision: Decision
    reason: str
    by: By


@dataclass(frozen=True, slots=True)
class ClassifiedReport:
    """A report as the overview counts it. `on` is the day of the incident, else of reception.

    `rsit_class` is the desk's word, else what the report's sender said, else `other`.
    """

    report: ReportId
    sector: str
    rsit_class: str
    organisation: OrganisationId | None
    on: date
