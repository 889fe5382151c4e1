"""Secondary suppression as an exact mixed-integer programme.

Each threat gets two witness tables inside the programme: one in which its cell is `upper` higher, one in which
it is `lower` lower, both agreeing with everything shown. As long as such tables exist the attacker cannot exclude
them.
(Fischetti & Salazar, JASA 95(451), 2000, and Management Science 47(7), 2001.) Solved by HiGHS.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs

from meldpunt.engines.suppression.errors import NoSafePattern, SolverGaveUp
from meldpunt.engines.suppression.table import Table
from meldpunt.engines.suppression.values import Cell, CellId, Equation, Threat

UNBOUNDED = highspy.kHighsInf
CHOSEN = 0.5
SILENT = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What the programme may choose from: what it must hide, may hide besides, and what each cell costs."""

    must_hide: frozenset[CellId]
    may_hide: frozenset[CellId]
    weights: Mapping[CellId, int]

    @property
    def hideable(self) -> frozenset[CellId]:
        return self.must_hide | self.may_hide


@dataclass(frozen=True, slots=True)
class Pattern:
    """The cells to hide, and whether no cheaper choice exists."""

    hidden: frozenset[CellId]
    proven_optimal: bool


def cheapest_pattern(table: Table, choice: Choice, threats: Sequence[Threat], *, time_limit_seconds: float) -> Pattern:
    """The cheapest set of cells whose absence spoils every threat; among equals the one with fewest cells.

    The weights are whole numbers. In a table that is no network a witness may move a cell by no more than the
    largest value in the table (nobody believes in more), so there optimal means optimal within that bound.
    Raises `NoSafePattern` or `SolverGaveUp`.
    """
    programme = _Programme(table, choice)
    for threat in threats:
        programme.spoil(threat)
    return programme.solve(time_limit_seconds)


class _Programme:
    """The growing model: one column per hideable cell, and per threat the columns of its witnesses."""

    def __init__(self, table: Table, choice: Choice) -> None:
        self._table = table
        self._choice = choice
        self._ceiling = max(cell.value for cell in table.cells.values())
        # The public subclass turns callbacks on, and with them a banner on standard output that no option stops.
        self._highs = _Highs()
        self._highs.setOptionValue("output_flag", SILENT)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        # Smaller than any difference between two costs, so that it only breaks ties toward fewer cells.
        tie_break = 1.0 / (2 * len(table.cells) + 2)
        self._switch = {
            cell_id: self._column(float(cell_id in choice.must_hide), 1.0, cost=choice.weights[cell_id] + tie_break)
            for cell_id in table.cells
            if cell_id in choice.hideable
        }
        for column in self._switch.values():
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def spoil(self, threat: Threat) -> None:
        """Demand witnesses against one threat."""
        level = threat.level
        up = max(level.upper, level.sliding)
        down = min(max(level.lower, level.sliding), _room_below(self._table.cells[threat.cell], threat))
        raised = self._witness(threat, (level.upper, up)) if up > 0 else None
        lowered = self._witness(threat, (-down, -level.lower)) if down > 0 else None
        if level.sliding > 0:
            ends = [(column, sign) for column, sign in ((raised, 1.0), (lowered, -1.0)) if column is not None]
            self._row(float(level.sliding), UNBOUNDED, ends)

    def solve(self, time_limit_seconds: float) -> Pattern:
        self._highs.setOptionValue("time_limit", time_limit_seconds)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            raise NoSafePattern("The sensitive cells cannot be kept uncertain by hiding cells of this table.")
        optimal = status == highspy.HighsModelStatus.kOptimal
        solution = self._highs.getSolution()
        feasible = self._highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if not optimal and not feasible:
            raise SolverGaveUp(f"No safe pattern after {time_limit_seconds} seconds ({status}).")
        hidden = frozenset(cell_id for cell_id, column in self._switch.items() if solution.col_value[column] > CHOSEN)
        return Pattern(hidden, proven_optimal=optimal)

    def _witness(self, threat: Threat, reach: tuple[int, int]) -> int:
        """Columns saying how far each hidden cell is off the truth in one witness; gives that of the target."""
        largest = max(abs(end) for end in reach)
        moved: dict[CellId, int] = {}
        for cell_id, switch in self._switch.items():
            cell = self._table.cells[cell_id]
            if threat.attacker.knows(cell):
                continue
            if cell_id == threat.cell:
                moved[cell_id] = self._difference(reach[0], reach[1])
                continue
            up, down = self._bounds(cell, threat, largest)
            moved[cell_id] = self._difference(-down, up)
            if cell_id not in self._choice.must_hide:
                # Only a hidden cell can differ from what is shown.
                self._row(-UNBOUNDED, 0.0, [(moved[cell_id], 1.0), (switch, -up)])
                self._row(0.0, UNBOUNDED, [(moved[cell_id], 1.0), (switch, down)])
        for equation in self._table.equations:
            self._balance(equation, moved)
        return moved[threat.cell]

    def _bounds(self, cell: Cell, threat: Threat, largest: int) -> tuple[int, int]:
        """How far a cell need move up and down in a witness.

        In a network a witness falls apart in cycles through the target, each moving every cell by the same
        amount, so no cell need move further than the target itself. That makes the programme tight.
        """
        below = _room_below(cell, threat)
        if self._table.is_network:
            return largest, min(below, largest)
        return max(self._ceiling, largest), below

    def _balance(self, equation: Equation, moved: Mapping[CellId, int]) -> None:
        signed = [(equation.total, -1.0), *((part, 1.0) for part in equation.parts)]
        terms = [(moved[cell_id], sign) for cell_id, sign in signed if cell_id in moved]
        if terms:
            self._row(0.0, 0.0, terms)

    def _difference(self, lower: int, upper: int) -> int:
        column = self._column(float(lower), float(upper))
        if not self._table.is_network:
            # A witness in fractions would convince nobody: counts are whole. In a network they are so by themselves.
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return column

    def _column(self, lower: float, upper: float, *, cost: float = 0.0) -> int:
        number = self._highs.getNumCol()
        self._highs.addCol(cost, lower, upper, 0, np.array([], dtype=np.int32), np.array([], dtype=np.float64))
        return number

    def _row(self, lower: float, upper: float, terms: Collection[tuple[int, float]]) -> None:
        columns = np.array([column for column, _ in terms], dtype=np.int32)
        factors = np.array([factor for _, factor in terms], dtype=np.float64)
        self._highs.addRow(lower, upper, len(terms), columns, factors)


def _room_below(cell: Cell, threat: Threat) -> int:
    return cell.value - threat.attacker.own(cell)
