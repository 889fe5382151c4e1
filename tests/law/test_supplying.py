"""What public bodies ask of each other: we of them, they of us, and never the one on the ground of the other."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from tests.law.asking import ERAS, facts

from meldpunt.law import DUTCH, Condition, DataKind, Facts, GroundKind, Outcome, Purpose, RecipientKind, verdict

BODIES = [
    RecipientKind.POLICE,
    RecipientKind.INTELLIGENCE,
    RecipientKind.SUPERVISOR,
    RecipientKind.MINISTRY,
    RecipientKind.PARTNER_CSIRT,
]
TASK = frozenset({Condition.RECIPIENT_TASK})
WHAT_HAPPENED = frozenset({DataKind.INCIDENT_NATURE})


def asked_of_us(on: date, body: RecipientKind, data: frozenset[DataKind], met: frozenset[Condition]) -> Facts:
    return Facts(on, body, Purpose.ANSWER_INQUIRY, data, met, GroundKind.SUPPLY)


@pytest.mark.parametrize("on", ERAS)
@pytest.mark.parametrize("body", BODIES)
def test_whom_we_may_ask_may_answer_us_with_what_we_asked(on: date, body: RecipientKind) -> None:
    request = Facts(on, body, Purpose.ASK, frozenset(DataKind), TASK, GroundKind.REQUEST)
    may_ask, may_give = verdict(request), verdict(replace(request, kind=GroundKind.SUPPLY))
    assert may_ask.given == may_give.given != frozenset()
    assert "by" in may_give.explanation[0].en


@pytest.mark.parametrize("on", ERAS)
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_asks_within_its_task_learns_what_happened_and_not_who_reported(
    on: date, body: RecipientKind
) -> None:
    data = WHAT_HAPPENED | {DataKind.REPORTER_IDENTITY, DataKind.CONTACT_PERSON}
    consent = TASK | {Condition.REPORTER_CONSENT}
    answer = verdict(asked_of_us(on, body, data, TASK if body is not RecipientKind.POLICE else consent))
    assert DataKind.INCIDENT_NATURE in answer.given
    if body is not RecipientKind.POLICE:
        assert answer.given == WHAT_HAPPENED


@pytest.mark.parametrize("on", ERAS)
def test_police_who_ask_get_nothing_without_consent_or_a_grave_offence(on: date) -> None:
    offence = frozenset({Condition.CRIMINAL_OFFENCE_SUSPECTED})
    grave = offence | {Condition.RISK_OF_SOCIETAL_DISRUPTION}
    assert verdict(asked_of_us(on, RecipientKind.POLICE, WHAT_HAPPENED, TASK | offence)).is_refused
    answer = verdict(asked_of_us(on, RecipientKind.POLICE, WHAT_HAPPENED, grave))
    assert (answer.outcome, answer.four_eyes) == (Outcome.ALLOWED_WITH_CONDITIONS, True)


@given(facts)
def test_being_asked_opens_no_more_than_telling_of_our_own_accord(asked: Facts) -> None:
    answered = verdict(replace(asked, kind=GroundKind.SUPPLY, purpose=Purpose.ANSWER_INQUIRY))
    told = [
        verdict(replace(asked, kind=GroundKind.DISCLOSE, purpose=purpose)).given
        for purpose in (Purpose.CONSULT, Purpose.COORDINATE)
    ]
    assert answered.given <= frozenset().union(*told)


def test_no_ground_to_supply_goes_both_ways() -> None:
    supply = [ground for ground in DUTCH.grounds if ground.kind is GroundKind.SUPPLY]
    assert {ground.purposes for ground in supply} == {
        frozenset({Purpose.ASK}),
        frozenset({Purpose.ANSWER_INQUIRY}),
    }


@pytest.mark.parametrize("on", ERAS)
def test_nobody_but_a_public_body_is_answered_as_one(on: date) -> None:
    for reader in set(RecipientKind) - set(BODIES):
        assert verdict(asked_of_us(on, reader, frozenset(DataKind), frozenset(Condition))).is_refused
