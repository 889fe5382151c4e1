"""How long an outage takes through a country of named services, beside plain Python on the same graph; and the static
model beside NumPy's solver on the same tables."""

from __future__ import annotations

import os
import random
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

import numpy as np

from meldpunt.engines.cascade import (
    Band,
    Dependency,
    DependencyNetwork,
    Driven,
    Interdependency,
    Outage,
    Service,
    consequence,
    dutch_economy,
    inoperability,
    outage_of,
    recovery_coefficient,
    runs_for,
)
from meldpunt.engines.cascade.consequence import simulated
from meldpunt.engines.cascade.question import Question, question_of
from meldpunt.vocabulary import Bilingual, SectorId

SERVICES: Final = 10_000
LEANING: Final = 6
"""Dependencies per service."""
STRUCK: Final = 10
HOURS: Final = 72
TIMES: Final = 3
LIMIT_SECONDS: Final = 10.0
LIMIT_WAITING_SECONDS: Final = 2.0
LIMIT_MIB: Final = 1536


def country(services: int, *, seed: int = 2013) -> tuple[DependencyNetwork, Outage]:
    """Services that lean on six others each, mostly on what was there before them, and the first ten wholly out.

    Of the dependencies 3 in 100 lean on any other, so that cycles come about; a third has no buffer or hardly one, a
    third some hours, a third half a day. Strengths add up to more than one, so that the outage reaches nearly all.
    """
    chance = random.Random(seed)  # noqa: S311 - a benchmark has to ask the same twice
    ids = [f"service:{number:05d}" for number in range(services)]
    dependencies: dict[tuple[int, int], Dependency] = {}
    while len(dependencies) < LEANING * services:
        of = chance.randrange(1, services)
        on = chance.randrange(services) if chance.random() < 0.03 else int(of * chance.random() ** 1.5)
        if of == on or (of, on) in dependencies:
            continue
        likely = chance.uniform(0.1, 0.5)
        strength = Band(likely / 2, likely, min(1.0, likely * 1.8))
        dependencies[of, on] = Dependency(ids[of], ids[on], strength, _buffer(chance, is_back=on > of))
    network = DependencyNetwork(
        processes=(),
        dependencies=tuple(dependencies.values()),
        source=Bilingual("verzonnen", "invented"),
        estimated_on=date(2026, 1, 1),
        verified=False,
        services=tuple(Service(id_, SectorId("energy")) for id_ in ids),
    )
    return network, outage_of(dict.fromkeys(ids[:STRUCK], 1.0))


def _buffer(chance: random.Random, *, is_back: bool) -> Band:
    kind = chance.random()
    if kind < 1 / 3 and not is_back:
        return Band.exactly(0) if chance.random() < 0.5 else Band(0, 0.4, 2)
    return Band(1, 3, 8) if kind < 2 / 3 else Band(6, 12, 36)


def measure_cascade(*, services: int, runs: int) -> None:
    """Print what a country takes, how much faster that is than plain Python, and what the static model takes."""
    network, outage = country(services)
    print(
        f"cascade: {services:,} services, {len(network.dependencies):,} dependencies, {runs:,} runs over {HOURS} hours,"
        f" {STRUCK} out; {os.cpu_count()} cores, median of {TIMES}\n"
    )
    took = [_timed(lambda: consequence(network, outage, runs=runs, horizon_hours=HOURS)) for _ in range(TIMES)]
    wall, cpu = (statistics.median(one) for one in zip(*took, strict=True))
    found = consequence(network, outage, runs=min(runs, 100), horizon_hours=HOURS)
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'whole estimate, seconds':<52} {wall:>9.2f}   limit {LIMIT_SECONDS:.0f}; processor {cpu:.1f}")
    print(f"{'memory at its greatest, MiB':<52} {mib:>9.0f}   limit {LIMIT_MIB}")
    print(f"{'services that fail in one of twenty runs or more':<52} {len(found.next_hit):>9,}   of {services:,}")
    _waiting(network, outage)
    _beside_plain_python(network, outage, runs=min(runs, 100))
    print()
    _static()


def _waiting(network: DependencyNetwork, outage: Outage) -> None:
    """What the desk waits for: as many runs as it takes of so large a network, of an outage that lasts or ends."""
    ends = outage_of(dict.fromkeys(outage, 1.0), until_hour=24)
    back = outage_of(
        dict.fromkeys(outage, 1.0),
        until_hour=24,
        recovery_per_hour=recovery_coefficient(start=1.0, end=0.01, duration=12),
    )
    for name, one in (("lasts", outage), ("ends after 24 hours", ends), ("recovers then in 12", back)):
        runs = runs_for(network, one)
        wall, cpu = _timed(partial(consequence, network, one, runs=runs, horizon_hours=HOURS))
        said = f"the desk waits, {runs} runs: it {name}, seconds"
        print(f"{said:<52} {wall:>9.2f}   limit {LIMIT_WAITING_SECONDS:.0f}; processor {cpu:.1f}")


def _beside_plain_python(network: DependencyNetwork, outage: Outage, *, runs: int) -> None:
    """One run by loops against many by arrays, per run; they come to the same."""
    question = question_of(network, outage, seed=0, horizon_hours=HOURS, hours=(HOURS,), fails_from=0.5)
    ours, _ = _timed(lambda: simulated(question, range(runs)))
    begun = time.perf_counter()
    plain = _by_loops(question)
    loops = time.perf_counter() - begun
    apart = float(np.max(np.abs(simulated(question, range(1)).state[-1, 0] - np.array(plain))))
    print(f"{'one run, milliseconds':<52} {1000 * ours / runs:>9.1f}")
    print(f"{'the same in plain Python':<52} {1000 * loops:>9.1f}   {loops / (ours / runs):.0f} times as long")
    print(f"{'how far apart they end':<52} {apart:>9.0e}")


def _by_loops(question: Question) -> list[float]:
    """The state at the horizon in the first run, for an outage that lasts."""
    strengths = question.draws.strengths(range(1))[0].tolist()
    buffers = question.draws.buffers(range(1))[0].tolist()
    leans: list[list[tuple[int, float, int]]] = [[] for _ in question.wiring.order]
    for number, (of, on) in enumerate(zip(question.wiring.of.tolist(), question.wiring.on.tolist(), strict=True)):
        leans[of].append((on, strengths[number], buffers[number]))
    past: list[list[float]] = []
    now: list[float] = [0.0] * len(leans)
    for hour, pushed in enumerate(question.pushed.tolist()):
        now = now.copy()
        past.append(now)
        rose = True
        while rose:
            rose = False
            for node, others in enumerate(leans):
                felt = pushed[node]
                for on, strength, buffer in others:
                    if buffer <= hour:
                        felt += strength * past[hour - buffer][on]
                felt = min(1.0, felt)
                rose = rose or felt > now[node] + 1e-9
                now[node] = felt
    return now


def _static() -> None:
    print(f"{'static model, microseconds':<40} {'here':>9} {'solver alone':>12}")
    economy = dutch_economy()
    tables = {
        "six sectors of the Netherlands": economy.interdependency(Driven.SUPPLY),
        "48 sectors drawn at random": _random_table(48),
        "1,000 sectors drawn at random": _random_table(1000),
    }
    for name, table in tables.items():
        pushed = np.zeros(len(table.sectors))
        pushed[0] = 0.05
        ours = _microseconds(partial(inoperability, table, pushed))
        solver = _microseconds(partial(np.linalg.solve, np.eye(pushed.size) - table.matrix, pushed))
        print(f"{name:<40} {ours:>9,.0f} {solver:>12,.0f}   {ours / solver:.1f} times")


def _random_table(size: int) -> Interdependency:
    drawn = np.random.default_rng(2013).random((size, size))
    return Interdependency(tuple(map(str, range(size))), 0.5 * drawn / drawn.sum(axis=0))


def _microseconds(ask: Callable[[], object]) -> float:
    return 1e6 * statistics.median(_timed(ask)[0] for _ in range(9))


def _timed(ask: Callable[[], object]) -> Sequence[float]:
    """Seconds by the clock, and of the processor."""
    begun, spent = time.perf_counter(), time.process_time()
    ask()
    return time.perf_counter() - begun, time.process_time() - spent
