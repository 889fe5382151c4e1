"""Machines at the desk: a key that forwards, and certificates that go with a key until a press takes them away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.api.authority import Authority
from tests.desk.cast import Room, page_of, room
from tests.desk_outward.cast import colleague

from meldpunt.access import queries as access_queries
from meldpunt.access.queries import find_actor_by_key
from meldpunt.access.values import Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.constituency import queries as constituency_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Room:
    return room()


def key_on(page: str) -> str:
    (key,) = re.findall(r"<code>([\w-]{43})</code>", page)
    return str(key)


def test_a_key_that_forwards_is_handed_out_at_the_desk_and_one_of_a_sensor_is_not(desk: Room) -> None:
    officer, address = colleague(Role.DUTY_OFFICER), f"/desk/organisations/{desk.desk.water}/machines"
    page = officer.post(address, {"name": "Meldsysteem", "role": "forwarder"}).content.decode()
    machine = find_actor_by_key(key_on(page))
    assert machine is not None
    assert machine.roles == {Role.FORWARDER}
    assert "/v1/reports" in page
    assert officer.post(address, {"name": "Sensor", "role": "sensor"}).status_code == 302
    assert len(access_queries.list_keys_of(officer.actor, organisation=desk.desk.water)) == 1


def test_a_certificate_is_bound_demanded_and_revoked_by_a_press(desk: Room, tmp_path: Path) -> None:
    officer, address = colleague(Role.DUTY_OFFICER), f"/desk/organisations/{desk.desk.water}"
    key = key_on(officer.post(f"{address}/machines", {"name": "Ticketsysteem"}).content.decode())
    issued = Authority(tmp_path, "authority").issue("ticketsysteem")
    (machine,) = access_queries.list_keys_of(officer.actor, organisation=desk.desk.water)
    own = f"{address}/machines/{machine.id}"
    assert own in page_of(officer, address)
    assert officer.post(f"{own}/demand", {"demanded": "yes"}).status_code == 409
    assert officer.post(f"{own}/certificates", {"key": issued.certificate.read_text()}).status_code == 302
    assert officer.post(f"{own}/demand", {"demanded": "yes"}).status_code == 302
    assert find_actor_by_key(key) is None
    assert find_actor_by_key(key, certificate=issued.fingerprint) is not None
    page = page_of(officer, own)
    assert issued.fingerprint in page
    assert "A certificate ends within 45 days" in page
    (revoke,) = re.findall(r'action="([^"]*/certificates/[^"]*/revoke)"', page)
    assert officer.post(revoke).status_code == 302
    assert find_actor_by_key(key, certificate=issued.fingerprint) is None
    assert officer.post(f"{own}/demand", {"demanded": "no"}).status_code == 302
    assert find_actor_by_key(key) is not None


@pytest.mark.parametrize("sent", ["", "hallo", "-----BEGIN PRIVATE KEY-----\n"])
def test_what_is_no_certificate_is_refused_in_words_and_not_shown_again(desk: Room, sent: str) -> None:
    officer = colleague(Role.DUTY_OFFICER)
    constituency_actions.hand_out_key(officer.actor, organisation=desk.desk.water, name="Ticketsysteem")
    (machine,) = access_queries.list_keys_of(officer.actor, organisation=desk.desk.water)
    own = f"/desk/organisations/{desk.desk.water}/machines/{machine.id}"
    answer = officer.post(f"{own}/certificates", {"key": sent})
    assert answer.status_code in (409, 422)
    assert access_queries.get_key(officer.actor, key=machine.id).certificates == ()


def test_a_machine_is_found_under_its_own_organisation_and_by_who_keeps_the_register(desk: Room) -> None:
    officer = colleague(Role.DUTY_OFFICER)
    constituency_actions.hand_out_key(officer.actor, organisation=desk.desk.water, name="Ticketsysteem")
    (machine,) = access_queries.list_keys_of(officer.actor, organisation=desk.desk.water)
    other = next(
        one.id for one in constituency_queries.list_organisations(officer.actor) if one.id != machine.organisation
    )
    assert officer.get(f"/desk/organisations/{other}/machines/{machine.id}").status_code == 404
    assert desk.browser.get(f"/desk/organisations/{desk.desk.water}/machines/{machine.id}").status_code == 404
