"""What crosses the wall of statistics: the table as it may be seen, and the overview around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal, NewType
from uuid import UUID

from meldpunt.access.values import ActorId
from meldpunt.disclosure.values import DisclosureId
from meldpunt.vocabulary.bilingual import Bilingual

OverviewId = NewType("OverviewId", UUID)

TOTAL: Final = "*"
"""The id of the margin, in a row or in a column."""

UNKNOWN_SECTOR: Final = "unknown"
"""The row of reports of which nobody knows the sector."""

Language = Literal["nl", "en"]


class State(StrEnum):
    """How far an overview has come."""

    COMPILED = "compiled"
    """Counted, but the attacker's check did not pass: nothing of it may be published."""
    CHECKED = "checked"
    """Safe to publish."""
    OFFERED = "offered"
    """At the door, where a second person has to look."""
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Bilingual:
        """The state for people."""
        return _STATES[self]


_STATES: Mapping[State, Bilingual] = {
    State.COMPILED: Bilingual("niet veilig", "not safe"),
    State.CHECKED: Bilingual("gecontroleerd", "checked"),
    State.OFFERED: Bilingual("wacht op tweede persoon", "waits for a second person"),
    State.PUBLISHED: Bilingual("gepubliceerd", "published"),
    State.WITHDRAWN: Bilingual("ingetrokken", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A row or a column: its id in the vocabulary (or of a group) and its name."""

    id: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class SectorGroup:
    """Sectors that are counted in one row, because each has too few members to be told apart."""

    id: str
    name: Bilingual
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One row of a table as shown; None is a hidden figure."""

    heading: Heading
    figures: tuple[int | None, ...]
    total: int | None


@dataclass(frozen=True)
class FigureTable:
    """Counts of reports by sector and class, as they may be seen. `figures` is None where a cell is hidden.

    Keys of `figures` are (row id, column id), with `TOTAL` for a margin; every pair is there.
    """

    first_day: date
    last_day: date
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    figures: Mapping[tuple[str, str], int | None]

    @property
    def lines(self) -> tuple[FigureLine, ...]:
        """The rows in order, without the line of totals."""
        return tuple(self._line(row) for row in self.rows)

    @property
    def totals(self) -> FigureLine:
        """The line of totals, the grand total in its corner."""
        return self._line(Heading(TOTAL, Bilingual("Totaal", "Total")))

    @property
    def hidden(self) -> int:
        """How many figures are hidden, margins included."""
        return sum(figure is None for figure in self.figures.values())

    def _line(self, row: Heading) -> FigureLine:
        return FigureLine(
            heading=row,
            figures=tuple(self.figures[row.id, column.id] for column in self.columns),
            total=self.figures[row.id, TOTAL],
        )


class HiddenBy(StrEnum):
    """Why a figure is hidden: by a rule about itself, or for the sake of others."""

    FEW_ORGANISATIONS = "few-organisations"
    ONE_DOMINATES = "one-dominates"
    PROTECTS_OTHERS = "protects-others"

    @property
    def label(self) -> Bilingual:
        """The reason for people."""
        return _HIDDEN_BY[self]


_HIDDEN_BY: Mapping[HiddenBy, Bilingual] = {
    HiddenBy.FEW_ORGANISATIONS: Bilingual("te weinig organisaties", "too few organisations"),
    HiddenBy.ONE_DOMINATES: Bilingual("één organisatie overheerst", "one organisation dominates"),
    HiddenBy.PROTECTS_OTHERS: Bilingual(
        "anders is een andere cel uit te rekenen", "another cell could be worked out otherwise"
    ),
}


@dataclass(frozen=True, slots=True)
class HiddenFigure:
    """One hidden figure: why, and between which values a reader must guess (no `highest`: nothing bounds it).

    Its own value is not here: it was never stored. `protects` are the cells that would be exposed without it.
    """

    row: str
    column: str
    reasons: tuple[HiddenBy, ...]
    protects: tuple[tuple[str, str], ...]
    lowest: int
    highest: int | None


@dataclass(frozen=True, slots=True)
class FigureRules:
    """The rules a table was made safe with.

    `minimum_organisations`: fewer than this in a cell, but not none, is hidden. `largest_share` (0…1): so is a cell
    of which one organisation holds more. `range_share` (0…1): how far, as a share of its value, a hidden figure must
    stay uncertain at least. The attackers are all readers, and with `insiders` also the largest contributor to each
    hidden cell, who knows its own reports: that takes minutes, and is for a job.
    """

    minimum_organisations: int = 3
    largest_share: float = 0.75
    range_share: float = 0.10
    insiders: bool = False
    groups: tuple[SectorGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What the attacker's check said: `attackers` tried, and `problem` in the engine's words where it failed."""

    passed: bool
    attackers: int
    is_optimal: bool
    cost: int
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """An overview in a list."""

    id: OverviewId
    first_day: date
    last_day: date
    state: State
    compiled_by: ActorId
    compiled_by_name: str
    compiled_at: datetime
    disclosure: DisclosureId | None


@dataclass(frozen=True)
class Overview:
    """An overview as the desk sees it. `table` is None where it could not be made safe; `charts` are SVG texts."""

    id: OverviewId
    state: State
    first_day: date
    last_day: date
    compiled_by: ActorId
    compiled_by_name: str
    compiled_at: datetime
    rules: FigureRules
    table: FigureTable | None
    hidden: tuple[HiddenFigure, ...]
    audit: AuditLine
    charts: Mapping[Language, str]
    disclosure: DisclosureId | None
