"""What the desk makes of a vulnerability that a report names, and what the files of EPSS and KEV say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from meldpunt.constituency.values import Organisation
from meldpunt.engines.vulnerability.choices import Answer, Question
from meldpunt.engines.vulnerability.cve import CveId
from meldpunt.engines.vulnerability.cvss import Scored
from meldpunt.engines.vulnerability.exploitation import ExploitProbability, KnownExploited
from meldpunt.engines.vulnerability.hints import Hint
from meldpunt.engines.vulnerability.matrix import Judgement, Rating
from meldpunt.engines.vulnerability.ssvc import Decided, DecisionTable
from meldpunt.intake.values import ReportId, State
from meldpunt.vocabulary.bilingual import Bilingual

from .by import By


class ExploitationSource(StrEnum):
    """Which file it is."""

    EPSS = "epss"
    KEV = "kev"


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file that was loaded: the day it speaks of, its version, how many ids it has, and who loaded it."""

    source: ExploitationSource
    day: date
    version: str
    rows: int
    by: By


@dataclass(frozen=True, slots=True)
class Exploitation:
    """What the files say of one id. Without a day no such file was loaded, and silence says nothing."""

    epss: ExploitProbability | None = None
    epss_day: date | None = None
    known: KnownExploited | None = None
    kev_day: date | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating with what was computed beside it. `computed` is None where the questions were not answered."""

    computed: Rating | None
    chosen: Rating | None

    @property
    def rating(self) -> Rating | None:
        """What counts: a person's word over the computed one."""
        return self.chosen or self.computed


@dataclass(frozen=True, slots=True)
class VulnerabilityForm:
    """What a person says of a vulnerability. Answers and points by the ids of the engine; what is open is left out.

    `probability`, `damage` and `outcome` are a person's own word in place of the computed one, each with its reason.
    """

    vectors: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    probability: Rating | None = None
    damage: Rating | None = None
    deviation: str = ""
    points: Mapping[str, str] = field(default_factory=dict)
    outcome: str = ""
    outcome_reason: str = ""


@dataclass(frozen=True, slots=True)
class Vulnerability:
    """One version of what the desk thinks of a vulnerability in a report. `scored` begins with the newest CVSS.

    `outcome` is what counts of the coordinator's table, `computed_outcome` what the table says; both None while points
    are open. `then` is what the files said on the day of this version. `undoes` is the version that this one took back;
    `is_blank` where nothing stood before that.
    """

    report: ReportId
    cve: CveId
    version: int
    scored: tuple[Scored, ...]
    products: tuple[str, ...]
    answers: Mapping[str, str]
    judgement: Judgement | None
    probability: Rated
    damage: Rated
    deviation: str
    points: Mapping[str, str]
    computed_outcome: Answer | None
    outcome: Answer | None
    outcome_reason: str
    then: Exploitation
    by: By
    undoes: int | None = None
    is_blank: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether anything follows from it: a version with products or single points alone judges nothing."""
        return bool(self.scored or self.outcome or self.probability.rating or self.damage.rating)

    @property
    def is_deviating(self) -> bool:
        """Whether a person's decision stands over that of the table."""
        return self.outcome is not None and self.outcome != self.computed_outcome


@dataclass(frozen=True, slots=True)
class TableReading:
    """What one decision table makes of the points that are known: a decision, or what is still possible."""

    table: DecisionTable
    decided: Decided | None
    possible: tuple[Answer, ...]
    open_points: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class VulnerabilityPage:
    """Everything a page on one vulnerability of one report shows. `users` and `label` as far as known now.

    `version` is the last there is, also where it says that nothing stands; 0 for none.
    """

    report: ReportId
    reference: str
    cve: CveId
    latest: Vulnerability | None
    history: tuple[Vulnerability, ...]
    exploitation: Exploitation
    hints: tuple[Hint, ...]
    readings: tuple[TableReading, ...]
    label: Bilingual | None
    version: int = 0


@dataclass(frozen=True, slots=True)
class ProductUser:
    """An organisation that uses it, by the names under which it registered it: why it stands here."""

    organisation: Organisation
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductUsers:
    """Who uses these products, in the order of codes, and how many by sector, most first. `looked_for`: which names."""

    looked_for: tuple[str, ...]
    users: tuple[ProductUser, ...]
    by_sector: tuple[tuple[str, int], ...]

    @property
    def registered(self) -> tuple[str, ...]:
        """The names under which they registered these products, each once."""
        return tuple(dict.fromkeys(product for one in self.users for product in one.products))


@dataclass(frozen=True, slots=True)
class Using:
    """Who uses what is vulnerable, and who uses what only stands in the same report.

    `tied` is by a product that the catalogue or the desk names for this vulnerability; `named` by another product of
    the report, of whoever does not use a tied one.
    """

    tied: ProductUsers
    named: ProductUsers


class VulnerabilityOrder(StrEnum):
    """How the list is sorted."""

    SSVC = "ssvc"
    """The gravest decision first; what nobody judged but is known to be exploited stands behind those to act on."""
    EPSS = "epss"
    DUE = "due"
    """By the day of the catalogue, then as SSVC."""


@dataclass(frozen=True, slots=True)
class VulnerableReport:
    """An open report that a vulnerability is in. Without `judged_at` nobody judged it there yet."""

    report: ReportId
    reference: str
    title: str
    state: State
    outcome: Answer | None
    probability: Rating | None
    damage: Rating | None
    judged_at: datetime | None


@dataclass(frozen=True, slots=True)
class VulnerabilityLine:
    """One vulnerability of open reports: in `count` of them, of which `reports` are the first, the gravest before."""

    cve: CveId
    score: float | None
    epss: float | None
    added_on: date | None
    due_on: date | None
    reports: tuple[VulnerableReport, ...]
    count: int

    @property
    def gravest(self) -> VulnerableReport:
        """The report in which it was judged gravest."""
        return self.reports[0]

    @property
    def more(self) -> int:
        """In how many reports it is beside those that are shown."""
        return self.count - len(self.reports)


@dataclass(frozen=True, slots=True)
class VulnerabilityList:
    """A page of the list, and whether there is another."""

    lines: tuple[VulnerabilityLine, ...]
    page: int
    is_more: bool
