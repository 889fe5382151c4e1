"""The attacker: what can be worked out from the cells that are shown.

Written apart from `pattern.py` on purpose. That module chooses what to hide; this one knows only what is
shown and solves two small programmes per hidden cell, so that a mistake in one is seen by the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from meldpunt.engines.suppression.errors import AttackNotSolved
from meldpunt.engines.suppression.rules import level_against
from meldpunt.engines.suppression.table import Table
from meldpunt.engines.suppression.values import (
    OUTSIDER,
    Attacker,
    Audit,
    CellId,
    Exposure,
    Insiders,
    Interval,
    OrganisationId,
    Sensitivity,
    Threat,
)

# Far above the error of the solver and far below one incident.
SOLVER_SLACK = 1e-6
LP_OPTIMAL, LP_UNBOUNDED = 0, 3


@dataclass(frozen=True)
class _View:
    """What one attacker has before it: the cells it does not know, and the sums that tie them."""

    unknown: tuple[CellId, ...]
    sums: npt.NDArray[np.float64]
    sides: npt.NDArray[np.float64]
    at_least: tuple[int, ...]
    ends_are_whole: bool


def audit(
    table: Table,
    suppressed: Collection[CellId],
    *,
    sensitive: Mapping[CellId, Sensitivity],
    insiders: Insiders = Insiders.NOBODY,
    already_public: Collection[CellId] = frozenset(),
) -> Audit:
    """What readers can work out when the `suppressed` cells are left out of the table.

    An outsider knows that counts are whole and not negative, and the cells in `already_public` (shown earlier
    with this same value, so hiding them now hides nothing). Insiders know besides what they reported
    themselves. A sensitive cell that is not suppressed is exposed. Raises `AttackNotSolved` when the solver fails.
    """
    hidden = [cell_id for cell_id in table.cells if cell_id in set(suppressed)]
    outside = _view(table, hidden, attacker=OUTSIDER, already_public=already_public)
    intervals = {
        cell_id: _interval(outside, cell_id) if cell_id in outside.unknown else _certain(table, cell_id)
        for cell_id in hidden
    }
    exposures: list[Exposure] = []
    for attacker in _attackers(table, hidden, insiders):
        exposures.extend(
            find_exposures(table, hidden, attacker=attacker, sensitive=sensitive, already_public=already_public)
        )
    return Audit(intervals, tuple(exposures))


def find_exposures(
    table: Table,
    suppressed: Collection[CellId],
    *,
    attacker: Attacker,
    sensitive: Mapping[CellId, Sensitivity],
    already_public: Collection[CellId] = frozenset(),
) -> Iterator[Exposure]:
    """The sensitive cells about which this attacker learns more than their level allows."""
    view = _view(table, suppressed, attacker=attacker, already_public=already_public)
    for cell_id, sensitivity in sensitive.items():
        cell = table.cells[cell_id]
        if attacker.knows(cell):
            # It learns nothing about anybody else.
            continue
        level = level_against(attacker, cell, sensitivity.level)
        interval = _interval(view, cell_id) if cell_id in view.unknown else _certain(table, cell_id)
        if not interval.protects(cell.value, level):
            yield Exposure(Threat(attacker, cell_id, level), interval)


def _attackers(table: Table, hidden: Collection[CellId], insiders: Insiders) -> tuple[Attacker, ...]:
    organisations: set[OrganisationId] = set()
    if insiders is not Insiders.NOBODY:
        for cell_id in hidden:
            contributions = table.cells[cell_id].contributions
            largest = max(contributions.values(), default=0)
            organisations.update(
                name for name, count in contributions.items() if insiders is Insiders.EVERYBODY or count == largest
            )
    return (OUTSIDER, *(Attacker(name) for name in sorted(organisations)))


def _view(table: Table, hidden: Collection[CellId], *, attacker: Attacker, already_public: Collection[CellId]) -> _View:
    unknown = tuple(
        cell_id for cell_id in hidden if cell_id not in already_public and not attacker.knows(table.cells[cell_id])
    )
    place = {cell_id: number for number, cell_id in enumerate(unknown)}
    sums: list[list[float]] = []
    sides: list[float] = []
    for equation in table.equations:
        signed = [(equation.total, -1.0), *((part, 1.0) for part in equation.parts)]
        if not any(cell_id in place for cell_id, _ in signed):
            continue
        row = [0.0] * len(unknown)
        side = 0.0
        for cell_id, sign in signed:
            if cell_id in place:
                row[place[cell_id]] = sign
            else:
                side -= sign * table.cells[cell_id].value
        sums.append(row)
        sides.append(side)
    return _View(
        unknown,
        np.array(sums, dtype=np.float64).reshape(len(sums), len(unknown)),
        np.array(sides, dtype=np.float64),
        tuple(attacker.own(table.cells[cell_id]) for cell_id in unknown),
        table.is_network,
    )


def _certain(table: Table, cell_id: CellId) -> Interval:
    value = table.cells[cell_id].value
    return Interval(value, value)


def _interval(view: _View, cell_id: CellId) -> Interval:
    lowest = _extreme(view, cell_id, sign=1.0)
    highest = _extreme(view, cell_id, sign=-1.0)
    if lowest is None:
        raise AttackNotSolved(f"A count without a lower end: {cell_id}.")
    # Counts are whole numbers, and the attacker knows that too.
    upper = None if highest is None else floor(highest + SOLVER_SLACK)
    return Interval(ceil(lowest - SOLVER_SLACK), upper)


def _extreme(view: _View, cell_id: CellId, *, sign: float) -> float | None:
    """The least (sign 1) or greatest (sign -1) value of a cell, or None where it has no end."""
    aim = np.zeros(len(view.unknown))
    aim[view.unknown.index(cell_id)] = sign
    end = _solve(view, aim, whole=False)
    if end is not None and not view.ends_are_whole:
        # Outside networks the end may lie at a fraction, and whole counts may end well before it.
        end = _solve(view, aim, whole=True)
    return None if end is None else sign * end


def _solve(view: _View, aim: npt.NDArray[np.float64], *, whole: bool) -> float | None:
    answer = linprog(
        aim,
        A_eq=view.sums,
        b_eq=view.sides,
        bounds=[(least, None) for least in view.at_least],
        integrality=int(whole),
        method="highs",
    )
    if answer.status == LP_UNBOUNDED:
        return None
    if answer.status != LP_OPTIMAL:
        raise AttackNotSolved(f"The attack ended with: {answer.message}")
    return float(answer.fun)
