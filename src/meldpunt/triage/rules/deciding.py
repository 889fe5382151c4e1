"""Which decision can follow which, and what it means for the queue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from meldpunt.intake.values import StageLine, State
from meldpunt.law import Clock
from meldpunt.vocabulary.texts import clean_text, is_readable

from ..errors import (
    AddedMeanwhile,
    AnsweredMeanwhile,
    ChangedMeanwhile,
    DecidedMeanwhile,
    DecisionImpossible,
    ReasonMissing,
)
from ..values import UNDECIDED_AFTER, Assessment, Consultation, Decision, DecisionLine, Disruption, Stood

STATE_AFTER: Final[Mapping[Decision, State]] = {
    Decision.ACCEPT: State.ACCEPTED,
    Decision.MERGE: State.MERGED,
    Decision.REDIRECT: State.REDIRECTED,
    Decision.DECLINE: State.DECLINED,
    Decision.REOPEN: State.IN_TRIAGE,
    Decision.SET_ASIDE: State.SET_ASIDE,
    Decision.TAKE_IN: State.RECEIVED,
}


def check_reason(reason: str) -> str:
    """The reason without space around it. Raises ReasonMissing."""
    if not is_readable(reason):
        raise ReasonMissing
    return clean_text(reason)


def check_taken_in(*, is_set_aside: bool) -> None:
    """Raise DecisionImpossible for what is set aside and not taken in yet."""
    if is_set_aside:
        raise DecisionImpossible("This report is set aside. Take it in first, with a reason.")


def check_decision(standing: Decision | None, wanted: Decision, *, is_set_aside: bool = False) -> None:
    """Raise DecisionImpossible where a decision stands already, or none stands to be undone.

    `standing` is the last decision taken; a reopened report counts as undecided. What is set aside is taken in first.
    """
    if wanted not in (Decision.SET_ASIDE, Decision.TAKE_IN):
        check_taken_in(is_set_aside=is_set_aside)
    if wanted is Decision.TAKE_IN and not is_set_aside:
        raise DecisionImpossible("This report is not set aside, so there is nothing to take in.")
    is_decided = standing is not None and standing not in UNDECIDED_AFTER
    if wanted is Decision.REOPEN and not is_decided:
        raise DecisionImpossible("Nothing was decided about this report yet, so there is nothing to reopen.")
    if wanted is not Decision.REOPEN and is_decided:
        raise DecisionImpossible("This report was decided before. Reopen it first.")


def check_seen(
    seen: Stood, *, decisions: Sequence[DecisionLine], stages: Sequence[StageLine], asked: Sequence[Consultation]
) -> None:
    """Raise DecidedMeanwhile, AddedMeanwhile or AnsweredMeanwhile where more stands than was `seen`."""
    if seen.decisions is not None and decisions and decisions[-1].number > seen.decisions:
        raise DecidedMeanwhile(decisions[-1].by.name)
    if seen.stages is not None and len(stages) > seen.stages:
        raise AddedMeanwhile
    views = [(one.view.by.at, one.party.label) for one in asked if one.view]
    if seen.views is not None and sum(len(one.views) for one in asked) > seen.views:
        raise AnsweredMeanwhile(max(views)[1])


def check_version(latest: Assessment | None, seen: int | None) -> None:
    """Raise ChangedMeanwhile where a colleague added a version after the one that was `seen` (None: not asked)."""
    if seen is not None and latest is not None and latest.version > seen:
        raise ChangedMeanwhile(latest.by.name)


def shows_risk(disruption: Disruption | None) -> bool:
    """Whether the assessment bears out a risk of disruption of society."""
    return disruption in (Disruption.POSSIBLY, Disruption.LIKELY)


def first_due(clocks: Iterable[Clock]) -> Clock | None:
    """The statutory clock whose deadline comes first among those not met."""
    waiting = [(clock.deadline, clock.id, clock) for clock in clocks if clock.met_at is None and clock.deadline]
    return min(waiting, key=lambda one: one[:2])[2] if waiting else None
