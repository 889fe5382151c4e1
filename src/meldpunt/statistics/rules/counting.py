"""From reports to counts per sector, class and organisation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.rsit import all_classes
from meldpunt.vocabulary.sectors import all_sectors

from ..errors import GroupImpossible, PeriodImpossible
from ..values import TOTAL, UNKNOWN_SECTOR, Heading, SectorGroup

Counts = Mapping[tuple[str, str], Mapping[str, int]]
"""Per row and column, how many reports of each organisation."""


class CountedReport(Protocol):
    """What counting asks of a report; `triage` gives more."""

    @property
    def sector(self) -> str: ...
    @property
    def rsit_class(self) -> str: ...
    @property
    def organisation(self) -> UUID | None: ...


@dataclass(frozen=True)
class Counted:
    """A table before anything was hidden; it lives in memory only."""

    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    counts: Counts


def check_period(first_day: date, last_day: date, *, today: date) -> None:
    """Raise PeriodImpossible for a period that runs backwards or into the future."""
    if first_day > last_day:
        raise PeriodImpossible("The first day lies after the last one.")
    if last_day > today:
        raise PeriodImpossible("The period ends in the future.")


def count_reports(reports: Iterable[CountedReport], *, groups: Sequence[SectorGroup] = ()) -> Counted:
    """Every sector and every RSIT class, with a row for reports of no known sector; sectors of a group share its row.

    Raises GroupImpossible.
    """
    row_of = _rows_of_sectors(groups)
    named: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    unnamed: Counter[tuple[str, str]] = Counter()
    for report in reports:
        cell = (row_of.get(report.sector, UNKNOWN_SECTOR), report.rsit_class)
        if report.organisation is None:
            unnamed[cell] += 1
        else:
            named[cell][str(report.organisation)] += 1
    columns = tuple(Heading(one.id, one.name) for one in all_classes())
    return Counted(_headings(groups), columns, _with_unnamed(named, unnamed))


def _with_unnamed(named: Mapping[tuple[str, str], Counter[str]], unnamed: Mapping[tuple[str, str], int]) -> Counts:
    """Reports of nobody known are laid at the door of whom they make most recognisable.

    That may be the largest organisation of the cell, else of the row, else one that nobody knows: so they never
    make a cell look as if more organisations were in it than are known to be.
    """
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (row, _), organisations in named.items():
        rows[row].update(organisations)
    found = {cell: Counter(organisations) for cell, organisations in named.items()}
    for (row, column), count in unnamed.items():
        cell = found.setdefault((row, column), Counter())
        cell[_largest(cell) or _largest(rows[row]) or f"nobody known in {row}"] += count
    return found


def _largest(organisations: Counter[str]) -> str:
    return min(organisations, key=lambda name: (-organisations[name], name), default="")


def _rows_of_sectors(groups: Sequence[SectorGroup]) -> dict[str, str]:
    known = {sector.id: str(sector.id) for sector in all_sectors()}
    seen: set[str] = set()
    for group in groups:
        if not group.sectors or not known.keys() >= set(group.sectors):
            raise GroupImpossible("A group names at least one sector, and sectors that exist.")
        if seen & set(group.sectors) or len(set(group.sectors)) < len(group.sectors):
            raise GroupImpossible("A sector stands in two groups.")
        seen |= set(group.sectors)
    ids = [group.id for group in groups]
    if len(set(ids)) < len(ids) or set(ids) & (known.keys() | {TOTAL, UNKNOWN_SECTOR, ""}):
        raise GroupImpossible("Every group needs an id of its own, which is not that of a sector.")
    return known | {sector: group.id for group in groups for sector in group.sectors}


def _headings(groups: Sequence[SectorGroup]) -> tuple[Heading, ...]:
    """Sectors in their order, a group where its first sector would stand, and the unknown last."""
    of_sector = {sector: group for group in groups for sector in group.sectors}
    found: dict[str, Heading] = {}
    for sector in all_sectors():
        group = of_sector.get(sector.id)
        heading = Heading(group.id, group.name) if group else Heading(sector.id, sector.name)
        found.setdefault(heading.id, heading)
    return (*found.values(), Heading(UNKNOWN_SECTOR, Bilingual("sector onbekend", "sector unknown")))
