"""How low and how high a count may be, asked of one programme again and again."""

from __future__ import annotations

import numpy as np

from meldpunt.engines.suppression.ends import Unknowns

SUMS = np.array(
    [
        [1, 1, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 1, 0, 0, -1, 0, 0, 0],
        [0, 0, 0, 1, 1, 0, -1, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 1, -1],
        [1, 0, 1, 1, 0, 0, 0, -1, 0],
        [0, 1, 0, 0, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 1, 1, 0, -1],
    ],
    dtype=float,
)
SIDES = np.array([4, -4, 0, -6, 0, 2, -4], dtype=float)
NOTHING = np.zeros(9)


def test_a_question_is_answered_alike_after_others_and_by_itself() -> None:
    """From the answers to fifteen questions HiGHS 1.15 finds no way to the sixteenth; from nothing it does."""
    asked = [(column, sign) for column in range(8) for sign in (1.0, -1.0)]
    together = Unknowns(SUMS, SIDES, NOTHING)

    for column, sign in asked:
        after_others, alone = together.end(column, sign=sign), Unknowns(SUMS, SIDES, NOTHING).end(column, sign=sign)
        assert (after_others is None) == (alone is None)
        assert after_others is None or alone is None or after_others[column] == alone[column]
