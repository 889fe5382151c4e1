"""Which figures are hidden, and what readers can still work out: `engines.suppression` with the rules of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from meldpunt.engines.suppression import (
    CellId,
    Dominance,
    Insiders,
    Protection,
    ProtectionLevel,
    Reason,
    Rule,
    Rules,
    SuppressionError,
    Table,
    Zeros,
    protect,
)

from ..values import AuditLine, FigureRules, HiddenBy, HiddenFigure
from .counting import Counted
from .sceptical import given_away

SECONDS_PER_PROGRAMME: Final = 60.0
_SEEN: Final = ProtectionLevel(lower=1, upper=1)
_REASONS: Final[Mapping[Rule, HiddenBy]] = {
    Rule.MINIMUM_FREQUENCY: HiddenBy.FEW_ORGANISATIONS,
    Rule.DOMINANCE: HiddenBy.ONE_DOMINATES,
    Rule.MARKED: HiddenBy.PROTECTS_OTHERS,
}


@dataclass(frozen=True)
class Safe:
    """A table that may be seen: `figures` holds None for what is hidden, and is None where nothing is safe."""

    figures: Mapping[tuple[str, str], int | None] | None
    hidden: tuple[HiddenFigure, ...]
    audit: AuditLine


def make_safe(counted: Counted, rules: FigureRules) -> Safe:
    """Hide what the rules ask and what protects that, and let the attackers try.

    An empty row or column is shown as such: that nobody of a sector reported says nothing about anybody. Other zeros
    may be hidden. Where no safe table is found, or the attackers succeed, nothing is kept but the engine's words.
    """
    table = Table.from_counts(
        [row.id for row in counted.rows], [column.id for column in counted.columns], counted.counts
    )
    try:
        protection = _protect(table, rules)
    except SuppressionError as error:
        return Safe(None, (), AuditLine(passed=False, attackers=0, is_optimal=False, cost=0, problem=str(error)))
    shown = {_place(cell): protection.published.get(cell) for cell in table.cells}
    hidden = tuple(_hidden(cell, protection) for cell in table.cells if cell in protection.suppressed)
    audit = AuditLine(
        passed=protection.audit.passed,
        attackers=1 + (len(_insiders(table, protection)) if rules.insiders else 0),
        is_optimal=protection.proven_optimal,
        cost=protection.loss,
    )
    return Safe(shown, hidden, audit)


def _protect(table: Table, rules: FigureRules) -> Protection:
    """The engine's choice; where a reader who takes every hidden figure for at least one learns one, again.

    Each round hides one more margin, so there are as many rounds as margins at most.
    """
    asked = Rules(
        minimum_organisations=rules.minimum_organisations,
        dominance=Dominance(largest=1, share=rules.largest_share),
        zeros=Zeros.SUPPRESSIBLE,
        range_share=rules.range_share,
        insiders=Insiders.LARGEST if rules.insiders else Insiders.NOBODY,
    )
    empty = _empty_cells(table)
    while True:
        protection = protect(table, asked, already_public=empty, time_limit_seconds=SECONDS_PER_PROGRAMME)
        telling = given_away(table, protection)
        if telling is None:
            return protection
        asked = replace(asked, marked={**asked.marked, telling: _SEEN})


def _empty_cells(table: Table) -> frozenset[CellId]:
    lines = [frozenset({equation.total, *equation.parts}) for equation in table.equations]
    totals = [equation.total for equation in table.equations]
    empty = [line for line, total in zip(lines, totals, strict=True) if table.cells[total].value == 0]
    return frozenset().union(*empty)


def _hidden(cell: CellId, protection: Protection) -> HiddenFigure:
    reason: Reason = protection.reasons[cell]
    interval = protection.audit.intervals[cell]
    row, column = _place(cell)
    ways = tuple(dict.fromkeys(_REASONS[rule] for rule in sorted(reason.rules, key=lambda rule: rule.value)))
    return HiddenFigure(
        row=row,
        column=column,
        reasons=ways or (HiddenBy.PROTECTS_OTHERS,),
        protects=tuple(sorted(_place(one) for one in reason.protects)),
        lowest=interval.lower,
        highest=interval.upper,
    )


def _insiders(table: Table, protection: Protection) -> set[str]:
    found: set[str] = set()
    for cell in protection.suppressed:
        contributions = table.cells[cell].contributions
        largest = max(contributions.values(), default=0)
        found.update(name for name, count in contributions.items() if count == largest)
    return found


def _place(cell: CellId) -> tuple[str, str]:
    row, column = cell
    return (row, column)
