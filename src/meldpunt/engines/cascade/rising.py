"""The least answer of one hour where things keep each other still: up, round after round.

By itself, with the runs: SciPy takes each process that loads it a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_array

from meldpunt.engines.cascade.drawing import Floats
from meldpunt.engines.cascade.wiring import Wiring

Felt: TypeAlias = Callable[[Floats], Floats]
"""What everybody feels of a state: shape (runs, nodes), as the state itself."""

STANDS_STILL = np.float32(1.0)
_MOST_ROUNDS = 10_000
_LEAP_EVERY = 16
_LONGEST_LEAP = np.float32(1_000_000)


def risen(state: Floats, felt: Felt) -> Floats:
    """The least answer above `state`, which is no higher than it: round after round, until nothing rises any more.

    Now and then what a round adds is added many times over, where everybody then feels at least so much: effects add up
    and stop at 1, so that is no higher than the answer either. By single rounds alone, what keeps each other still by
    just about all would take tens of thousands. Each run (row) goes its own way.
    """
    leap = np.full((len(state), 1), 2, dtype=np.float32)
    now = np.maximum(felt(state), state)
    for number in range(1, _MOST_ROUNDS):
        is_leap = number % _LEAP_EVERY == 0
        tried = np.minimum(state + leap * (now - state), STANDS_STILL) if is_leap else now
        if np.array_equal(tried, state):
            break
        found = felt(tried)
        holds = np.all(found >= tried, axis=1, keepdims=True) if is_leap else np.ones_like(leap, dtype=np.bool_)
        state, now = np.where(holds, tried, state), np.where(holds, np.maximum(found, tried), now)
        if is_leap:
            leap = np.clip(np.where(holds, 4 * leap, leap / 2), 2, _LONGEST_LEAP)
    return state


class Together:
    """All nodes of some runs at once, for hours in which causes give way. `strengths[run, dependency]`."""

    def __init__(self, wiring: Wiring, strengths: Floats) -> None:
        ends = np.concatenate([[0], np.cumsum(np.tile(wiring.leaning, len(strengths)))]).astype(np.int32)
        entries = strengths.ravel(), np.arange(strengths.size, dtype=np.int32), ends
        self._on = wiring.on
        self._sums = csr_array(entries, shape=(ends.size - 1, strengths.size))

    def least_answer(self, start: Floats, *, lasted: Floats, own: Floats) -> Floats:
        """The least answer above `start`, which is no higher than it.

        `lasted[run, dependency]` is what was out of the other during the whole buffer before this hour,
        `own[run, node]` what is out of itself.
        """

        def felt(state: Floats) -> Floats:
            passed = np.take(state, self._on, axis=1)
            np.minimum(lasted, passed, out=passed)
            found: Floats = (self._sums @ passed.reshape(-1)).reshape(own.shape)
            found += own
            np.minimum(found, STANDS_STILL, out=found)
            return found

        return risen(start, felt)
