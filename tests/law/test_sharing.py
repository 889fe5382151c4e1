"""What a member may tell its ISAC: what it holds itself, and by its own will."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from tests.law.asking import ERAS, facts

from meldpunt.law import DUTCH, Condition, DataKind, Facts, Purpose, RecipientKind, verdict

OWN = frozenset({Condition.OWN_INFORMATION})
EVERYTHING = frozenset(DataKind)


@pytest.mark.parametrize("on", ERAS)
@pytest.mark.parametrize("reader", [RecipientKind.ISAC, RecipientKind.CONSTITUENT])
def test_a_member_tells_its_isac_what_it_holds_itself(on: date, reader: RecipientKind) -> None:
    told = frozenset({DataKind.REPORTER_IDENTITY, DataKind.SYSTEMS, DataKind.INDICATORS, DataKind.MEASURES})
    answer = verdict(Facts(on, reader, Purpose.SHARE, told, OWN))
    assert answer.given == told
    assert {ground.conditions for ground in answer.grounds} == {OWN}


@pytest.mark.parametrize("on", ERAS)
def test_what_a_member_knows_of_others_is_not_its_own_to_tell(on: date) -> None:
    everything_else = frozenset(Condition) - OWN
    assert verdict(Facts(on, RecipientKind.ISAC, Purpose.SHARE, EVERYTHING, everything_else)).is_refused


@given(facts)
def test_sharing_reaches_members_of_an_isac_only_and_carries_nobodys_personal_data(asked: Facts) -> None:
    answer = verdict(replace(asked, purpose=Purpose.SHARE, data=EVERYTHING))
    if not answer.is_refused and asked.kind.value == "disclose":
        assert asked.recipient in {RecipientKind.ISAC, RecipientKind.CONSTITUENT}
        assert not {DataKind.PERSONAL_DATA, DataKind.SPECIAL_PERSONAL_DATA, DataKind.DELIBERATION} & answer.given


def test_own_information_opens_nothing_but_sharing() -> None:
    grounds = [ground for ground in DUTCH.grounds if Condition.OWN_INFORMATION in ground.conditions]
    assert grounds
    assert {ground.purposes for ground in grounds} == {frozenset({Purpose.SHARE})}
