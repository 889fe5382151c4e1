"""The least answer of one hour where things keep each other still: up, round after round.

By itself, with the runs: SciPy takes each process that loads it a quarter of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from meldpunt.engines.cascade.drawing import Floats
from meldpunt.engines.cascade.wiring import Wiring

Felt: TypeAlias = Callable[[Floats], Floats]
"""What everybody feels of a state: shape (runs, nodes), as the state itself."""

STANDS_STILL = np.float32(1.0)
_MOST_ROUNDS = 10_000
_LEAP_EVERY = 16
_LONGEST_LEAP = np.float32(1_000_000)
_NEAR = np.float32(1e-6)
_ROUNDING = np.float32(2.0**-22)
_ROUNDS_BEFORE_LESS = (2, 6)


def risen(state: Floats, felt: Felt) -> Floats:
    """The least answer above `state`, which is no higher than it: round after round, until hardly anything rises.

    Now and then what a round adds is added many times over, where everybody then feels at least so much: effects add up
    and stop at 1, so that is no higher than the answer either. By single rounds alone, what keeps each other still by
    just about all would take tens of thousands. Each run (row) goes its own way, and rests where nothing rises by more
    than a millionth, nor would in all rounds to come if each adds the same part of the one before.
    """
    leap = np.full((len(state), 1), 2, dtype=np.float32)
    rests = np.zeros((len(state), 1), dtype=np.bool_)
    before = np.zeros_like(state)
    now = np.maximum(felt(state), state)
    for number in range(1, _MOST_ROUNDS):
        step = now - state
        rests |= _is_answered(state, step, before)
        if rests.all():
            break
        before = step
        is_leap = number % _LEAP_EVERY == 0
        tried = np.where(rests, state, np.minimum(state + leap * step, STANDS_STILL) if is_leap else now)
        found = felt(tried)
        if is_leap:
            holds = np.all(found >= tried, axis=1, keepdims=True)
            state, now = np.where(holds, tried, state), np.where(holds, np.maximum(found, tried), now)
            leap = np.clip(np.where(holds, 4 * leap, leap / 2), 2, _LONGEST_LEAP)
            before = np.zeros_like(state)
        else:
            state, now = tried, np.maximum(found, tried)
    return state


def _is_answered(state: Floats, step: Floats, before: Floats) -> npt.NDArray[np.bool_]:
    """Per run whether what this round adds is next to nothing, and by what the round before added will come to it."""
    small: npt.NDArray[np.bool_] = step.max(axis=1, keepdims=True, initial=0) <= _NEAR
    rows = np.flatnonzero(small)
    if rows.size:
        # A step of which each time the part r = step / before is left comes to step · r / (1 - r) more.
        steps, less = step[rows], before[rows] - step[rows] - _ROUNDING * state[rows]
        small[rows, 0] = np.all((steps == 0) | (steps * steps <= _NEAR * less), axis=1)
    return small


class Together:
    """All nodes of some runs at once, for hours in which causes give way. `strengths[run, dependency]`."""

    def __init__(self, wiring: Wiring, strengths: Floats) -> None:
        runs, nodes = len(strengths), len(wiring.order)
        ends = np.concatenate([[0], np.cumsum(np.tile(wiring.leaning, runs))]).astype(np.int32)
        first = np.arange(runs, dtype=np.int32)[:, np.newaxis] * np.int32(nodes)
        self._all = _Edges((first + wiring.on.astype(np.int32)).ravel(), strengths.ravel(), ends)

    def least_answer(self, start: Floats, *, lasted: Floats, own: Floats) -> Floats:
        """The least answer above `start`, which is no higher than it.

        `lasted[run, dependency]` is what was out of the other during the whole buffer before this hour,
        `own[run, node]` what is out of itself. What can rise no more is asked no more.
        """
        edges, most, always = self._all, lasted.ravel(), own
        state = start
        for rounds in _ROUNDS_BEFORE_LESS:
            felt = edges.felt(most, always)
            for _ in range(rounds):
                state = np.maximum(felt(state), state)
            edges, most, always = edges.still_open(state, most, always)
        return risen(state, edges.felt(most, always))


class _Edges:
    """Of each run and node (a row) what it leans on: `on[edge]` counts runs and nodes, `ends[row]` is where it ends."""

    def __init__(self, on: npt.NDArray[np.int32], strengths: Floats, ends: npt.NDArray[np.int32]) -> None:
        self._on, self._strengths, self._ends = on, strengths, ends
        entries = strengths, np.arange(strengths.size, dtype=np.int32), ends
        self._sums = csr_array(entries, shape=(ends.size - 1, strengths.size))

    def felt(self, most: Floats, always: Floats) -> Felt:
        """What is felt of a state: over each edge no more than `most`, and `always[run, node]` besides."""

        def felt(state: Floats) -> Floats:
            passed = np.take(state.reshape(-1), self._on)
            np.minimum(most, passed, out=passed)
            found: Floats = (self._sums @ passed).reshape(always.shape)
            found += always
            np.minimum(found, STANDS_STILL, out=found)
            return found

        return felt

    def still_open(self, state: Floats, most: Floats, always: Floats) -> tuple[_Edges, Floats, Floats]:
        """The edges over which more may be felt than of this state, which only rises; and what is felt over the rest.

        Who stands still wholly can feel no more, and nothing passes on more than `most`.
        """
        flat = state.reshape(-1)
        passed = np.take(flat, self._on)
        is_open = (passed < most) & np.repeat(flat < STANDS_STILL, np.diff(self._ends))
        np.minimum(most, passed, out=passed)
        passed[is_open] = 0
        settled = np.where(state < STANDS_STILL, (self._sums @ passed).reshape(state.shape) + always, STANDS_STILL)
        counted = np.concatenate([[0], np.cumsum(is_open)]).astype(np.int32)
        fewer = _Edges(self._on[is_open], self._strengths[is_open], counted[self._ends])
        return fewer, most[is_open], settled
