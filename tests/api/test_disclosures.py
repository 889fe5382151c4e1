"""A machine of an organisation fetches what was disclosed to it, and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.disclosure import cast as disclosure_cast
from tests.disclosure.cast import Country, analyst, found_country, let_in

from meldpunt.access import queries as access_queries
from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor, Role
from meldpunt.constituency import actions as constituency_actions
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Channel, DeliveryState, Disclosure
from meldpunt.ledger import queries as ledger_queries
from meldpunt.ledger.values import Kind
from meldpunt.vocabulary.markings import TLP

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return found_country()


@pytest.fixture
def key(country: Country) -> str:
    return cast.reader_key(country.water)


def said_in(answer: HttpResponse) -> dict[str, object]:
    assert answer.status_code == 200, answer.content
    found: dict[str, object] = json.loads(answer.content)
    return found


def ids_in(client: Client, key: str) -> list[str]:
    items = said_in(cast.get(client, "/disclosures", key=key))["items"]
    assert isinstance(items, list)
    return [one["id"] for one in items]


def state_of(told: Disclosure, channel: Channel) -> list[DeliveryState]:
    found = disclosure_queries.get_disclosure(analyst(), disclosure=told.id)
    return [line.state for line in found.deliveries if line.channel is channel]


def machine(key: str) -> Actor:
    found = access_queries.find_actor_by_key(key)
    assert found is not None
    return found


def test_a_machine_finds_what_its_organisation_was_told(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    assert ids_in(client, key) == [str(told.id)]


def test_what_was_told_is_fetched_as_it_was_sealed(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    found = said_in(cast.get(client, f"/disclosures/{told.id}", key=key))
    assert told.content_hash is not None
    assert found["contentHash"] == told.content_hash.hex()
    assert (found["title"], found["tlp"], found["pap"], found["language"]) == (
        "Over uw koppeling",
        "TLP:AMBER+STRICT",
        "PAP:AMBER",
        "nl",
    )
    assert found["parts"] == [{"kind": "advice", "heading": "Wat er speelt", "text": cast.SAID}]
    (file,) = found["attachments"]  # type: ignore[misc]
    assert (file["name"], file["digest"]) == (cast.FILE.name, hashlib.sha256(cast.FILE.data).hexdigest())
    assert found["grounds"]


def test_a_list_marks_nothing_as_read_and_fetching_does(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    ids_in(client, key)
    assert state_of(told, Channel.API) == [DeliveryState.SENT]
    found = said_in(cast.get(client, f"/disclosures/{told.id}", key=key))
    assert found["readAt"]
    assert state_of(told, Channel.API) == [DeliveryState.READ]
    assert state_of(told, Channel.PORTAL) == [DeliveryState.SENT]


def test_a_file_comes_with_its_digest_and_both_markings(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    answer = cast.get(client, f"/disclosures/{told.id}/attachments/{told.attachments[0].id}", key=key)
    assert answer.content == cast.FILE.data
    digest = base64.b64encode(hashlib.sha256(cast.FILE.data).digest()).decode()
    assert answer["Repr-Digest"] == f"sha-256=:{digest}:"
    assert "TLP-AMBER+STRICT PAP-AMBER" in answer["Content-Disposition"]


def test_acknowledging_twice_changes_nothing(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    path = f"/disclosures/{told.id}/acknowledgements"
    first = said_in(cast.post(client, path, {"note": "Staat uit."}, key=key))
    again = said_in(cast.post(client, path, {"note": "Nog eens."}, key=key))
    assert first["acknowledgedAt"] == again["acknowledgedAt"]
    assert state_of(told, Channel.API) == [DeliveryState.ACKNOWLEDGED]
    lines = disclosure_queries.get_disclosure(analyst(), disclosure=told.id).deliveries
    assert [line.note for line in lines if line.note] == ["Staat uit."]


def test_a_word_back_is_not_asked(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    assert said_in(cast.post(client, f"/disclosures/{told.id}/acknowledgements", b"", key=key))["acknowledgedAt"]


def test_of_what_was_withdrawn_the_reason_is_left(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    disclosure_actions.withdraw_disclosure(analyst(), disclosure=told.id, reason="vals alarm")
    found = said_in(cast.get(client, f"/disclosures/{told.id}", key=key))
    assert (found["title"], found["parts"], found["withdrawalReason"]) == ("", [], "vals alarm")
    file = cast.get(client, f"/disclosures/{told.id}/attachments/{told.attachments[0].id}", key=key)
    assert file.status_code == 404
    assert cast.post(client, f"/disclosures/{told.id}/acknowledgements", {}, key=key).status_code == 409


@pytest.mark.parametrize("path", ["", "/acknowledgements", "/attachments/{file}"])
def test_a_machine_of_another_organisation_finds_nothing(client: Client, country: Country, path: str) -> None:
    told = cast.tell(country.water)
    other = cast.reader_key(country.bank)
    address = f"/disclosures/{told.id}{path}".format(file=told.attachments[0].id)
    ask = cast.post(client, address, {}, key=other) if "ack" in path else cast.get(client, address, key=other)
    assert ask.status_code == 404
    assert ids_in(client, other) == []


def test_what_is_for_persons_alone_is_for_no_machine(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water, tlp=TLP.RED)
    assert ids_in(client, key) == []
    assert cast.get(client, f"/disclosures/{told.id}", key=key).status_code == 404
    assert state_of(told, Channel.PORTAL) == [DeliveryState.SENT]
    with bound(machine(key)), connection.cursor() as cursor:
        for table in ("disclosure", "version", "attachment"):
            cursor.execute(f"SELECT id FROM disclosure_{table}")
            assert cursor.fetchall() == [], table


def test_what_one_named_person_was_told_is_for_no_machine(client: Client, country: Country, key: str) -> None:
    person = let_in("Jantine", country.water)
    told = cast.tell(person=person.id)
    assert ids_in(client, key) == []
    assert cast.get(client, f"/disclosures/{told.id}", key=key).status_code == 404
    with bound(machine(key)), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM disclosure_reader")
        assert cursor.fetchall() == []


def test_what_was_told_before_there_was_a_key_went_by_no_machine(client: Client, country: Country) -> None:
    told = cast.tell(country.water)
    key = cast.reader_key(country.water)
    assert state_of(told, Channel.API) == []
    assert ids_in(client, key) == []
    for path in ("", f"/attachments/{told.attachments[0].id}"):
        assert cast.get(client, f"/disclosures/{told.id}{path}", key=key).status_code == 404
    assert cast.post(client, f"/disclosures/{told.id}/acknowledgements", {}, key=key).status_code == 404


def test_a_key_that_was_taken_back_opens_nothing_and_is_delivered_to_no_more(
    client: Client, country: Country, key: str
) -> None:
    cast.tell(country.water)
    constituency_actions.take_back_key(disclosure_cast.duty_officer(), key=machine(key).id)
    assert cast.get(client, "/disclosures", key=key).status_code == 401
    assert state_of(cast.tell(country.water), Channel.API) == []


def test_a_sensor_finds_what_the_network_was_told_and_nothing_of_its_organisation(
    client: Client, country: Country
) -> None:
    cast.tell(country.energy)
    sensor = constituency_actions.issue_key(JOB, name="Sensor", role=Role.SENSOR, organisation=country.energy)
    assert ids_in(client, sensor) == []


def test_a_name_that_is_no_id_is_a_problem_and_an_id_of_nothing_is_not_here(client: Client, key: str) -> None:
    assert cast.get(client, "/disclosures/x", key=key).status_code == 400
    assert cast.get(client, f"/disclosures/{uuid4()}", key=key).status_code == 404


def test_the_ledger_tells_the_organisation_that_its_machine_read(client: Client, country: Country, key: str) -> None:
    told = cast.tell(country.water)
    cast.get(client, f"/disclosures/{told.id}", key=key)
    entries = ledger_queries.list_entries(disclosure_cast.duty_officer(), subject=told.id)
    assert [one.about for one in entries if one.kind is Kind.READ] == [country.water]


@pytest.mark.parametrize("channel", ["portal", "mail"])
def test_a_machine_says_of_no_other_way_that_it_was_read(country: Country, key: str, channel: str) -> None:
    cast.tell(country.water)
    with bound(machine(key)), connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_delivery SET state = 'read' WHERE channel = %s", [channel])
        assert cursor.rowcount == 0


def test_who_keeps_the_register_reads_no_digest_and_makes_no_sensor(country: Country, key: str) -> None:
    officer = disclosure_cast.duty_officer()
    with pytest.raises(DatabaseError, match="permission denied"), bound(officer):
        connection.cursor().execute("SELECT digest FROM access_machinekey")
    make = (
        "INSERT INTO access_machinekey (id, name, digest, role, organisation, created_at, expires_at)"
        " VALUES (gen_random_uuid(), 'x', '\\x00', 'sensor', %s, now(), now())"
    )
    with pytest.raises(DatabaseError, match="row-level security"), bound(officer):
        connection.cursor().execute(make, [country.water])
    revive = "UPDATE access_machinekey SET revoked_at = NULL"
    constituency_actions.take_back_key(officer, key=machine(key).id)
    with bound(officer), connection.cursor() as cursor:
        cursor.execute(revive)
        assert cursor.rowcount == 0


@pytest.mark.parametrize(("days", "opens"), [(1, True), (-1, False)])
def test_after_its_term_a_key_opens_nothing_and_nothing_is_delivered_for_it(
    country: Country, monkeypatch: pytest.MonkeyPatch, days: int, opens: bool
) -> None:
    officer = disclosure_cast.duty_officer()
    monkeypatch.setattr(settings, "MACHINE_KEY_DAYS", days)
    secret = constituency_actions.hand_out_key(officer, organisation=country.water, name="pompwachter")
    assert (access_queries.find_actor_by_key(secret) is not None) is opens
    assert bool(access_queries.list_fetching(officer, organisations=[country.water])) is opens
    (line,) = access_queries.list_own_keys(disclosure_cast.constituent(country.water))
    assert line.ends_soon(timezone.now())


def test_an_organisation_sees_its_own_keys_and_no_others(country: Country, key: str) -> None:
    def names(organisation: UUID) -> list[str]:
        return [one.name for one in access_queries.list_own_keys(disclosure_cast.constituent(organisation))]

    assert names(country.water) == ["Ticketsysteem"]
    assert names(country.bank) == []
