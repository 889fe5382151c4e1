"""The runs of one outage: hour by hour through every node, for many draws of what is uncertain.

By itself, for who asks for an estimate: SciPy takes each process that loads it a quarter of a second.
Runs are worked out in chunks, so that memory stays bounded, on as many threads as the machine has cores.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from meldpunt.engines.cascade.chances import ROUNDING
from meldpunt.engines.cascade.drawing import Floats
from meldpunt.engines.cascade.question import NEVER, Outcome, Question
from meldpunt.engines.cascade.rising import STANDS_STILL, Together, risen

_SETTLED_EVERY_HOURS = 12
_CELLS_OF_A_CHUNK = 16_000_000


def simulate(question: Question, runs: range, *, workers: int | None = None) -> Outcome:
    """All runs of the range; a run comes out the same whatever other runs are asked with it."""
    nodes, kept = len(question.wiring.order), len(question.hours)
    outcome = Outcome(
        state=np.zeros((kept, len(runs), nodes), dtype=np.float32),
        counted=np.zeros((question.horizon + 1, len(runs), question.counted.size), dtype=np.float32),
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
    """Some runs at once. `past[run, reach + hour, node]` is what was out of a node from that hour up to now without a
    break; before hour 0 nothing was out.
    """

    def __init__(self, question: Question, runs: range, reach: int) -> None:
        self._question, self._runs, self._reach = question, runs, reach
        self._nodes = len(question.wiring.order)
        self._past = np.zeros((len(runs), reach + question.horizon + 1, self._nodes), dtype=np.float32)
        self._own = np.zeros((len(runs), self._nodes), dtype=np.float32)
        self._kept = question.kept
        self._strengths = question.draws.strengths(runs)
        self._cells = self._cells_of_dependencies()
        self._whole = self._matrices_of_blocks()
        self._matrices = list(self._whole)

    @cached_property
    def _together(self) -> Together:
        return Together(self._question.wiring, self._strengths)

    def _cells_of_dependencies(self) -> npt.NDArray[np.int32]:
        """Per run and dependency which cell of `past`, from `reach` hours ago on, says what it feels."""
        back = np.minimum(self._question.draws.buffers(self._runs), self._reach)
        runs, rows, _ = self._past.shape
        first = np.arange(runs)[:, np.newaxis] * (rows * self._nodes)
        cells: npt.NDArray[np.int32] = (first + (self._reach - back) * self._nodes + self._question.wiring.on).astype(
            np.int32
        )
        return cells

    def _matrices_of_blocks(self) -> list[csr_array | None]:
        """Per block the strengths: a row per run and node, a column per cell of `past` from `reach` hours ago on."""
        wiring = self._question.wiring
        runs, rows, _ = self._past.shape
        width = (runs - 1) * rows * self._nodes + (self._reach + 1) * self._nodes
        matrices: list[csr_array | None] = []
        for block in wiring.blocks:
            counts = np.tile(wiring.leaning[block.first : block.end], runs)
            ends = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
            entries = self._strengths[:, block.edges].ravel(), self._cells[:, block.edges].ravel(), ends
            matrices.append(csr_array(entries, shape=(counts.size, width)) if ends[-1] else None)
        return matrices

    def run(self, outcome: Outcome, first: int) -> None:
        """Work out every hour and write what is kept, from row `first` on."""
        rows = slice(first, first + len(self._runs))
        lost, failed_at = outcome.lost[rows], outcome.failed_at[rows]
        kept = {hour: number for number, hour in enumerate(self._question.hours)}
        for hour in range(self._question.horizon + 1):
            now = self._work_out(hour)
            outcome.counted[hour, rows] = now[:, self._question.counted]
            if hour in kept:
                outcome.state[kept[hour], rows] = now
            # The state of an hour lasts until the next, so that of the horizon itself counts for no time.
            if hour < self._question.horizon:
                lost += now
            failed_at[(now >= self._question.fails_from - ROUNDING) & (failed_at == NEVER)] = hour

    def _work_out(self, hour: int) -> Floats:
        """The state in that hour. Where nothing is out of itself nothing is out. Where no cause gives way nothing does:
        then what was out so long is out still, and only what leans on another without a buffer waits for what the other
        is in this hour.
        """
        now = self._past[:, self._reach + hour]
        self._push(hour)
        if not self._question.pushed[hour].any():
            self._past[:, hour : self._reach + hour] = 0
            return now
        if self._kept[hour] < 1:
            self._come_back(hour, now)
            return now
        for number, block in enumerate(self._question.wiring.blocks):
            if block.cyclic:
                self._turn(number, hour)
            else:
                now[:, block.first : block.end] = self._felt(number, hour)
        if hour % _SETTLED_EVERY_HOURS == 0:
            self._settle(now)
        return now

    def _push(self, hour: int) -> None:
        """What is out of itself in this hour, and what stands still until a cause gives way."""
        pushed = self._question.pushed
        if hour > 0 and np.array_equal(pushed[hour], pushed[hour - 1]):
            return
        if self._kept[hour] < 1:
            self._own[:] = pushed[hour]
            self._matrices = list(self._whole)
        else:
            np.maximum(self._own, pushed[hour], out=self._own)

    def _felt(self, number: int, hour: int) -> Floats:
        """What one block feels, as the state of this hour stands."""
        block, matrix = self._question.wiring.blocks[number], self._matrices[number]
        own = self._own[:, block.first : block.end]
        if matrix is None:
            return own
        window = self._past.reshape(-1)[hour * self._nodes :]
        felt: Floats = (matrix @ window[: matrix.shape[1]]).reshape(own.shape)
        felt += own
        np.minimum(felt, STANDS_STILL, out=felt)
        return felt

    def _turn(self, number: int, hour: int) -> None:
        """One block whose nodes feed each other. Nothing falls in this hour: it begins where the hour before ended."""
        block = self._question.wiring.blocks[number]
        now = self._past[:, self._reach + hour, block.first : block.end]

        def felt(state: Floats) -> Floats:
            now[:] = state
            return self._felt(number, hour)

        before = self._past[:, self._reach + hour - 1, block.first : block.end] if hour > 0 else np.zeros_like(now)
        now[:] = risen(before.copy(), felt)

    def _settle(self, now: Floats) -> None:
        """What stands still wholly stays so until a cause gives way, and need not ask any more what it leans on."""
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

    def _come_back(self, hour: int, now: Floats) -> None:
        """The least answer in an hour in which a cause gives way. Nobody feels more than is still out, with a buffer or
        without, so all dependencies are worked out together; and of what was out before only that much is felt on.
        """
        now[:] = STANDS_STILL
        lasted = np.take(self._past.reshape(-1)[hour * self._nodes :], self._cells)
        # Where every cause keeps some share of what it was, so does all that is felt: the rounds may begin there.
        start = np.maximum(self._kept[hour] * self._past[:, self._reach + hour - 1], self._own)
        now[:] = self._together.least_answer(start, lasted=lasted, own=self._own)
        past = self._past[:, hour : self._reach + hour]
        np.minimum(past, now[:, np.newaxis], out=past)
