"""How low and how high a count may be that is not shown, given the sums it stands in. Solved by HiGHS."""

from __future__ import annotations

import highspy
import numpy as np
import numpy.typing as npt
from highspy._core import _Highs

from meldpunt.engines.suppression.errors import AttackNotSolved

Values = npt.NDArray[np.float64]

_NO_END = highspy.kHighsInf
_SILENT = False


class Unknowns:
    """Counts that are not known, with the sums that hold between them and the least that each can be.

    One programme is kept and asked again and again with another aim: the answer to one question is a good start
    for the next, which makes a question some twenty times cheaper than a programme of its own.
    """

    def __init__(self, sums: Values, sides: Values, at_least: Values, *, whole: bool = False) -> None:
        """`sums` has a row per equation and a column per unknown; `sides` what each row adds up to."""
        # The public subclass turns callbacks on, and with them a banner on standard output that no option stops.
        self._highs = _Highs()
        self._highs.setOptionValue("output_flag", _SILENT)
        self._highs.setOptionValue("threads", 1)
        if whole:
            self._highs.setOptionValue("mip_rel_gap", 0.0)
        else:
            # Presolving would throw the last answer away, and may not tell "no end" from "no table".
            self._highs.setOptionValue("presolve", "off")
        self._aimed_at = 0
        nothing = np.array([], dtype=np.int32), np.array([], dtype=np.float64)
        for least in at_least:
            self._highs.addCol(0.0, float(least), _NO_END, 0, *nothing)
        for row, side in zip(sums, sides, strict=True):
            columns = np.flatnonzero(row).astype(np.int32)
            self._highs.addRow(float(side), float(side), columns.size, columns, row[columns])
        if whole:
            for column in range(at_least.size):
                self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def end(self, column: int, *, sign: float) -> Values | None:
        """All counts where this one is least (`sign` 1) or greatest (-1), or None where it has no end.

        Raises `AttackNotSolved` when the solver fails.
        """
        self._highs.changeColCost(self._aimed_at, 0.0)
        self._highs.changeColCost(column, sign)
        self._aimed_at = column
        status = self._solve()
        if status == highspy.HighsModelStatus.kUnbounded:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise AttackNotSolved(f"The attack ended with: {status}")
        return np.array(self._highs.getSolution().col_value, dtype=np.float64)

    def _solve(self) -> highspy.HighsModelStatus:
        """From the last answer; and where that leads the solver astray, once more from nothing."""
        self._highs.run()
        if self._highs.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            self._highs.clearSolver()
            self._highs.run()
        return self._highs.getModelStatus()
