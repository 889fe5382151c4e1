"""Grounds to withhold: those of the day, their successors, and the age of information."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.law import (
    DUTCH,
    Weighing,
    needs_fresh_reasoning,
    successors_of,
    withholding_ground,
    withholding_grounds,
)
from meldpunt.law.errors import UnknownGround

CHANGE = date(2022, 5, 1)


def test_the_act_changes_overnight() -> None:
    assert {ground.regime for ground in withholding_grounds(CHANGE - timedelta(days=1))} == {"wob"}
    assert {ground.regime for ground in withholding_grounds(CHANGE)} == {"woo"}


@given(st.dates(min_value=date(1992, 5, 1)))
def test_on_no_day_do_two_acts_give_grounds(day: date) -> None:
    assert len({ground.regime for ground in withholding_grounds(day)}) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("wob-10-1-c", ["woo-5.1-1-c"]),
        ("wob-10-1-d", ["woo-5.1-1-d", "woo-5.1-1-e"]),
        ("wob-10-2-g", ["woo-5.1-5", "woo-5.1-2-i"]),
        ("wob-10-7-b", ["woo-5.1-2-h"]),
        ("wob-11", ["woo-5.2"]),
    ],
)
def test_a_ground_of_the_old_act_leads_to_its_successors(old: str, new: list[str]) -> None:
    assert [ground.id for ground in successors_of(withholding_ground(old))] == new


def test_every_ground_of_the_old_act_has_a_successor_that_is_law_today() -> None:
    today = withholding_grounds(date(2026, 11, 23))
    for ground in withholding_grounds(date(2013, 12, 12)):
        assert set(successors_of(ground)) & set(today)


def test_the_two_grounds_of_the_letter_are_marked_with_their_successors() -> None:
    old = [ground.article for ground in withholding_grounds(date(2013, 12, 12)) if ground.letter]
    new = [ground.article for ground in withholding_grounds(CHANGE) if ground.letter]
    assert old == ["Wob art. 10 lid 1 onder c", "Wob art. 10 lid 2 onder g"]
    assert new == ["Woo art. 5.1 lid 1 onder c", "Woo art. 5.1 lid 2 onder i", "Woo art. 5.1 lid 5"]


def test_absolute_and_relative_grounds_are_told_apart() -> None:
    weighing = {str(ground.id): ground.weighing for ground in DUTCH.withholding}
    assert weighing["woo-5.1-1-c"] is Weighing.ABSOLUTE
    assert weighing["woo-5.1-2-h"] is Weighing.RELATIVE
    assert weighing["woo-5.2"] is Weighing.OPINIONS


def test_an_unknown_ground_is_refused() -> None:
    with pytest.raises(UnknownGround, match="woo-9"):
        withholding_ground("woo-9")


@pytest.mark.parametrize(
    ("made_on", "decided_on", "article"),
    [
        (date(2019, 3, 1), date(2024, 3, 1), None),
        (date(2019, 3, 1), date(2024, 3, 2), "Woo art. 5.3"),
        (date(2020, 2, 29), date(2025, 2, 28), None),
        (date(2020, 2, 29), date(2025, 3, 1), "Woo art. 5.3"),
        (date(2010, 1, 1), date(2020, 1, 1), None),
    ],
)
def test_old_information_asks_fresh_reasons_since_the_new_act(
    made_on: date, decided_on: date, article: str | None
) -> None:
    rule = needs_fresh_reasoning(made_on=made_on, decided_on=decided_on)
    assert (rule.article if rule else None) == article


def test_a_decision_says_how_to_object_to_whom_and_under_which_reference() -> None:
    assert DUTCH.clauses.remedy is not None
    words = DUTCH.clauses.remedy.words(body="het bestuur", reference="OB-1")
    for said, term in ((words.nl, "zes weken"), (words.en, "six weeks")):
        assert term in said
        assert "het bestuur" in said
        assert "OB-1" in said
        assert "{" not in said
    assert not DUTCH.clauses.remedy.verified


def test_only_what_is_weighed_ages_and_has_to_be_argued() -> None:
    today = withholding_grounds(date(2026, 11, 23))
    assert {ground.id for ground in today if not ground.weighing.has_to_be_argued} == {
        f"woo-5.1-1-{letter}" for letter in "abcde"
    }
    assert [ground.id for ground in today if ground.weighing.has_to_be_argued and not ground.weighing.ages] == [
        "woo-5.1-4"
    ]
