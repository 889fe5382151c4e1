"""What must hold of every verdict, whatever is asked."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.law.asking import ONES_AND_ALL, PERIODS, facts

from meldpunt.entrypoints.cli.bench.law import without_index
from meldpunt.law import DUTCH, Condition, DataKind, Facts, GroundKind, Outcome, Purpose, RecipientKind, verdict

WIDTH = [Outcome.REFUSED, Outcome.ALLOWED_WITH_CONDITIONS, Outcome.ALLOWED]


@pytest.mark.parametrize("on", PERIODS, ids=str)
def test_every_combination_of_recipient_purpose_deed_and_data_gets_an_answer(on: date) -> None:
    for recipient, purpose, kind in product(RecipientKind, Purpose, GroundKind):
        for data in ONES_AND_ALL:
            answer = verdict(Facts(on, recipient, purpose, data, kind=kind))
            assert answer.given | answer.left_out == data
            assert (answer.outcome is Outcome.REFUSED) == (not answer.given)
            assert answer.explanation


@pytest.mark.parametrize("on", PERIODS, ids=str)
def test_with_every_condition_met_each_kind_goes_as_it_goes_alone(on: date) -> None:
    met = frozenset(Condition)
    for recipient, purpose, kind in product(RecipientKind, Purpose, GroundKind):
        together = verdict(Facts(on, recipient, purpose, frozenset(DataKind), met, kind))
        alone = {one for one in DataKind if verdict(Facts(on, recipient, purpose, frozenset({one}), met, kind)).given}
        assert together.given == alone
        assert not together.needs


@given(facts, st.sampled_from(DataKind))
def test_adding_a_kind_of_data_never_frees_a_kind_that_was_refused(asked: Facts, more: DataKind) -> None:
    before = verdict(asked)
    after = verdict(replace(asked, data=asked.data | {more}))
    assert after.given - {more} == before.given - {more}
    if not before.is_refused and after.is_refused:
        pytest.fail("a kind that may go was lost by asking for another")


@given(facts, st.sampled_from(DataKind))
def test_adding_a_kind_of_data_never_turns_a_refusal_into_an_allowance_of_all(asked: Facts, more: DataKind) -> None:
    if asked.data and verdict(asked).is_refused:
        assert verdict(replace(asked, data=asked.data | {more})).outcome is not Outcome.ALLOWED


@given(facts, st.sampled_from(DataKind))
def test_where_no_ground_applies_adding_a_kind_of_data_never_allows(asked: Facts, more: DataKind) -> None:
    if verdict(replace(asked, data=frozenset(DataKind))).is_refused:
        assert verdict(replace(asked, data=asked.data | {more})).is_refused


@given(facts, st.sampled_from(Condition))
def test_withdrawing_a_condition_never_widens(asked: Facts, condition: Condition) -> None:
    before = verdict(replace(asked, conditions=asked.conditions | {condition}))
    after = verdict(replace(asked, conditions=asked.conditions - {condition}))
    assert after.given <= before.given
    assert WIDTH.index(after.outcome) <= WIDTH.index(before.outcome)


@given(facts)
def test_no_verdict_borrows_from_a_regime_of_another_time(asked: Facts) -> None:
    in_force = {regime.id for regime in DUTCH.regimes_on(asked.on)}
    only_then = replace(DUTCH, grounds=tuple(g for g in DUTCH.grounds if g.regime in in_force))
    assert verdict(asked) == verdict(asked, only_then)


@given(facts)
def test_all_that_is_given_stands_on_a_ground_whose_conditions_are_met(asked: Facts) -> None:
    answer = verdict(asked)
    for kind in answer.given:
        grounds = [ground for ground in answer.grounds if kind in ground.data]
        assert any(ground.conditions - {Condition.FOUR_EYES} <= asked.conditions for ground in grounds)
    assert all(ground.is_valid_on(asked.on) for ground in answer.grounds)


@given(facts)
def test_the_ground_about_the_reader_itself_goes_before_the_general_one(asked: Facts) -> None:
    own = frozenset({Condition.OWN_REPORT, Condition.ABOUT_RECIPIENT})
    answer = verdict(asked)
    special = verdict(asked, replace(DUTCH, grounds=tuple(g for g in DUTCH.grounds if g.conditions & own)))
    for kind in special.given & answer.given:
        assert any(kind in ground.data and ground.conditions & own for ground in answer.grounds)


THEIR_OWN = {RecipientKind.REPORTER, RecipientKind.CONSTITUENT}
OPENS_WHO_REPORTED = {
    Condition.REPORTER_CONSENT,
    Condition.RISK_OF_SOCIETAL_DISRUPTION,
    Condition.NATIONAL_SECURITY,
    Condition.DUTY_TO_REPORT,
    Condition.OWN_INFORMATION,
}


@given(facts)
def test_no_third_party_learns_who_reported_without_consent_danger_or_a_duty_to_report(asked: Facts) -> None:
    for told in (replace(asked, kind=kind) for kind in (GroundKind.DISCLOSE, GroundKind.SUPPLY)):
        if told.recipient not in THEIR_OWN and DataKind.REPORTER_IDENTITY in verdict(told).given:
            assert told.conditions & OPENS_WHO_REPORTED


@given(facts)
def test_consent_of_a_reporter_alone_tells_nobody_the_personal_data_of_others(asked: Facts) -> None:
    alone = replace(asked, conditions=frozenset({Condition.REPORTER_CONSENT}))
    supply = replace(alone, kind=GroundKind.SUPPLY, purpose=Purpose.ANSWER_INQUIRY)
    for told in (replace(alone, kind=GroundKind.DISCLOSE), supply):
        assert not {DataKind.PERSONAL_DATA, DataKind.SPECIAL_PERSONAL_DATA} & verdict(told).given


@given(facts)
def test_a_second_person_is_asked_for_whenever_a_ground_used_asks_for_one(asked: Facts) -> None:
    answer = verdict(asked)
    asks = any(Condition.FOUR_EYES in ground.conditions for ground in answer.grounds)
    assert answer.four_eyes == asks
    if asks and Condition.FOUR_EYES not in asked.conditions:
        assert answer.outcome is Outcome.ALLOWED_WITH_CONDITIONS


@given(facts)
def test_fulfilling_a_need_opens_what_it_says_it_opens(asked: Facts) -> None:
    for need in verdict(asked).needs:
        after = verdict(replace(asked, conditions=asked.conditions | need.missing))
        assert need.opens
        assert need.opens <= after.given


@given(facts)
def test_every_explanation_names_its_article_in_both_languages(asked: Facts) -> None:
    answer = verdict(asked)
    articles = {ground.article for ground in answer.grounds} or {DUTCH.confidentiality.article}
    for language in ("nl", "en"):
        text = " ".join(sentence.wording.in_language(language) for sentence in answer.explanation)
        assert all(article in text for article in articles)
    assert all(sentence.article for sentence in answer.explanation)


@given(facts)
def test_an_article_that_was_not_re_read_is_said_to_be_so(asked: Facts) -> None:
    answer = verdict(asked)
    for ground in answer.grounds:
        notes = [s for s in answer.explanation if s.article == ground.article and s.en.startswith("Note:")]
        same_article = [other for other in answer.grounds if other.article == ground.article]
        same_article += [need.ground for need in answer.needs if need.ground.article == ground.article]
        assert bool(notes) == any(not other.verified for other in same_article)


@given(facts)
def test_a_ground_is_found_by_its_deed_as_by_looking_through_the_whole_law(asked: Facts) -> None:
    assert verdict(asked) == verdict(asked, without_index(DUTCH))
