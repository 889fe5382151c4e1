"""Who sits at a table, who sees who sits there, and from which moment one reads."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from tests.constituency.cast import analyst, duty_officer, member_of
from tests.disclosure.cast import draft_for, told
from tests.isacs.cast import Around, company, gather, read_by, release, send, tell

from meldpunt.access.errors import AccessRefused, NotFound
from meldpunt.access.values import JOB, Actor
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries
from meldpunt.constituency.values import SeatId
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Audience, AudienceKind, ItemKind, Origin, State, Unshown
from meldpunt.isacs import actions, queries
from meldpunt.isacs.errors import AlreadyAsked, LastChair, ReasonMissing, SpaceNotFound
from meldpunt.isacs.words import MotionState
from meldpunt.law import DataKind, Purpose
from meldpunt.vocabulary.markings import TLP

pytestmark = pytest.mark.django_db


def seat_of(viewer: Actor, around: Around, name: str) -> SeatId:
    table = constituency_queries.list_table(viewer, isac=around.isac)
    return next(one.seat for one in table if one.name == name)


def names(viewer: Actor, around: Around) -> set[str]:
    return {one.name for one in constituency_queries.list_table(viewer, isac=around.isac)}


def state_of(viewer: Actor) -> MotionState:
    return queries.list_own_motions(viewer)[0].state


def test_who_sits_hidden_is_seen_by_the_chair_by_itself_and_by_nobody_else() -> None:
    around = gather()
    openly = {"Energie Windhoek", "Netbeheer Duinrecht", "Gasnet Steenwolde"}
    assert names(around.open, around) == names(around.third, around) == openly
    assert names(around.chair, around) == names(around.hidden, around) == openly | {"Zonneweide Haverzande"}
    assert names(around.outside, around) == names(around.elsewhere, around) == set()
    assert queries.get_space(around.open, isac=around.isac).names == tuple(sorted(openly))


def test_a_table_without_the_hidden_member_looks_the_same_to_the_others() -> None:
    around = gather()

    def seen() -> str:
        return repr(
            [(one.name, one.is_chair) for one in constituency_queries.list_table(around.open, isac=around.isac)]
        )

    before = seen()
    actions.leave_table(around.hidden, isac=around.isac)
    release()
    assert seen() == before


def test_one_asks_at_the_table_of_ones_sector_and_the_chair_admits_or_declines_with_a_reason() -> None:
    around = gather()
    actions.ask_for_seat(around.outside, isac=around.isac, words="Graag.", is_hidden=True)
    (asked,) = queries.list_asked(around.chair, isac=around.isac)
    assert (asked.name, asked.is_hidden) == ("Biogas Peelrode", True)
    assert queries.list_asked(around.open, isac=around.isac) == ()
    with pytest.raises(ReasonMissing):
        actions.decide_motion(around.chair, motion=asked.id, is_granted=False)
    actions.decide_motion(around.chair, motion=asked.id, is_granted=True)
    assert state_of(around.outside) is MotionState.GRANTED
    release()
    assert state_of(around.outside) is MotionState.CARRIED_OUT
    assert "Biogas Peelrode" in names(around.chair, around)
    assert "Biogas Peelrode" not in names(around.open, around)


def test_who_asks_twice_or_elsewhere_is_refused() -> None:
    around = gather()
    actions.ask_for_seat(around.outside, isac=around.isac, words="", is_hidden=False)
    with pytest.raises(AlreadyAsked):
        actions.ask_for_seat(around.outside, isac=around.isac, words="", is_hidden=False)
    for other in (around.elsewhere, around.open):
        with pytest.raises(SpaceNotFound):
            actions.ask_for_seat(other, isac=around.isac, words="", is_hidden=False)


def test_nobody_but_a_chair_or_the_desk_decides_and_nobody_for_itself() -> None:
    around = gather()
    motion = actions.ask_for_seat(around.outside, isac=around.isac, words="", is_hidden=False)
    for other in (around.outside, around.open, around.hidden, around.elsewhere):
        with pytest.raises(NotFound):
            actions.decide_motion(other, motion=motion, is_granted=True)
    with pytest.raises(AccessRefused):
        actions.decide_motion_at_desk(analyst(), motion=motion, is_granted=True, reason="Nee.")
    actions.decide_motion_at_desk(duty_officer(), motion=motion, is_granted=True, reason="De voorzitter is weg.")
    release()
    assert "Biogas Peelrode" in names(around.open, around)


def test_who_is_declined_reads_why_and_who_takes_it_back_is_asked_no_more() -> None:
    around = gather()
    first = actions.ask_for_seat(around.outside, isac=around.isac, words="", is_hidden=False)
    actions.take_back_motion(around.outside, motion=first)
    assert queries.list_asked(around.chair, isac=around.isac) == ()
    second = actions.ask_for_seat(around.outside, isac=around.isac, words="", is_hidden=False)
    with pytest.raises(NotFound):
        actions.take_back_motion(around.chair, motion=second)
    actions.decide_motion(around.chair, motion=second, is_granted=False, reason="U bent geen beheerder.")
    release()
    assert queries.list_own_motions(around.outside)[0].decision_reason == "U bent geen beheerder."
    assert names(around.outside, around) == set()


def test_who_joins_reads_from_then_on_and_who_leaves_keeps_what_it_was_told() -> None:
    around = gather()
    tell(around.open, around.isac, text="Voor de komst.")
    motion = actions.ask_for_seat(around.outside, isac=around.isac, words="", is_hidden=False)
    actions.decide_motion(around.chair, motion=motion, is_granted=True)
    release()
    tell(around.open, around.isac, text="Tijdens.")
    assert {text for text in read_by(around.outside, around.isac) if text.endswith(".")} == {"Tijdens."}
    actions.leave_table(around.outside, isac=around.isac)
    release()
    tell(around.open, around.isac, text="Na het vertrek.")
    assert {text for text in read_by(around.outside, around.isac) if text.endswith(".")} == {"Tijdens."}
    assert len(disclosure_queries.list_delivered(around.outside)) == 1
    space = queries.get_space(around.outside, isac=around.isac)
    assert not space.is_seated
    assert space.names == ()


def test_what_was_written_before_leaving_is_not_told_afterwards() -> None:
    around = gather()
    send(around.open, around.isac, text="Te laat.", is_unattributed=True)
    actions.leave_table(around.open, isac=around.isac)
    release()
    assert read_by(around.third, around.isac) == set()


def test_a_chair_removes_with_a_reason_and_cannot_leave_the_table_without_one() -> None:
    around = gather()
    seat = seat_of(around.chair, around, "Gasnet Steenwolde")
    with pytest.raises(LastChair):
        actions.leave_table(around.chair, isac=around.isac)
    with pytest.raises(ReasonMissing):
        actions.remove_member(around.chair, isac=around.isac, seat=seat, reason=" ")
    for other in (around.open, around.hidden):
        with pytest.raises(NotFound):
            actions.remove_member(other, isac=around.isac, seat=seat, reason="Weg.")
    actions.remove_member(around.chair, isac=around.isac, seat=seat, reason="Deelde verder dan mocht.")
    release()
    assert names(around.third, around) == set()
    assert "Gasnet Steenwolde" not in names(around.open, around)


def test_the_chair_passes_to_another_and_then_may_leave() -> None:
    around = gather()
    actions.pass_chair(around.chair, isac=around.isac, seat=seat_of(around.chair, around, "Netbeheer Duinrecht"))
    release()
    assert "Zonneweide Haverzande" in names(around.open, around)
    assert "Zonneweide Haverzande" not in names(around.chair, around)
    actions.leave_table(around.chair, isac=around.isac)
    release()
    assert names(around.chair, around) == set()


def test_a_motion_of_who_no_longer_chairs_lapses() -> None:
    around = gather()
    actions.remove_member(
        around.chair, isac=around.isac, seat=seat_of(around.chair, around, "Gasnet Steenwolde"), reason="Weg."
    )
    constituency_actions.pass_chair(JOB, isac=around.isac, organisation=around.open.organisation)
    release()
    assert state_of(around.chair) is MotionState.LAPSED
    assert "Gasnet Steenwolde" in names(around.open, around)


def test_a_seat_of_another_table_cannot_be_moved() -> None:
    around = gather()
    newcomer = company("Vervoer Koekoek", number=8, sector="transport")
    constituency_actions.join_isac(JOB, isac=around.other_isac, organisation=newcomer)
    (seat,) = [
        one.seat
        for one in constituency_queries.list_table(around.elsewhere, isac=around.other_isac)
        if one.name == "Vervoer Koekoek"
    ]
    for wrong in (seat, SeatId(uuid4())):
        with pytest.raises(NotFound):
            actions.remove_member(around.chair, isac=around.isac, seat=wrong, reason="Weg.")


def test_the_first_at_an_empty_table_takes_the_chair_when_the_desk_admits_it() -> None:
    newcomer = member_of(company("Centrale Turfstoker", number=9))
    isac = constituency_actions.create_isac(JOB, sector="energy", name="ISAC Warmte")
    motion = actions.ask_for_seat(newcomer, isac=isac, words="", is_hidden=False)
    actions.decide_motion_at_desk(duty_officer(), motion=motion, is_granted=True, reason="De eerste.")
    release()
    (seat,) = constituency_queries.list_table(newcomer, isac=isac)
    assert seat.is_chair


def test_the_desk_sees_every_seat_by_code() -> None:
    around = gather()
    table = queries.get_table(analyst(), isac=around.isac)
    assert (len(table.seats), table.hidden) == (4, 1)
    assert {one.organisation.name for one in table.seats} == {None}


def test_a_reporter_is_told_which_isac_was_told_and_not_how_many_sit_there() -> None:
    around = gather()
    report, reporter = uuid4(), around.open
    draft = draft_for(
        [Audience(AudienceKind.ISAC, around.isac)],
        told(DataKind.INDICATORS),
        purpose=Purpose.WARN,
        origins=(Origin(report, reporter.organisation, None),),
        item=ItemKind.INDICATORS,
        tlp=TLP.AMBER,
    )
    done = disclosure_actions.disclose(
        analyst(), draft=replace(draft, widening="De hele tafel."), reason="Nodig.", seen=Unshown.IN_A_PROGRAM
    )
    assert done.state is State.DELIVERED
    (line,) = disclosure_queries.trace_report(reporter, report=report)
    assert [(one.label.nl, one.count) for one in line.addressees] == [("ISAC Energie", 0)]
