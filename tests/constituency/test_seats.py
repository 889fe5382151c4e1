"""Who sits where: ISACs, the detection network, authorities, people and machines."""

from __future__ import annotations

import pytest

from meldpunt.access import queries as access_queries
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.values import JOB, Door, Role
from meldpunt.constituency import actions, queries
from meldpunt.constituency.values import Oversight

from .cast import BANK, POLICE, analyst, duty_officer, member_of, register

pytestmark = pytest.mark.django_db


def test_a_hidden_member_is_reached_like_the_others() -> None:
    isac = actions.create_isac(JOB, sector="banking", name="ISAC Financiën")
    open_, hidden = register(), register(BANK)
    actions.join_isac(JOB, isac=isac, organisation=open_, chair=True)
    actions.join_isac(JOB, isac=isac, organisation=hidden, hidden=True)
    assert {member.id for member in queries.list_members(analyst(), isac=isac)} == {open_, hidden}


def test_who_left_is_no_member_and_may_come_back() -> None:
    isac, bank = actions.create_isac(JOB, sector="banking", name="ISAC Financiën"), register(BANK)
    actions.join_isac(JOB, isac=isac, organisation=bank)
    actions.leave_isac(duty_officer(), isac=isac, organisation=bank)
    assert queries.list_members(analyst(), isac=isac) == ()
    with pytest.raises(NotFound):
        actions.leave_isac(JOB, isac=isac, organisation=bank)
    actions.join_isac(JOB, isac=isac, organisation=bank)
    assert len(queries.list_members(analyst(), isac=isac)) == 1


def test_the_next_authority_takes_the_place_of_the_one_before() -> None:
    first, second = register(POLICE), register(POLICE)
    for party in (first, second):
        actions.appoint_authority(duty_officer(), sector="banking", oversight=Oversight.SUPERVISOR, party=party)
    assert queries.supervisor_of(analyst(), sector="banking").id == second
    with pytest.raises(NotFound):
        queries.ministry_of(analyst(), sector="banking")


def test_a_participant_of_the_network_is_listed() -> None:
    bank = register(BANK)
    register()
    actions.join_detection_network(JOB, organisation=bank)
    assert [one.id for one in queries.list_network_participants(analyst())] == [bank]


def test_an_admitted_person_comes_in_at_their_own_door_only() -> None:
    bank = register(BANK)
    person = actions.admit_person(
        JOB, email="n@bank.example", name="N", roles=[Role.CONSTITUENT], password="een lange zin", organisation=bank
    )
    found = access_queries.find_actor(person, door=Door.PORTAL)
    assert found is not None
    assert found.organisation == bank
    assert access_queries.find_actor(person, door=Door.DESK) is None


def test_an_issued_key_opens_the_sensors_door_for_its_organisation() -> None:
    bank = register(BANK)
    key = actions.issue_key(JOB, name="sensor", role=Role.SENSOR, organisation=bank)
    found = access_queries.find_actor_by_key(key)
    assert found is not None
    assert found.organisation == bank


def test_nobody_outside_admits_or_seats_anybody() -> None:
    member = member_of(register(BANK))
    with pytest.raises(PermissionMissing):
        actions.issue_key(member, name="mine", role=Role.SENSOR)
    with pytest.raises(PermissionMissing):
        actions.create_isac(member, sector="banking", name="mine")
