"""Where measures stand, and when the ministry may be told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.access.values import ActorId
from meldpunt.advice import rules
from meldpunt.advice.errors import EscalationNotAllowed, TimeImpossible, WordingMissing
from meldpunt.advice.values import (
    Answer,
    AnswerKind,
    EscalationTest,
    FollowUp,
    Measure,
    MeasureForm,
    MeasureId,
    MeasureState,
    Outcome,
    RequirementKind,
)
from meldpunt.law import Condition, DataKind
from meldpunt.triage.values import By

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOMEBODY = By(ActorId(UUID(int=1)), "A. Analist", NOW)


def measure(state: MeasureState, *, due_on: date = date(2026, 12, 1)) -> Measure:
    return Measure(MeasureId(UUID(int=1)), 1, "Doe iets.", due_on, state)


def follow_up(number: int = 1, *, hours: int = -1, outcome: Outcome | None = None) -> FollowUp:
    return FollowUp(number, NOW + timedelta(hours=hours), SOMEBODY, SOMEBODY if outcome else None, outcome)


def judged(
    *measures: Measure, is_given: bool = True, rounds: tuple[FollowUp, ...] = (), may_disrupt: bool = True
) -> EscalationTest:
    return rules.requirements(is_given=is_given, follow_ups=rounds, measures=measures, may_disrupt=may_disrupt, now=NOW)


OPEN = measure(MeasureState.OPEN, due_on=date(2026, 11, 23))

NOT_FOLLOWED = follow_up(outcome=Outcome.NOT_FOLLOWED)


def test_all_four_conditions_allow_it() -> None:
    test = judged(OPEN, rounds=(follow_up(),))
    assert test.is_allowed
    assert rules.conditions_of(test) == {
        Condition.ADVICE_GIVEN,
        Condition.ADVICE_NOT_FOLLOWED,
        Condition.RISK_OF_SOCIETAL_DISRUPTION,
    }


@pytest.mark.parametrize(
    ("test", "unmet"),
    [
        (judged(OPEN, rounds=(follow_up(),), is_given=False), RequirementKind.GIVEN),
        (judged(OPEN), RequirementKind.NOT_FOLLOWED),
        (judged(OPEN, rounds=(follow_up(hours=1),)), RequirementKind.NOT_FOLLOWED),
        (judged(OPEN, rounds=(follow_up(outcome=Outcome.FOLLOWED),)), RequirementKind.NOT_FOLLOWED),
        (judged(measure(MeasureState.DONE), rounds=(NOT_FOLLOWED,)), RequirementKind.MEASURE_LEFT),
        (judged(measure(MeasureState.ACKNOWLEDGED), rounds=(NOT_FOLLOWED,)), RequirementKind.MEASURE_LEFT),
        (judged(measure(MeasureState.OPEN), rounds=(NOT_FOLLOWED,)), RequirementKind.MEASURE_LEFT),
        (judged(OPEN, rounds=(follow_up(),), may_disrupt=False), RequirementKind.DISRUPTION),
    ],
)
def test_each_condition_alone_stands_in_the_way(test: EscalationTest, unmet: RequirementKind) -> None:
    assert [one.kind for one in test.unmet] == [unmet]
    with pytest.raises(EscalationNotAllowed) as refused:
        rules.check_escalation(test)
    assert refused.value.unmet == test.unmet


@given(st.lists(st.sampled_from(list(Outcome))), st.booleans(), st.booleans())
def test_nobody_vouches_for_what_is_not_met(outcomes: list[Outcome], is_given: bool, may_disrupt: bool) -> None:
    rounds = tuple(follow_up(number, outcome=outcome) for number, outcome in enumerate(outcomes))
    test = judged(OPEN, rounds=rounds, is_given=is_given, may_disrupt=may_disrupt)
    vouched = rules.conditions_of(test)
    assert (Condition.ADVICE_GIVEN in vouched) is is_given
    assert (Condition.RISK_OF_SOCIETAL_DISRUPTION in vouched) is may_disrupt
    followed = not outcomes or outcomes[-1] is Outcome.FOLLOWED
    assert (Condition.ADVICE_NOT_FOLLOWED in vouched) is not followed


def test_the_last_round_has_the_last_word() -> None:
    rounds = [follow_up(2, outcome=Outcome.PARTLY), follow_up(1, outcome=Outcome.FOLLOWED)]
    assert rules.is_past_due(rounds, is_neglecting=False, now=NOW)
    rounds = [follow_up(1, outcome=Outcome.PARTLY), follow_up(2, outcome=Outcome.FOLLOWED)]
    assert not rules.is_past_due(rounds, is_neglecting=True, now=NOW)


def test_a_round_that_nobody_carried_out_establishes_nothing_by_itself() -> None:
    assert not rules.is_past_due([follow_up()], is_neglecting=False, now=NOW)
    assert rules.is_past_due([follow_up()], is_neglecting=True, now=NOW)


@given(st.sampled_from(list(MeasureState)), st.integers(0, 60))
def test_the_ministry_is_not_told_of_a_measure_whose_term_still_runs_unless_it_is_refused(
    state: MeasureState, days: int
) -> None:
    running = measure(state, due_on=NOW.date() + timedelta(days=days))
    assert judged(running, rounds=(NOT_FOLLOWED,)).is_allowed is (state is MeasureState.REFUSED)


@pytest.mark.parametrize(
    ("state", "day", "left"),
    [
        (MeasureState.OPEN, 30, True),
        (MeasureState.REFUSED, 30, True),
        (MeasureState.ACKNOWLEDGED, 24, False),
        (MeasureState.ACKNOWLEDGED, 23, True),
        (MeasureState.DONE, 1, False),
    ],
)
def test_a_measure_is_left_until_it_is_done_or_promised_in_time(state: MeasureState, day: int, left: bool) -> None:
    assert rules.is_left(state, due_on=date(2026, 11, day), today=NOW.date()) is left


def test_the_last_answer_counts() -> None:
    said = [Answer(AnswerKind.REFUSE, "Nee.", NOW), Answer(AnswerKind.DONE, "", NOW)]
    assert rules.state_of(said) is MeasureState.DONE
    assert rules.state_of([]) is MeasureState.OPEN


def test_who_refuses_says_why() -> None:
    with pytest.raises(WordingMissing):
        rules.check_answer(AnswerKind.REFUSE, " ")
    assert rules.check_answer(AnswerKind.DONE, " ") == ""


@given(st.text())
def test_words_are_kept_as_the_database_can(said: str) -> None:
    kept = rules.check_answer(AnswerKind.DONE, said)
    assert "\0" not in kept
    kept.encode()


def test_no_advice_without_measures() -> None:
    for measures in ([], [MeasureForm(" ")]):
        with pytest.raises(WordingMissing):
            rules.check_measures(measures)


def test_a_follow_up_has_a_zone() -> None:
    with pytest.raises(TimeImpossible):
        rules.check_instant(datetime(2026, 1, 1))  # noqa: DTZ001 (that is the point)


@given(st.sets(st.sampled_from(list(DataKind)), min_size=1))
def test_a_file_counts_as_the_most_telling_of_what_it_holds(kinds: set[DataKind]) -> None:
    telling = rules.most_telling(kinds)
    if DataKind.REPORTER_IDENTITY in kinds:
        assert telling is DataKind.REPORTER_IDENTITY
    assert telling in kinds or telling is DataKind.ADVICE
