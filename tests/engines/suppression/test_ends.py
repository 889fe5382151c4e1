"""A programme that is asked again and again answers as one that is made anew for each question."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from meldpunt.engines.suppression import CellId, Equation, Table, Unknowns

from .random_tables import small_tables


@given(table=small_tables(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_each_end_is_that_of_a_programme_of_its_own(table: Table, data: st.DataObject) -> None:
    hidden = data.draw(st.lists(st.sampled_from(sorted(table.cells)), min_size=1, unique=True))
    sums = np.array([[_sign(equation, cell) for cell in hidden] for equation in table.equations])
    sides = sums @ np.array([table.cells[cell].value for cell in hidden], dtype=float)
    asked = Unknowns(sums, sides, np.zeros(len(hidden)))
    for place in range(len(hidden)):
        for sign in (1.0, -1.0):
            aim = np.zeros(len(hidden))
            aim[place] = sign
            anew = linprog(aim, A_eq=sums, b_eq=sides, method="highs")
            found = asked.end(place, sign=sign)
            assert (found is None) == (anew.status != 0)
            assert found is None or abs(found[place] - anew.x[place]) < 1e-6


def _sign(equation: Equation, cell: CellId) -> float:
    if cell == equation.total:
        return -1.0
    return float(cell in equation.parts)
