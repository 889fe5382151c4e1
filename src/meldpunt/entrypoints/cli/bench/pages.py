"""Every page of the desk, the portal and the public site: how long, how dear, how many statements."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from .visiting import Answer, Visitor, logged_in, pages_of

LIMIT_MS = 100
ROUNDS = 20
DOORS = ("desk", "portal", "public")


@dataclass(frozen=True)
class _Page:
    shape: str
    path: str
    visitor: Visitor


def measure_pages(address: str) -> None:
    """Ask for every page in turn, round after round, so that a busy moment of the machine is shared by all."""
    print(f"pages over HTTP on loopback, {ROUNDS} rounds; limit {LIMIT_MS} ms for the median\n")
    print(f"{'page':<52} {'median ms':>9} {'p95 ms':>7} {'CPU ms':>7} {'statements':>10}")
    for door in DOORS:
        found = _pages(address, door)
        answers: dict[str, list[Answer]] = {page.shape: [] for page in found}
        for _ in range(ROUNDS):
            for page in found:
                answers[page.shape].append(page.visitor.get(page.path))
        for shape, got in sorted(answers.items()):
            print(_line(shape, got))


def _pages(address: str, door: str) -> list[_Page]:
    found: dict[str, _Page] = {}
    for visitor in logged_in(address, door):
        reached = pages_of(visitor, door, known=found)
        found |= {shape: _Page(shape, path, visitor) for shape, path in reached.items()}
    return list(found.values())


def _line(shape: str, got: Sequence[Answer]) -> str:
    took = [answer.took for answer in got]
    median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    cpu = statistics.median(answer.cpu for answer in got)
    over = "" if median < LIMIT_MS else "  OVER THE LIMIT"
    return f"{shape[:52]:<52} {median:>9.0f} {p95:>7.0f} {cpu:>7.0f} {got[-1].statements:>10}{over}"
