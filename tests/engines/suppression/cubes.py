"""Tables of three dimensions, which are no networks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import product

from meldpunt.engines.suppression import TOTAL, Cell, CellId, Equation, OrganisationId, Table

LABELS = ("p", "q")


def cube_of_units(front: Sequence[int], back: Sequence[int]) -> Table:
    """A cube of 2 x 2 x 2 with all its margins; each unit is an organisation of its own."""
    inner = {
        id_: {f"{'/'.join(id_)}/{unit}" for unit in range(count)}
        for id_, count in zip(product(LABELS, repeat=3), [*front, *back], strict=True)
    }
    cells: dict[CellId, Cell] = {}
    for id_ in product((*LABELS, TOTAL), repeat=3):
        units = [unit for inside, found in inner.items() if covers(id_, inside) for unit in found]
        cells[CellId(id_)] = Cell(CellId(id_), len(units), Counter(OrganisationId(unit) for unit in units))
    return Table(cells, tuple(equation(id_, axis) for id_ in cells for axis in range(3) if id_[axis] == TOTAL))


def covers(outer: Sequence[str], inner: Sequence[str]) -> bool:
    return all(label in (TOTAL, inside) for label, inside in zip(outer, inner, strict=True))


def equation(total: CellId, axis: int) -> Equation:
    parts = tuple(CellId((*total[:axis], label, *total[axis + 1 :])) for label in LABELS)
    return Equation(total, parts)
