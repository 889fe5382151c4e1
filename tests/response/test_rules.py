"""When to stand together, and what is kept of the estimate."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.response import rules
from meldpunt.response.errors import DisruptionNotExpected, NotYoursToSign, TimeImpossible, WordingMissing
from meldpunt.response.values import CascadeSummary, Range
from meldpunt.triage.values import Disruption
from meldpunt.vocabulary.bilingual import Bilingual

GIVER, TAKER, OTHER = (UUID(int=number) for number in (1, 2, 3))

numbers = st.floats(min_value=0, max_value=1e12)
ranges = st.none() | st.builds(Range, numbers, numbers, numbers)
words = st.text(min_size=1).filter(str.strip)
summaries = st.builds(
    CascadeSummary,
    disruption=st.none() | st.sampled_from(list(Disruption)),
    hour=st.none() | st.integers(1, 72),
    processes=st.lists(st.builds(Bilingual, words, words)).map(tuple),
    sectors_hit=ranges,
    damage_eur=ranges,
    people_in_distress=ranges,
)


@pytest.mark.parametrize("disruption", [None, Disruption.NO])
def test_without_a_possible_disruption_somebody_writes_why(disruption: Disruption | None) -> None:
    with pytest.raises(DisruptionNotExpected):
        rules.check_activation(disruption, override_reason=" ")
    assert rules.check_activation(disruption, override_reason=" Oefening. ") == "Oefening."


@pytest.mark.parametrize("disruption", [Disruption.POSSIBLY, Disruption.LIKELY])
def test_with_a_possible_disruption_there_is_nothing_to_override(disruption: Disruption) -> None:
    assert rules.check_activation(disruption, override_reason="Toch.") == ""


@given(summaries)
def test_a_summary_is_read_as_it_was_kept(summary: CascadeSummary) -> None:
    assert rules.unpack_summary(rules.pack_summary(summary)) == summary


def test_nobody_asked_is_less_grave_than_no() -> None:
    assert rules.gravest([None, Disruption.NO]) is Disruption.NO
    assert rules.gravest([Disruption.LIKELY, Disruption.POSSIBLY, None]) is Disruption.LIKELY
    assert rules.gravest([]) is None


@pytest.mark.parametrize(
    ("signer", "to", "is_signed"),
    [(GIVER, None, False), (OTHER, TAKER, False), (TAKER, TAKER, True), (TAKER, None, True)],
)
def test_a_shift_is_signed_by_who_takes_it_and_once(signer: UUID, to: UUID | None, is_signed: bool) -> None:
    with pytest.raises(NotYoursToSign):
        rules.check_signature(signer, giver=GIVER, to=to, is_signed=is_signed)


@pytest.mark.parametrize("to", [None, TAKER])
def test_who_takes_the_shift_signs(to: UUID | None) -> None:
    rules.check_signature(TAKER, giver=GIVER, to=to, is_signed=False)


def test_words_and_zones_are_asked_for() -> None:
    with pytest.raises(WordingMissing):
        rules.check_words("\n", what="reason")
    with pytest.raises(TimeImpossible):
        rules.check_instant(datetime(2026, 1, 1))  # noqa: DTZ001 (that is the point)
