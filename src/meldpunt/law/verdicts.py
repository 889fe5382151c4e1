"""May this go to them, on what ground, without what? The one place where that is decided.

Each kind of data needs a ground of its own; a ground that covers one kind never carries another along. So
adding a kind of data never frees a kind that was refused, and withdrawing a condition never widens.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from meldpunt.law.explaining import explain
from meldpunt.law.in_force import IN_FORCE
from meldpunt.law.regimes import Law
from meldpunt.law.values import (
    Condition,
    DataKind,
    Facts,
    Ground,
    GroundId,
    Need,
    Outcome,
    Verdict,
)

_ABOUT_THE_READER: Final = frozenset({Condition.OWN_REPORT, Condition.ABOUT_RECIPIENT})


def verdict(facts: Facts, law: Law = IN_FORCE) -> Verdict:
    """The verdict on these facts: pure, and total over every combination of facts.

    A ground applies when it is law on the day, fits deed, recipient and purpose, and its conditions are met;
    the second person (FOUR_EYES) may still come. What no applying ground covers is left out; when nothing
    that was asked remains, the answer is a refusal.
    """
    fitting = law.grounds_for(facts)
    applying = [ground for ground in fitting if not _missing(ground, facts) - {Condition.FOUR_EYES}]
    chosen = _best_by_kind(applying, facts)
    given = frozenset(chosen)
    left_out = facts.data - given
    grounds = tuple(sorted(set(chosen.values()), key=lambda ground: ground.id))
    needs = _needs(fitting, left_out, facts)
    return Verdict(
        outcome=_outcome(grounds, left_out, facts),
        grounds=grounds,
        given=given,
        left_out=left_out,
        needs=needs,
        four_eyes=any(Condition.FOUR_EYES in ground.conditions for ground in grounds),
        explanation=explain(facts, chosen=chosen, needs=needs, law=law),
    )


def find_ground(ground_id: str, law: Law = IN_FORCE) -> Ground | None:
    """The ground with this id, or None: a ledger entry may name one that the data no longer holds."""
    return _by_id(law).get(GroundId(ground_id))


def _by_id(law: Law) -> Mapping[GroundId, Ground]:
    return {ground.id: ground for ground in law.grounds}


def _missing(ground: Ground, facts: Facts) -> frozenset[Condition]:
    return ground.conditions - facts.conditions


def _best_by_kind(applying: Iterable[Ground], facts: Facts) -> Mapping[DataKind, Ground]:
    """For each asked kind that may go, the ground it goes on.

    First one that needs no second person any more; then one that is about the reader itself, because the rule for
    this case goes before the rule for all cases; then the fewest conditions, then the one that covers most. The
    order does not look at what else was asked: else adding a kind could move another kind.
    """
    ranked = sorted(
        applying,
        key=lambda ground: (
            bool(_missing(ground, facts)),
            not ground.conditions & _ABOUT_THE_READER,
            len(ground.conditions),
            -len(ground.data),
            ground.id,
        ),
    )
    return {
        kind: next(ground for ground in ranked if kind in ground.data)
        for kind in sorted(facts.data)
        if any(kind in ground.data for ground in ranked)
    }


def _needs(fitting: Iterable[Ground], left_out: frozenset[DataKind], facts: Facts) -> tuple[Need, ...]:
    needs = (
        Need(ground, missing=_missing(ground, facts), opens=ground.data & left_out)
        for ground in fitting
        if ground.data & left_out
    )
    return tuple(sorted(needs, key=lambda need: (len(need.missing), -len(need.opens), need.ground.id)))


def _outcome(grounds: tuple[Ground, ...], left_out: frozenset[DataKind], facts: Facts) -> Outcome:
    if not grounds:
        return Outcome.REFUSED
    if left_out or any(_missing(ground, facts) for ground in grounds):
        return Outcome.ALLOWED_WITH_CONDITIONS
    return Outcome.ALLOWED
