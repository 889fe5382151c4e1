"""What crosses the wall of the suppression engine.

A table is a set of cells tied together by sums. Cells count incidents; the contributors to a cell are
organisations, because it is the organisation that must not be recognised, however many incidents it reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NewType

CellId = NewType("CellId", tuple[str, ...])
"""The labels of a cell, one per dimension; `TOTAL` stands for the margin of that dimension."""

OrganisationId = NewType("OrganisationId", str)

TOTAL = "*"


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: how many, and how many of them each organisation contributed (no zeros)."""

    id: CellId
    value: int
    contributions: Mapping[OrganisationId, int]

    @property
    def largest_first(self) -> tuple[int, ...]:
        return tuple(sorted(self.contributions.values(), reverse=True))


@dataclass(frozen=True, slots=True)
class Equation:
    """`total` is the sum of `parts`; a hierarchy is nothing but more of these."""

    total: CellId
    parts: tuple[CellId, ...]


class Rule(Enum):
    """Why a cell may not be shown as it is."""

    MINIMUM_FREQUENCY = "minimum frequency"
    DOMINANCE = "dominance"
    P_PERCENT = "p percent"
    GROUP_DISCLOSURE = "group disclosure"
    ZERO = "zero"
    MARKED = "marked by hand"


class Zeros(Enum):
    """What becomes of a cell in which nothing was counted."""

    SHOWN = "shown"
    SUPPRESSIBLE = "suppressible"
    SENSITIVE = "sensitive"


class Weight(Enum):
    """What hiding a cell costs: its count, the number of organisations in it, or one whatever it holds."""

    VALUE = "value"
    ORGANISATIONS = "organisations"
    EQUAL = "equal"


class Insiders(Enum):
    """Which contributors are feared to use the knowledge of their own reports."""

    NOBODY = "nobody"
    LARGEST = "largest contributor of every hidden cell"
    EVERYBODY = "every contributor of every hidden cell"


@dataclass(frozen=True, slots=True)
class Dominance:
    """The (n,k)-rule: unsafe when the `largest` biggest contributors hold more than `share` (0…1) of it."""

    largest: int
    share: float


@dataclass(frozen=True, slots=True)
class ProtectionLevel:
    """How uncertain an attacker must stay about a value a, in units of the count.

    Its interval must reach down to a - `lower`, up to a + `upper`, and be at least `sliding` wide
    (LPL, UPL and SPL of Fischetti & Salazar, Management Science 47(7), 2001). A count never goes below zero,
    so a lower level asks no more than that.
    """

    lower: int
    upper: int
    sliding: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """When a cell is sensitive, how well it must be protected, and what may be hidden for it.

    `minimum_organisations`: fewer distinct organisations than this (but not none) is unsafe.
    `p_share`: the p %-rule as a share; unsafe when what the two largest leave is below this share of the largest.
    `group_share`: unsafe when one category holds more than this share of its row or column.
    `range_share`: lower and upper level are at least this share of the value, and at least 1.
    `reach_minimum`: the attacker must also hold it possible that a small cell is not small
    (its interval reaches `minimum_organisations`); without it an interval of [0, 2] for a 1 is accepted.
    `marked`: cells that a person calls sensitive, each with its own level.
    """

    minimum_organisations: int | None = 3
    dominance: Dominance | None = None
    p_share: float | None = None
    group_share: float | None = None
    zeros: Zeros = Zeros.SHOWN
    range_share: float = 0.10
    reach_minimum: bool = True
    marked: Mapping[CellId, ProtectionLevel] = field(default_factory=dict)
    weight: Weight = Weight.VALUE
    margins_kept: bool = False
    insiders: Insiders = Insiders.NOBODY


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The rules that a cell breaks, and the protection they ask together."""

    rules: frozenset[Rule]
    level: ProtectionLevel


@dataclass(frozen=True, slots=True)
class Attacker:
    """Somebody who reads the table. With an `organisation` it also knows what it reported itself.

    A sole contributor is taken to know that it is alone: the cautious assumption.
    """

    organisation: OrganisationId | None = None

    def own(self, cell: Cell) -> int:
        """What the attacker itself brought into the cell; it holds no smaller value possible."""
        return 0 if self.organisation is None else cell.contributions.get(self.organisation, 0)

    def knows(self, cell: Cell) -> bool:
        return 0 < self.own(cell) == cell.value


OUTSIDER = Attacker()


@dataclass(frozen=True, slots=True)
class Threat:
    """One attacker who wants to know one sensitive cell, and how uncertain it must stay."""

    attacker: Attacker
    cell: CellId
    level: ProtectionLevel


@dataclass(frozen=True, slots=True)
class Interval:
    """The values an attacker holds possible, both ends included; no upper end when nothing bounds it."""

    lower: int
    upper: int | None

    def holds(self, value: int) -> bool:
        return self.lower <= value and (self.upper is None or value <= self.upper)

    def protects(self, value: int, level: ProtectionLevel) -> bool:
        """Whether the interval is as wide around the true value as the level asks."""
        low_enough = self.lower <= max(value - level.lower, 0)
        if self.upper is None:
            return low_enough
        return low_enough and self.upper >= value + level.upper and self.upper - self.lower >= level.sliding


@dataclass(frozen=True, slots=True)
class Exposure:
    """A threat that succeeds: the interval is too narrow."""

    threat: Threat
    interval: Interval


@dataclass(frozen=True, slots=True)
class Audit:
    """What a reader of the published cells can work out: per hidden cell, and what is exposed."""

    intervals: Mapping[CellId, Interval]
    exposures: tuple[Exposure, ...]

    @property
    def passed(self) -> bool:
        return not self.exposures


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell is hidden: rules of its own, or the sensitive cells exposed if it were shown."""

    rules: frozenset[Rule]
    protects: frozenset[CellId]


class SolverStatus(Enum):
    NOTHING_SENSITIVE = "nothing sensitive"
    OPTIMAL = "optimal"
    TIME_LIMIT = "time limit"


@dataclass(frozen=True, slots=True)
class Protection:
    """A table made safe. `published` holds every cell that may be shown, and nothing else may.

    `cost` is the weight of the secondary cells, `loss` that of all hidden cells.
    """

    primary: Mapping[CellId, Sensitivity]
    secondary: frozenset[CellId]
    published: Mapping[CellId, int]
    reasons: Mapping[CellId, Reason]
    cost: int
    loss: int
    status: SolverStatus
    audit: Audit

    @property
    def suppressed(self) -> frozenset[CellId]:
        return self.secondary | frozenset(self.primary)

    @property
    def proven_optimal(self) -> bool:
        return self.status is not SolverStatus.TIME_LIMIT
