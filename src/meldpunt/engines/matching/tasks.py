"""Stretches of inputs done by many workers: on this machine, or wherever the executor that is given does them."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from meldpunt.engines.matching.errors import OutputBusy


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: rows done so far, bytes of input done and in all, seconds since the beginning."""

    rows: int
    done_bytes: int
    all_bytes: int
    seconds: float

    @property
    def rows_a_second(self) -> float:
        """Over the whole time."""
        return self.rows / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float:
        """If the rest goes as what was done."""
        return self.seconds * (self.all_bytes - self.done_bytes) / self.done_bytes if self.done_bytes else 0.0


class HasRows(Protocol):
    """What a stretch came to."""

    @property
    def rows(self) -> int: ...


_Stretch = TypeVar("_Stretch")
_Outcome = TypeVar("_Outcome", bound=HasRows)


@contextmanager
def pool_of(given: Executor | None, workers: int) -> Iterator[Executor]:
    """The executor that was given, or one of threads."""
    if given is not None:
        yield given
        return
    with ThreadPoolExecutor(workers) as pool:
        yield pool


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One process at a time writes its answer into a folder. Raises `OutputBusy`, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / ".lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise OutputBusy(folder) from busy
        if not path.exists() or path.stat().st_ino != os.fstat(lock.fileno()).st_ino:
            raise OutputBusy(folder)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def do_all(
    inputs: Sequence[tuple[int, Sequence[_Stretch]]],
    submit: Callable[[_Stretch], Future[_Outcome]],
    progress: Callable[[Progress], None],
) -> list[list[_Outcome]]:
    """What each input came to, stretch by stretch as they were done. An input is its size and its stretches.

    The first stretch that fails stops the rest, and what it raised is raised.
    """
    began, rows, done = time.monotonic(), 0, 0
    tasks = {submit(stretch): number for number, (_, each) in enumerate(inputs) for stretch in each}
    outcomes: list[list[_Outcome]] = [[] for _ in inputs]
    try:
        for task in as_completed(tasks):
            number, outcome = tasks[task], task.result()
            outcomes[number].append(outcome)
            size, each = inputs[number]
            rows, done = rows + outcome.rows, done + round(size / len(each))
            progress(Progress(rows, done, sum(size for size, _ in inputs), time.monotonic() - began))
    finally:
        for task in tasks:
            task.cancel()
    return outcomes
