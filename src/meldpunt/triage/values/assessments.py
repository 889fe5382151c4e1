"""What was assessed and decided, by whom, and what an estimate says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from meldpunt.access.values import OrganisationId
from meldpunt.engines.cascade import Band
from meldpunt.intake.values import ReportId
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.nciss import Level
from meldpunt.vocabulary.rsit import IncidentClass, IncidentType

from .by import By
from .consultations import Heeded
from .words import Decision, Disruption


@dataclass(frozen=True, slots=True)
class RsitSuggestion:
    """A type of RSIT that the report points at, why, and how strongly (1 to 100)."""

    type: IncidentType
    reasons: tuple[Bilingual, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One vital process or named service in a reading: the share of it that stands still."""

    node: str
    name: Bilingual
    inoperability: Band
    is_failing: bool


@dataclass(frozen=True, slots=True)
class EstimateReading:
    """The estimate after `hour` hours: what is hit at all, gravest first. Money in euro.

    Bands hold what 5, 50 and 95 percent of the runs stay at or below; `chance` is the share of them that meets a
    criterion.
    """

    hour: int
    disruption: Disruption
    chance: float
    standings: tuple[Standing, ...]
    sectors_hit: Band
    damage_eur: Band
    casualties: Band
    people_in_distress: Band


@dataclass(frozen=True, slots=True)
class NextHit:
    """A vital process or named service that fails through the others: in which share of the runs, in how many hours."""

    node: str
    name: Bilingual
    chance: float
    hours: Band


@dataclass(frozen=True, slots=True)
class BiggestLever:
    """The dependency without which least would be lost: so many hours of standstill and euro less."""

    of: Bilingual
    on: Bilingual
    hours_saved: float
    damage_saved_eur: float


@dataclass(frozen=True, slots=True)
class SectorLoss:
    """What a sector of the economy loses: the share that stands still at most, and output in euro."""

    name: Bilingual
    out: float
    loss_eur: float


@dataclass(frozen=True, slots=True)
class EconomicLoss:
    """What the sectors of the economy lose toward who buys from them, and by which table."""

    losses: tuple[SectorLoss, ...]
    source: Bilingual
    is_verified: bool


@dataclass(frozen=True, slots=True)
class Outage:
    """The share of each process or service that stands still, until which hour, and in how many hours it recovers then.

    Without `until_hour` it lasts; without `recovers_in_hours` all is back at once.
    """

    shares: Mapping[str, float]
    until_hour: int | None = None
    recovers_in_hours: int | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The societal consequence as computed, with what it rests on.

    `chance` is the share of the `runs` that met a criterion, give or take `error`. `next_hit`: the first to fail first.
    """

    outage: Outage
    chance: float
    error: float
    runs: int
    next_hit: tuple[NextHit, ...]
    readings: tuple[EstimateReading, ...]
    disruption: Disruption
    assumptions: tuple[Bilingual, ...]
    lever: BiggestLever | None
    economy: EconomicLoss
    source: Bilingual
    is_verified: bool

    @property
    def gravest(self) -> EstimateReading:
        """The reading with the greatest chance of disruption, the last of equals."""
        return max(self.readings, key=lambda one: (one.chance, one.hour))


@dataclass(frozen=True, slots=True)
class Assessment:
    """One version of what the desk thinks of a report. `score` and `level` are None while it is not scored.

    `computed` is what the model says, `override` what a person put in its place and why. `undoes` is the version that
    this one took back; `is_blank` where nothing stood before that.
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
    thresholds: str = ""
    """Which version of the house's thresholds gave the level."""
    undoes: int | None = None
    is_blank: bool = False

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
    """One decision and its reason, in the order they were taken.

    `rests_on` is the version of the assessment that counted; None where nobody had assessed it. `heeded` says what it
    did with the view of each party that had been asked.
    """

    number: int
    decision: Decision
    reason: str
    by: By
    undoes: int | None = None
    """The number of the decision that this one took back."""
    rests_on: int | None = None
    heeded: tuple[Heeded, ...] = ()


@dataclass(frozen=True, slots=True)
class Stood:
    """How many decisions, stages and versions of views stood on the page of a report; None is not asked about."""

    decisions: int | None = None
    stages: int | None = None
    views: int | None = None


def standing_line(lines: Sequence[DecisionLine]) -> DecisionLine | None:
    """The decision that counts: the last of these, in their order, that was not undone."""
    undone = {line.undoes for line in lines if line.undoes is not None}
    return next((line for line in reversed(lines) if line.undoes is None and line.number not in undone), None)


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
