"""Whether an incident is significant follows from the answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from meldpunt.law import DUTCH, Significance, Weighed, criteria_for
from meldpunt.law import weigh as weigh_by
from meldpunt.vocabulary import EntityKind

CRITERIA = criteria_for(entity_kind=EntityKind.ESSENTIAL, on=date(2026, 11, 30), law=DUTCH)
KEYS = [one.key for one in CRITERIA]
ANSWERS = st.fixed_dictionaries(dict.fromkeys(KEYS, st.sampled_from(["yes", "no", "unknown", ""])))


def weigh(answers: Mapping[str, str]) -> Weighed:
    return weigh_by(answers, CRITERIA)


@given(ANSWERS)
def test_one_yes_makes_it_significant(answers: dict[str, str]) -> None:
    assert (weigh(answers).significance is Significance.YES) == ("yes" in answers.values())


@given(ANSWERS)
def test_only_a_no_to_every_question_makes_it_not(answers: dict[str, str]) -> None:
    assert (weigh(answers).significance is Significance.NO) == (set(answers.values()) == {"no"})


@given(ANSWERS)
def test_every_outcome_has_a_reason_with_an_article(answers: dict[str, str]) -> None:
    assert weigh(answers).reasons
    assert all(one.article.startswith("NIS2 art. 23(3)") for _, one in weigh(answers).reasons)


def test_nothing_answered_is_possibly_significant() -> None:
    assert weigh({}).significance is Significance.POSSIBLY
