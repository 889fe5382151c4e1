"""Tables as cells and sums, so that a margin, a hierarchy or a third dimension is only more equations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from meldpunt.engines.suppression.errors import TableDoesNotAddUp
from meldpunt.engines.suppression.values import TOTAL, Cell, CellId, Equation, OrganisationId

Counts = Mapping[tuple[str, str], Mapping[str, int]]


@dataclass(frozen=True)
class Table:
    """Cells by id and the sums between them. Raises `TableDoesNotAddUp` when they contradict each other."""

    cells: Mapping[CellId, Cell]
    equations: tuple[Equation, ...]

    def __post_init__(self) -> None:
        for cell in self.cells.values():
            if cell.value < 0 or sum(cell.contributions.values()) != cell.value:
                raise TableDoesNotAddUp(f"Cell {cell.id} is not the sum of its contributions.")
            if any(count <= 0 for count in cell.contributions.values()):
                raise TableDoesNotAddUp(f"Cell {cell.id} has a contributor that contributed nothing.")
        for equation in self.equations:
            parts = sum(self.cells[part].value for part in equation.parts)
            if parts != self.cells[equation.total].value:
                raise TableDoesNotAddUp(f"Total {equation.total} differs from the sum of its parts, {parts}.")

    @classmethod
    def from_counts(cls, rows: Sequence[str], columns: Sequence[str], counts: Counts) -> Table:
        """A table of two dimensions with its margins.

        `counts` holds per (row, column) how many incidents each organisation had; a pair left out is a zero.
        An organisation found in several cells counts once in their margin.
        """
        _refuse_bad_labels(rows, columns, counts)
        inner = {CellId((row, column)): Counter(counts.get((row, column), {})) for row in rows for column in columns}
        merged: dict[CellId, Counter[str]] = dict(inner)
        for row in rows:
            merged[CellId((row, TOTAL))] = _merge(inner[CellId((row, column))] for column in columns)
        for column in columns:
            merged[CellId((TOTAL, column))] = _merge(inner[CellId((row, column))] for row in rows)
        merged[CellId((TOTAL, TOTAL))] = _merge(inner.values())
        return cls(
            cells={id_: _cell(id_, organisations) for id_, organisations in merged.items()},
            equations=_margins(rows, columns),
        )

    @cached_property
    def margins(self) -> frozenset[CellId]:
        return frozenset(equation.total for equation in self.equations)

    @cached_property
    def is_network(self) -> bool:
        """Whether the sums form a network flow, so that every extreme point is whole numbers.

        Test of Heller & Tompkins (1956): with at most two ±1 per cell, the sums must split in two sides such
        that a cell with equal signs joins the two sides and a cell with opposite signs stays on one. Two
        dimensions with margins pass, also with a hierarchy in one of them; three dimensions do not.
        """
        return _splits_in_two_sides(self.equations)


def _refuse_bad_labels(rows: Sequence[str], columns: Sequence[str], counts: Counts) -> None:
    if len(set(rows)) < len(rows) or len(set(columns)) < len(columns) or TOTAL in {*rows, *columns}:
        raise TableDoesNotAddUp("Every row and every column needs a label of its own.")
    strangers = [pair for pair in counts if pair[0] not in set(rows) or pair[1] not in set(columns)]
    if strangers:
        raise TableDoesNotAddUp(f"Counts for cells that the table does not have: {strangers}.")


def _merge(parts: Iterable[Counter[str]]) -> Counter[str]:
    merged: Counter[str] = Counter()
    for part in parts:
        merged.update(part)
    return merged


def _cell(id_: CellId, organisations: Counter[str]) -> Cell:
    contributions = {OrganisationId(name): count for name, count in organisations.items() if count != 0}
    return Cell(id_, sum(contributions.values()), contributions)


def _margins(rows: Sequence[str], columns: Sequence[str]) -> tuple[Equation, ...]:
    across = [
        Equation(CellId((row, TOTAL)), tuple(CellId((row, column)) for column in columns)) for row in (*rows, TOTAL)
    ]
    down = [
        Equation(CellId((TOTAL, column)), tuple(CellId((row, column)) for row in rows)) for column in (*columns, TOTAL)
    ]
    return (*across, *down)


def _splits_in_two_sides(equations: Sequence[Equation]) -> bool:
    signs: dict[CellId, list[tuple[int, int]]] = {}
    for number, equation in enumerate(equations):
        signs.setdefault(equation.total, []).append((number, -1))
        for part in equation.parts:
            signs.setdefault(part, []).append((number, 1))
    opposite: dict[int, list[tuple[int, bool]]] = {number: [] for number in range(len(equations))}
    for entries in signs.values():
        if len(entries) > 2:
            return False
        if len(entries) == 2:
            (first, sign), (second, other) = entries
            opposite[first].append((second, sign == other))
            opposite[second].append((first, sign == other))
    side: dict[int, bool] = {}
    return all(start in side or _paint(start, opposite, side) for start in opposite)


def _paint(start: int, opposite: Mapping[int, list[tuple[int, bool]]], side: dict[int, bool]) -> bool:
    side[start] = True
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there, differs in opposite[here]:
            wanted = side[here] != differs
            if there not in side:
                side[there] = wanted
                waiting.append(there)
            elif side[there] != wanted:
                return False
    return True
