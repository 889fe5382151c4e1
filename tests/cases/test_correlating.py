"""Is it the same incident?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from meldpunt.cases.rules.correlating import Sign, likeness, similarity, trigrams_of

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


@given(signs, signs)
def test_likeness_does_not_depend_on_who_is_compared_with_whom(one: Sign, other: Sign) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(signs, signs)
def test_a_likeness_says_why_and_stays_between_1_and_100(one: Sign, other: Sign) -> None:
    found = likeness(one, other)
    assert found is None or (found.reasons and 1 <= found.strength <= 100)


@given(signs, signs)
def test_one_more_value_in_common_never_makes_two_less_alike(one: Sign, other: Sign) -> None:
    more = likeness(
        replace(one, values=one.values | {"new.example"}), replace(other, values=other.values | {"new.example"})
    )
    before = likeness(one, other)
    assert more is not None
    assert before is None or more.strength >= before.strength


@given(st.text(max_size=200), st.text(max_size=200))
def test_similarity_is_a_share_and_a_text_with_words_is_wholly_like_itself(one: str, other: str) -> None:
    mine = trigrams_of(one)
    assert 0 <= similarity(mine, trigrams_of(other)) <= 1
    assert similarity(mine, mine) == (1 if mine else 0)


def test_trigrams_are_those_of_pg_trgm() -> None:
    # The example of the PostgreSQL manual, appendix F, pg_trgm.
    assert trigrams_of("cat") == {"  c", " ca", "cat", "at "}


def test_days_in_common_alone_are_no_sign() -> None:
    assert likeness(NOTHING, NOTHING) is None


def test_one_organisation_long_ago_is_weaker_than_one_this_week() -> None:
    mine = replace(NOTHING, organisations=frozenset({WATER}))
    long_ago = replace(mine, first_day=DAY - timedelta(300), last_day=DAY - timedelta(300))
    now, then = likeness(mine, mine), likeness(mine, long_ago)
    assert now is not None
    assert then is not None
    assert now.strength > then.strength
