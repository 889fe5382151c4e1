"""Verdicts per second over a mixed set of questions, beside looking through every ground for each of them."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from typing import Final

from meldpunt.law import (
    DUTCH,
    Condition,
    DataKind,
    Facts,
    Ground,
    GroundKind,
    Law,
    Purpose,
    RecipientKind,
    verdict,
)

QUESTIONS: Final = 2_000
RUNS: Final = 7
DAYS: Final = (date(2013, 12, 12), date(2018, 10, 1), date(2020, 1, 17), date(2026, 11, 23))


class LookingThroughAll(Law):
    """The same law without its index: every ground is held against the question."""

    __slots__ = ()

    def grounds_for(self, facts: Facts) -> tuple[Ground, ...]:
        """What `Law.grounds_for` gives, found by reading the law from end to end."""
        return tuple(
            ground
            for ground in self.grounds
            if ground.kind is facts.kind
            and ground.is_valid_on(facts.on)
            and (not ground.recipients or facts.recipient in ground.recipients)
            and (not ground.purposes or facts.purpose in ground.purposes)
        )


def without_index(law: Law) -> LookingThroughAll:
    """The law as one that is looked through from end to end."""
    return LookingThroughAll(**{one.name: getattr(law, one.name) for one in fields(law) if one.init})


def mixed_questions(count: int, *, seed: int = 2013) -> list[Facts]:
    """Questions of every kind of deed, recipient and purpose, under each act of the desk; always the same ones."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark has to ask the same twice
    return [
        Facts(
            on=chance.choice(DAYS),
            recipient=chance.choice(list(RecipientKind)),
            purpose=chance.choice(list(Purpose)),
            data=frozenset(chance.sample(list(DataKind), chance.randint(1, 6))),
            conditions=frozenset(chance.sample(list(Condition), chance.randint(0, 4))),
            kind=chance.choice(list(GroundKind)),
        )
        for _ in range(count)
    ]


def measure_law() -> None:
    """Print how many questions a second are answered, and how many grounds found, with and without the index."""
    questions, plain = mixed_questions(QUESTIONS), without_index(DUTCH)
    print(f"law: {QUESTIONS} mixed questions, {len(DUTCH.grounds)} grounds, median of {RUNS} runs\n")
    print(f"{'':<34} {'per second':>10} {'µs each':>8}")
    for name, ask in (
        ("verdict, explained in two languages", lambda facts: verdict(facts, DUTCH)),
        ("the same, looking through all", lambda facts: verdict(facts, plain)),
        ("grounds that fit", DUTCH.grounds_for),
        ("the same, looking through all", plain.grounds_for),
    ):
        took = statistics.median(_timed(ask, questions) for _ in range(RUNS))
        print(f"{name:<34} {QUESTIONS / took:>10,.0f} {took / QUESTIONS * 1e6:>8.1f}")


def _timed(ask: Callable[[Facts], object], questions: Sequence[Facts]) -> float:
    begun = time.perf_counter()
    for facts in questions:
        ask(facts)
    return time.perf_counter() - begun
