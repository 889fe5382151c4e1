"""Reports acknowledged per second by the doors as they are served, and what twenty kills at random moments lose.

Eight clients at once, each report from a network of its own. Beside them, in turns, eight that have one row written and
committed: by a server of the same make, and without one. Every commit is on disk.
"""

from __future__ import annotations

import http.client
import os
import statistics
import sys
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import psycopg

from ..story.cast import machines
from . import bare
from .house import House, free_port, wait_for
from .killing import Loss, kill_at_random
from .reporters import ByApi, ByForm, Promise, Reporter

CLIENTS: Final = 8
ROUNDS: Final = 3
FEWEST: Final = 10.0
"""Acknowledged per second: a country's year of 10^6 reports in a day and four hours."""
LONGEST: Final = 2.0
"""Seconds within which 99 in 100 have their answer."""


@dataclass(frozen=True)
class Rate:
    """Acknowledged per second, and how long each answer took (s)."""

    per_second: float
    took: tuple[float, ...]

    @property
    def p99(self) -> float:
        """Of a hundred answers the slowest."""
        return statistics.quantiles(self.took, n=100)[-1] if len(self.took) > 1 else max(self.took, default=0.0)


def measure_intake(house: House, *, kills: int, seconds: float) -> bool:
    """Print the rates and the loss; whether nothing was lost and nothing came twice."""
    house.open_doors()
    if seconds:
        _measure_rates(house, seconds)
    loss = kill_at_random(house, kills=kills, key=forwarding_key())
    print(loss.said)
    return loss.is_none


def forwarding_key() -> str:
    """The key of the system that forwards reports in the story."""
    return next(machine.key for machine in machines() if machine.role == "forwarder")


def _measure_rates(house: House, seconds: float) -> None:
    host = house.address.removeprefix("http://")
    form, api = ByForm(host), ByApi(host, forwarding_key())
    plain, served = _Row(house.superuser), _ServedRow(_serve_bare(house))
    ways: dict[str, Sequence[Callable[[str], float]]] = {
        "a row, committed": [plain.tell] * CLIENTS,
        "a row, committed, over HTTP": [served.tell] * CLIENTS,
        "a report by API": [_timed(api)] * CLIENTS,
        "a report by the form": [_timed(form)] * CLIENTS,
        "half by form, half by API": [_timed(form), _timed(api)] * (CLIENTS // 2),
    }
    rates: dict[str, list[Rate]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, clients in ways.items():
            rates[name].append(_rate_of(clients, seconds))
    house.kill("bare")
    print(
        f"{CLIENTS} clients on {os.cpu_count()} processors, theirs among them; each commit on disk; "
        f"{ROUNDS} rounds of {seconds:.0f} s; limits {FEWEST:.0f} a second, p99 {LONGEST:.0f} s"
    )
    print(f"{'acknowledged':<30} {'a second':>9} {'median ms':>10} {'p99 ms':>8} {'of the row over HTTP':>21}")
    bare_rate = statistics.median(one.per_second for one in rates["a row, committed, over HTTP"])
    for name, each in rates.items():
        print(_line(name, each, bare_rate))


def _line(name: str, each: Sequence[Rate], bare_rate: float) -> str:
    rate = statistics.median(one.per_second for one in each)
    together = Rate(rate, tuple(took for one in each for took in one.took))
    over = "" if rate >= FEWEST and together.p99 <= LONGEST else "  OVER THE LIMIT"
    median = statistics.median(together.took) * 1000
    return f"{name:<30} {rate:>9.1f} {median:>10.1f} {together.p99 * 1000:>8.1f} {rate / bare_rate:>21.1%}{over}"


def _timed(reporter: Reporter) -> Callable[[str], float]:
    def tell(mark: str) -> float:
        promise: Promise = reporter.tell(mark)
        return promise.took

    return tell


def _rate_of(clients: Sequence[Callable[[str], float]], seconds: float) -> Rate:
    took: list[float] = []
    ready = threading.Barrier(len(clients))

    def go_on(tell: Callable[[str], float]) -> None:
        tell(f"Warm {uuid.uuid4().hex[:8]}")
        ready.wait()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            took.append(tell(f"Storing {uuid.uuid4().hex[:12]}"))

    threads = [threading.Thread(target=go_on, args=(one,)) for one in clients]
    begun = time.monotonic()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Rate(len(took) / max(seconds, time.monotonic() - begun), tuple(took))


class _Row:
    """Writes the row over a session of its own."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._of_this_thread = threading.local()
        with psycopg.connect(dsn) as owner, suppress(psycopg.errors.DuplicateTable):
            owner.execute(bare.MAKE)

    def tell(self, mark: str) -> float:
        """Insert and commit; the seconds it took."""
        line: psycopg.Connection[tuple[object, ...]] | None = getattr(self._of_this_thread, "line", None)
        if line is None:
            line = self._of_this_thread.line = psycopg.connect(self._dsn)
        begun = time.perf_counter()
        line.execute(bare.INSERT, [mark])
        line.commit()
        return time.perf_counter() - begun


class _ServedRow:
    """Has it written by the bare server."""

    def __init__(self, port: int) -> None:
        self._port = port

    def tell(self, mark: str) -> float:
        """Until 201; a connection of its own, as reporters have; the seconds it took."""
        begun = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        line.request("POST", "/", mark.encode())
        answer = line.getresponse()
        answer.read()
        line.close()
        if answer.status != 201:
            raise RuntimeError(f"the bare server answers {answer.status}")
        return time.perf_counter() - begun


def _serve_bare(house: House) -> int:
    port = free_port()
    os.environ[bare.DSN] = house.superuser
    house.begin("bare", [sys.executable, "-m", bare.__name__, str(port)])
    wait_for(port)
    return port


__all__ = ["Loss", "measure_intake"]
