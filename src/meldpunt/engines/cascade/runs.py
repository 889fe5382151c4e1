"""The runs of one outage: hour by hour through every node, for many draws of what is uncertain.

By itself, for who asks for an estimate: SciPy takes each process that loads it a quarter of a second.
Runs are worked out in chunks, so that memory stays bounded, on as many threads as the machine has cores.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy.sparse import csr_array

from meldpunt.engines.cascade.drawing import Floats
from meldpunt.engines.cascade.question import NEVER, Outcome, Question

STANDS_STILL = np.float32(1.0)
_ROUNDING = 1e-6
_SETTLED_EVERY_HOURS = 12
_MOST_ROUNDS = 10_000
"""What keeps each other still by nearly all comes out a little too low after these, and the same each time."""
_CELLS_OF_A_CHUNK = 12_000_000


def simulate(question: Question, runs: range, *, workers: int | None = None) -> Outcome:
    """All runs of the range; a run comes out the same whatever other runs are asked with it."""
    nodes, kept = len(question.wiring.order), len(question.hours)
    outcome = Outcome(
        state=np.zeros((kept, len(runs), nodes), dtype=np.float32),
        counted_lost=np.zeros((kept, len(runs), question.counted.size), dtype=np.float32),
        lost=np.zeros((len(runs), nodes), dtype=np.float32),
        failed_at=np.full((len(runs), nodes), NEVER, dtype=np.uint16),
    )
    reach = _reach(question)
    size = max(1, min(len(runs), _CELLS_OF_A_CHUNK // ((reach + question.horizon + 1) * nodes)))
    chunks = [runs[first : first + size] for first in range(0, len(runs), size)]
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as threads:
        list(threads.map(lambda chunk: _Chunk(question, chunk, reach).run(outcome, chunk.start - runs.start), chunks))
    return outcome


def _reach(question: Question) -> int:
    """How many hours back any dependency looks within the horizon."""
    longest = max((one.buffer_hours.high for one in question.wiring.dependencies), default=0.0)
    return min(int(np.ceil(longest)), question.horizon + 1)


class _Chunk:
    """Some runs at once. `past[run, reach + hour, node]` is what is felt of a node; before hour 0 nothing was out."""

    def __init__(self, question: Question, runs: range, reach: int) -> None:
        self._question, self._runs, self._reach = question, runs, reach
        self._nodes = len(question.wiring.order)
        self._past = np.zeros((len(runs), reach + question.horizon + 1, self._nodes), dtype=np.float32)
        self._own = np.zeros((len(runs), self._nodes), dtype=np.float32)
        self._lasting = question.is_lasting
        self._matrices = self._matrices_of_blocks()

    def _matrices_of_blocks(self) -> list[csr_array | None]:
        """Per block the strengths: a row per run and node, a column per cell of `past` from `reach` hours ago on."""
        wiring = self._question.wiring
        strengths = self._question.draws.strengths(self._runs)
        back = np.minimum(self._question.draws.buffers(self._runs), self._reach)
        runs, rows, _ = self._past.shape
        cells = np.arange(runs)[:, np.newaxis] * (rows * self._nodes) + (self._reach - back) * self._nodes + wiring.on
        width = (runs - 1) * rows * self._nodes + (self._reach + 1) * self._nodes
        matrices: list[csr_array | None] = []
        for block in wiring.blocks:
            counts = np.tile(wiring.leaning[block.first : block.end], runs)
            ends = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
            entries = strengths[:, block.edges].ravel(), cells[:, block.edges].ravel().astype(np.int32), ends
            matrices.append(csr_array(entries, shape=(counts.size, width)) if ends[-1] else None)
        return matrices

    def run(self, outcome: Outcome, first: int) -> None:
        """Work out every hour and write what is kept, from row `first` on."""
        rows = slice(first, first + len(self._runs))
        lost, failed_at = outcome.lost[rows], outcome.failed_at[rows]
        kept = {hour: number for number, hour in enumerate(self._question.hours)}
        for hour in range(self._question.horizon + 1):
            now = self._work_out(hour)
            if hour in kept:
                outcome.state[kept[hour], rows] = now
                outcome.counted_lost[kept[hour], rows] = lost[:, self._question.counted]
            # The state of an hour lasts until the next, so that of the horizon itself counts for no time.
            if hour < self._question.horizon:
                lost += now
            failed_at[(now >= self._question.fails_from - _ROUNDING) & (failed_at == NEVER)] = hour

    def _work_out(self, hour: int) -> Floats:
        now = self._past[:, self._reach + hour]
        self._push(hour)
        window = self._past.reshape(-1)[hour * self._nodes :]
        for number, block in enumerate(self._question.wiring.blocks):
            if block.cyclic and self._lasting and hour > 0:
                # What lasts never falls, so the rounds may begin where the hour before ended.
                now[:, block.first : block.end] = self._past[:, self._reach + hour - 1, block.first : block.end]
            for _ in range(_MOST_ROUNDS):
                if not self._feel(number, hour, window):
                    break
        if self._lasting and hour % _SETTLED_EVERY_HOURS == 0:
            self._settle(now)
        elif not self._lasting:
            self._forget_what_did_not_last(hour, now)
        return now

    def _push(self, hour: int) -> None:
        """What is out of itself in this hour, and what stands still for good."""
        pushed = self._question.pushed
        if hour > 0 and np.array_equal(pushed[hour], pushed[hour - 1]):
            return
        if self._lasting:
            np.maximum(self._own, pushed[hour], out=self._own)
        else:
            self._own[:] = pushed[hour]

    def _feel(self, number: int, hour: int, window: Floats) -> bool:
        """Bring one block to what it feels now, and say whether a node rose.

        Round after round nothing falls and nothing passes 1, so the rounds end, at the least answer there is.
        """
        block, matrix = self._question.wiring.blocks[number], self._matrices[number]
        now = self._past[:, self._reach + hour, block.first : block.end]
        own = self._own[:, block.first : block.end]
        if matrix is None:
            now[:] = own
            return False
        felt = (matrix @ window[: matrix.shape[1]]).reshape(own.shape)
        felt += own
        if not block.cyclic:
            np.minimum(felt, STANDS_STILL, out=now)
            return False
        np.minimum(felt, STANDS_STILL, out=felt)
        rose = bool(np.any(felt > now))
        now[:] = felt
        return rose

    def _settle(self, now: Floats) -> None:
        """What stands still wholly stays so, and need not ask any more what it leans on."""
        for number, block in enumerate(self._question.wiring.blocks):
            matrix = self._matrices[number]
            if matrix is None:
                continue
            still = now[:, block.first : block.end] >= STANDS_STILL
            newly = still & (self._own[:, block.first : block.end] < STANDS_STILL)
            if not newly.any():
                continue
            self._own[:, block.first : block.end][newly] = STANDS_STILL
            counts = np.diff(matrix.indptr)
            stays = np.repeat(~still.ravel(), counts)
            ends = np.concatenate([[0], np.cumsum(np.where(still.ravel(), 0, counts))]).astype(np.int32)
            entries = matrix.data[stays], matrix.indices[stays], ends
            self._matrices[number] = csr_array(entries, shape=matrix.shape) if ends[-1] else None

    def _forget_what_did_not_last(self, hour: int, now: Floats) -> None:
        """A buffer is used by what lasts: of the hours before, only as much is felt as is still out."""
        for earlier in range(self._reach + hour - 1, hour, -1):
            then = self._past[:, earlier]
            if not np.any(then > now):
                return
            np.minimum(then, now, out=then)
