from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.disclosure.errors import AudienceWiderThanTLP, SecondPersonNeeded, StateDoesNotAllow
from meldpunt.disclosure.rules.audiences import channels_of, check_marking, distinct_readers
from meldpunt.disclosure.rules.progress import Move, check_move, check_second_person, state_after
from meldpunt.disclosure.values import Audience, AudienceKind, Channel, Reader, State
from meldpunt.law import RecipientKind
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.markings import TLP

SOMEBODY = Bilingual("iemand", "somebody")
NAMED = {AudienceKind.ORGANISATION, AudienceKind.PERSON, AudienceKind.REPORTER, AudienceKind.REQUESTER}
WIDEST = {
    TLP.RED: NAMED,
    TLP.AMBER_STRICT: NAMED | {AudienceKind.DETECTION_NETWORK},
    TLP.AMBER: NAMED | {AudienceKind.DETECTION_NETWORK, AudienceKind.ISAC},
    TLP.GREEN: NAMED | {AudienceKind.DETECTION_NETWORK, AudienceKind.ISAC},
    TLP.CLEAR: set(AudienceKind),
}


def reaches(tlp: TLP, *kinds: AudienceKind) -> bool:
    try:
        check_marking(tlp, [Audience(kind) for kind in kinds])
    except AudienceWiderThanTLP:
        return False
    return True


def reader(kind: AudienceKind, *, organisation: bool = True, receipt: bool = False) -> Reader:
    digest = bytes(32) if receipt else None
    return Reader(kind, RecipientKind.ISAC, SOMEBODY, SOMEBODY, uuid4() if organisation else None, digest)


@pytest.mark.parametrize("tlp", list(TLP))
def test_each_marking_reaches_so_far_and_no_further(tlp: TLP) -> None:
    assert {kind for kind in AudienceKind if reaches(tlp, kind)} == WIDEST[tlp]


@given(st.sampled_from(TLP), st.lists(st.sampled_from(AudienceKind), min_size=1))
def test_widest_circle_decides(tlp: TLP, kinds: list[AudienceKind]) -> None:
    assert reaches(tlp, *kinds) == all(reaches(tlp, kind) for kind in kinds)


@pytest.mark.parametrize(
    ("told", "channels"),
    [
        (reader(AudienceKind.ORGANISATION), {Channel.PORTAL}),
        (reader(AudienceKind.DETECTION_NETWORK), {Channel.PORTAL, Channel.API}),
        (reader(AudienceKind.PUBLIC, organisation=False), {Channel.PUBLIC_SITE}),
        (reader(AudienceKind.REPORTER, organisation=False, receipt=True), {Channel.PUBLIC_SITE}),
        (reader(AudienceKind.REPORTER, receipt=True), {Channel.PORTAL, Channel.PUBLIC_SITE}),
    ],
)
def test_every_reader_has_a_channel_that_it_reads(told: Reader, channels: set[Channel]) -> None:
    assert set(channels_of(told, tlp=TLP.AMBER)) == channels


def test_a_machine_fetches_what_its_organisation_is_told_and_not_what_one_person_is() -> None:
    whole = reader(AudienceKind.ORGANISATION)
    assert channels_of(whole, tlp=TLP.AMBER_STRICT, fetches=True) == (Channel.PORTAL, Channel.API)
    alone = replace(reader(AudienceKind.PERSON), person=uuid4())
    assert channels_of(alone, tlp=TLP.AMBER_STRICT, fetches=True) == (Channel.PORTAL,)
    assert channels_of(whole, tlp=TLP.RED, fetches=True) == (Channel.PORTAL,)


def test_reader_of_two_circles_is_one_reader() -> None:
    one, other = reader(AudienceKind.ISAC), reader(AudienceKind.ISAC)
    assert distinct_readers([one, other, one]) == (one, other)


@pytest.mark.parametrize("end", [State.REFUSED, State.WITHDRAWN])
@pytest.mark.parametrize("move", list(Move))
def test_an_end_is_an_end(end: State, move: Move) -> None:
    with pytest.raises(StateDoesNotAllow):
        check_move(end, move)


@given(st.sampled_from([Move.DECIDE, Move.APPROVE]), st.booleans())
def test_a_refusal_is_never_delivered(move: Move, four_eyes: bool) -> None:
    assert state_after(move, refused=True, four_eyes=four_eyes) is State.REFUSED


def test_four_eyes_are_not_delivered_on_the_first_decision() -> None:
    assert state_after(Move.DECIDE, refused=False, four_eyes=True) is State.WAITING_FOR_APPROVAL
    assert state_after(Move.APPROVE, refused=False, four_eyes=True) is State.DELIVERED


@given(st.lists(st.uuids(), min_size=3, max_size=3, unique=True), st.sampled_from(["proposer", "decider"]))
def test_nobody_is_the_second_person_to_oneself(people: list[UUID], hand: str) -> None:
    proposer, decider, other = people
    check_second_person(other, proposer=proposer, decider=decider)
    with pytest.raises(SecondPersonNeeded):
        check_second_person(proposer if hand == "proposer" else decider, proposer=proposer, decider=decider)
