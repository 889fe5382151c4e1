"""Is it the same incident?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from meldpunt.cases.rules.correlating import (
    NOTHING_IN_COMMON,
    InCommon,
    Sign,
    likeness,
    similarity,
    trigrams_of,
)

DAY = date(2026, 11, 20)
NOTHING = Sign(frozenset(), frozenset(), DAY, DAY, frozenset())
WATER, BANK = UUID(int=1), UUID(int=2)

signs = st.builds(
    Sign,
    st.frozensets(st.sampled_from([WATER, BANK])),
    st.frozensets(st.sampled_from(["192.0.2.1", "a.example", "b.example", "c.example"])),
    st.just(DAY),
    st.integers(0, 30).map(lambda days: DAY + timedelta(days)),
    st.text(max_size=40).map(trigrams_of),
)


weights = st.builds(InCommon, st.integers(0, 3), st.floats(0, 9))


@given(signs, signs, weights)
def test_likeness_does_not_depend_on_who_is_compared_with_whom(one: Sign, other: Sign, shared: InCommon) -> None:
    assert likeness(one, other, shared=shared) == likeness(other, one, shared=shared)


@given(signs, signs, weights)
def test_a_likeness_says_why_and_stays_between_1_and_100(one: Sign, other: Sign, shared: InCommon) -> None:
    found = likeness(one, other, shared=shared)
    assert found is None or (found.reasons and 1 <= found.strength <= 100)


@given(signs, signs, weights)
def test_one_more_rare_value_in_common_never_makes_two_less_alike(one: Sign, other: Sign, shared: InCommon) -> None:
    more = likeness(
        replace(one, values=one.values | {"new.example"}),
        replace(other, values=other.values | {"new.example"}),
        shared=replace(shared, weight=shared.weight + 1),
    )
    before = likeness(one, other, shared=shared)
    assert more is not None
    assert before is None or more.strength >= before.strength


@given(signs, signs)
def test_values_that_everybody_names_are_no_reason(one: Sign, other: Sign) -> None:
    found = likeness(one, other, shared=NOTHING_IN_COMMON)
    assert found is None or "observables" not in " ".join(reason.en for reason in found.reasons)


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_a_share_and_a_text_with_words_is_wholly_like_itself(one: str, other: str) -> None:
    mine = trigrams_of(one)
    assert 0 <= similarity(mine, trigrams_of(other)) <= 1
    assert similarity(mine, mine) == (1 if mine else 0)


def test_trigrams_are_those_of_pg_trgm() -> None:
    # The example of the PostgreSQL manual, appendix F, pg_trgm.
    assert trigrams_of("cat") == {"  c", " ca", "cat", "at "}


def test_days_in_common_alone_are_no_sign() -> None:
    assert likeness(NOTHING, NOTHING, shared=NOTHING_IN_COMMON) is None


def test_one_organisation_long_ago_is_weaker_than_one_this_week() -> None:
    mine = replace(NOTHING, organisations=frozenset({WATER}))
    long_ago = replace(mine, first_day=DAY - timedelta(300), last_day=DAY - timedelta(300))
    now, then = (likeness(mine, one, shared=NOTHING_IN_COMMON) for one in (mine, long_ago))
    assert now is not None
    assert then is not None
    assert now.strength > then.strength
