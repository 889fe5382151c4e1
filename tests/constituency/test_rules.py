"""The pure decisions of the constituency."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.constituency import rules
from meldpunt.constituency.errors import ClaimNotAccepted, PurposeMissing
from meldpunt.constituency.values import Holding, Registration
from meldpunt.vocabulary.sectors import all_sectors


def form(sector: str = "banking", **changes: object) -> Registration:
    return Registration(kind="constituent", sector=sector, name="Bank", **changes)  # type: ignore[arg-type]


def test_no_two_sectors_share_their_letters() -> None:
    letters = [rules.letters_of(form(sector.id)) for sector in all_sectors()]
    assert len(set(letters)) == len(letters)
    assert rules.PARTY_LETTERS not in letters


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year < 9000))
def test_an_unsealing_lasts_eight_hours(unsealed_at: datetime) -> None:
    assert rules.lapse_of(unsealed_at) - unsealed_at == timedelta(hours=8)


@given(st.text())
def test_a_purpose_is_kept_without_blanks_or_refused(purpose: str) -> None:
    if purpose.strip():
        assert rules.check_purpose(purpose) == purpose.strip()
    else:
        with pytest.raises(PurposeMissing):
            rules.check_purpose(purpose)


@given(st.text(max_size=40))
def test_any_claim_is_taken_in_normal_form_or_refused(value: str) -> None:
    try:
        claims = rules.claims_of("owner", form(domains=(Holding(value),)))
    except ClaimNotAccepted:
        return
    again = rules.claims_of("owner", form(domains=(Holding(claims[0].value),)))
    assert again == claims


def test_a_role_nobody_knows_is_refused() -> None:
    with pytest.raises(ClaimNotAccepted):
        rules.claims_of("owner", form(domains=(Holding("bank.example", role="landlord"),)))


def test_a_name_has_itself_and_its_parents_as_suffixes() -> None:
    assert list(rules.suffixes_of("a.b.example")) == ["a.b.example", "b.example", "example"]
