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
    Rarity,
    Sign,
    likeness,
    rarity_among,
    similarity,
    span_of,
    words_of,
)

DAY = date(2026, 11, 20)
NOTHING = Sign(frozenset(), frozenset(), DAY, DAY, ())
PLAIN = rarity_among(())
WATER, BANK = UUID(int=1), UUID(int=2)

signs = st.builds(
    Sign,
    st.frozensets(st.sampled_from([WATER, BANK])),
    st.frozensets(st.sampled_from(["192.0.2.1", "a.example", "b.example", "c.example"])),
    st.just(DAY),
    st.integers(0, 30).map(lambda days: DAY + timedelta(days)),
    st.lists(st.text(max_size=40).map(words_of), max_size=2).map(tuple),
)


def among(*signs: Sign) -> Rarity:
    return rarity_among([text for sign in signs for text in sign.texts])


weights = st.builds(InCommon, st.integers(0, 3), st.floats(0, 9))


@given(signs, signs, weights)
def test_likeness_does_not_depend_on_who_is_compared_with_whom(one: Sign, other: Sign, shared: InCommon) -> None:
    assert likeness(one, other, shared=shared, rarity=among(one, other)) == likeness(
        other, one, shared=shared, rarity=among(one, other)
    )


@given(signs, signs, weights)
def test_a_likeness_says_why_and_stays_between_1_and_100(one: Sign, other: Sign, shared: InCommon) -> None:
    found = likeness(one, other, shared=shared, rarity=among(one, other))
    assert found is None or (found.reasons and 1 <= found.strength <= 100)


@given(signs, signs, weights)
def test_one_more_rare_value_in_common_never_makes_two_less_alike(one: Sign, other: Sign, shared: InCommon) -> None:
    more = likeness(
        replace(one, values=one.values | {"new.example"}),
        replace(other, values=other.values | {"new.example"}),
        shared=replace(shared, weight=shared.weight + 1),
        rarity=among(one, other),
    )
    before = likeness(one, other, shared=shared, rarity=among(one, other))
    assert more is not None
    assert before is None or more.strength >= before.strength


@given(signs, signs)
def test_values_that_everybody_names_are_no_reason(one: Sign, other: Sign) -> None:
    found = likeness(one, other, shared=NOTHING_IN_COMMON, rarity=PLAIN)
    assert found is None or "observables" not in " ".join(reason.en for reason in found.reasons)


@given(st.text(max_size=200).map(words_of), st.text(max_size=200).map(words_of))
def test_no_text_is_more_like_a_text_than_it_is_itself(one: frozenset[str], other: frozenset[str]) -> None:
    rarity = rarity_among((one, other))
    assert 0 <= similarity(one, other, rarity) <= similarity(one, one, rarity) < 1


def test_what_every_text_says_makes_no_two_alike_and_what_two_alone_say_does() -> None:
    usual = "melding van een incident op de server bij ons, graag contact met"
    texts = [words_of(f"{usual} {name}") for name in ("alfa", "bravo", "charlie", "delta", "echo", "foxtrot") * 5]
    rarity = rarity_among(texts)
    rare = words_of("losgeldbrief bedieningscomputers pompstation sluisdeur kwelwater noodaggregaat modem")
    assert similarity(texts[0], texts[1], rarity) < 0.3 < similarity(texts[0] | rare, texts[1] | rare, rarity)


def test_two_short_texts_are_not_alike_for_want_of_words() -> None:
    assert similarity(words_of("laptop gestolen"), words_of("laptop gestolen"), PLAIN) < 0.3


def test_an_incident_goes_on_from_when_it_began_until_it_was_over_or_noticed_whenever_it_was_told() -> None:
    later, today = DAY + timedelta(2), DAY + timedelta(40)
    told = {"occurred_on": DAY, "aware_on": later, "ended_on": None, "received_on": today}
    assert span_of(**told) == (DAY, later)
    assert span_of(**told | {"ended_on": today}) == (DAY, today)
    assert span_of(**told | {"occurred_on": None}) == (later, later)
    assert span_of(occurred_on=None, aware_on=None, ended_on=None, received_on=today) == (today, today)


def test_days_in_common_alone_are_no_sign() -> None:
    assert likeness(NOTHING, NOTHING, shared=NOTHING_IN_COMMON, rarity=PLAIN) is None


def test_the_days_both_went_on_are_named_in_both_languages() -> None:
    mine = replace(NOTHING, organisations=frozenset({WATER}), last_day=DAY + timedelta(5))
    for theirs, said in (
        (replace(mine, first_day=DAY + timedelta(3)), "both from 23 November 2026 to 25 November 2026"),
        (replace(mine, first_day=DAY + timedelta(5)), "both on 25 November 2026"),
        (replace(mine, first_day=DAY + timedelta(6), last_day=DAY + timedelta(6)), "1 day apart"),
    ):
        found = likeness(mine, theirs, shared=NOTHING_IN_COMMON, rarity=PLAIN)
        assert found is not None
        assert said in [reason.en for reason in found.reasons]
        assert all(reason.nl != reason.en for reason in found.reasons)


def test_months_apart_the_same_organisation_alone_is_no_sign() -> None:
    mine = replace(NOTHING, organisations=frozenset({WATER}))
    later = replace(mine, first_day=DAY + timedelta(90), last_day=DAY + timedelta(90))
    assert likeness(mine, later, shared=NOTHING_IN_COMMON, rarity=PLAIN) is None
