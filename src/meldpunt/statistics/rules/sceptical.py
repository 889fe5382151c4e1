"""A reader the engine does not know: one who takes every hidden figure for at least one.

Where all zeros of a row are shown, the hidden figures in it are none of them zero. Five hidden figures under a total
of five are then five ones, although to a reader who holds zero possible each may be anything from zero to five.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from meldpunt.engines.suppression import CellId, Protection, Table, Unknowns

_SLACK = 1e-6
_Numbers = npt.NDArray[np.float64]


def given_away(table: Table, protection: Protection) -> CellId | None:
    """A shown margin to hide besides, because with it this reader learns a sensitive figure exactly; or None.

    It is the smallest of the margins over that figure. Raises AttackNotSolved.
    """
    hidden = [cell for cell in table.cells if cell in protection.suppressed]
    place = {cell: number for number, cell in enumerate(hidden)}
    # Where a zero is hidden the reader is wrong about it; this one is never wrong, and so learns at least as much.
    at_least = np.array([1.0 if table.cells[cell].value else 0.0 for cell in hidden])
    unknowns = Unknowns(*_knowledge(table, hidden, place), at_least)
    for cell in hidden:
        if cell not in protection.primary:
            continue
        ends = [_end(unknowns, place[cell], sign=sign) for sign in (1.0, -1.0)]
        if None not in ends and ends[0] == ends[1]:
            margins = _shown_margins(table, protection, cell)
            if margins:
                return min(margins, key=lambda one: (table.cells[one].value, one))
    return None


def _shown_margins(table: Table, protection: Protection, cell: CellId) -> list[CellId]:
    """Totals that are shown and could be hidden: in the lines of the cell, or else anywhere."""
    lines = [equation for equation in table.equations if cell == equation.total or cell in equation.parts]
    near = {one for equation in lines for one in (equation.total, *equation.parts)}
    shown = {one for one in table.margins if one not in protection.suppressed and table.cells[one].value}
    return list(near & shown or shown)


def _knowledge(table: Table, hidden: Sequence[CellId], place: dict[CellId, int]) -> tuple[_Numbers, _Numbers]:
    """The sums between hidden figures, with all that is shown moved to the other side."""
    sums, sides = [], []
    for equation in table.equations:
        line = np.zeros(len(hidden))
        side = 0.0
        for cell, sign in ((equation.total, -1.0), *((part, 1.0) for part in equation.parts)):
            if cell in place:
                line[place[cell]] = sign
            else:
                side -= sign * table.cells[cell].value
        if line.any():
            sums.append(line)
            sides.append(side)
    return np.array(sums), np.array(sides)


def _end(unknowns: Unknowns, place: int, *, sign: float) -> int | None:
    """The least (sign 1) or greatest (sign -1) whole value of a hidden figure; None where it has no end."""
    found = unknowns.end(place, sign=sign)
    if found is None:
        return None
    value = float(found[place])
    return int(np.ceil(value - _SLACK) if sign > 0 else np.floor(value + _SLACK))
