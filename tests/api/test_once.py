"""A request that is repeated under its Idempotency-Key is done once, and answered as it was the first time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.detection import cast as detection_cast
from tests.disclosure.cast import found_country

from meldpunt.access import actions as access_actions
from meldpunt.access import models as access_models
from meldpunt.access import queries as access_queries
from meldpunt.access.answering import Answer, find_answer, keep_answer
from meldpunt.access.binding import bound
from meldpunt.access.errors import KeyUsedBefore
from meldpunt.access.values import JOB, Actor
from meldpunt.detection import queries as detection_queries

from . import cast
from .test_following import DUTY, followed, send_file

pytestmark = pytest.mark.django_db

BODY = "Iets om te onthouden"


@pytest.fixture
def key() -> str:
    return cast.forwarder_key()


def machine(key: str) -> Actor:
    found = access_queries.find_actor_by_key(key)
    assert found is not None
    return found


def same(first: HttpResponse, again: HttpResponse) -> bool:
    return (first.status_code, first.content, first["Content-Type"], first["API-Version"]) == (
        again.status_code,
        again.content,
        again["Content-Type"],
        again["API-Version"],
    )


def count_listed(client: Client, key: str) -> int:
    return len(json.loads(cast.get(client, "/reports", key=key).content)["items"])


@pytest.mark.parametrize("path", ["/reports", "/report-batches"])
def test_a_report_whose_answer_was_lost_is_answered_again_with_its_code(client: Client, key: str, path: str) -> None:
    body = cast.ITEM if path == "/reports" else {"items": [cast.ITEM, cast.ITEM]}
    first, again = (cast.post(client, path, body, key=key, Idempotency_Key="k-1") for _ in "ab")
    assert same(first, again)
    assert b'"code": null' not in again.content
    assert count_listed(client, key) == (1 if path == "/reports" else 2)


def test_a_feed_a_stage_and_a_file_are_kept_once(client: Client, key: str) -> None:
    reference = json.loads(cast.post(client, "/reports", DUTY, key=key).content)["reference"]
    for ask in (
        lambda: cast.post(client, "/feeds?name=a.csv", b"a,b\n1,2\n", key=key, Idempotency_Key="feed"),
        lambda: cast.post(client, f"/reports/{reference}/stages", {"text": "x"}, key=key, Idempotency_Key="stage"),
        lambda: send_file(client, key, reference, b"x", Idempotency_Key="file"),
    ):
        first, again = ask(), ask()
        assert first.status_code == 201, first.content
        assert same(first, again)
    found = followed(client, key, reference)
    assert (len(found["stages"]), len(found["attachments"])) == (2, 1)  # type: ignore[arg-type]
    assert count_listed(client, key) == 2


def test_a_sighting_is_counted_once(client: Client) -> None:
    country = detection_cast.found_country()
    indicator = detection_cast.add()
    detection_cast.tell(indicator)
    key = cast.sensor_key(country)
    seen = {"indicator": indicator.stix_id, "seenAt": timezone.now().isoformat(), "count": 3}
    first, again = (cast.post(client, "/sightings", seen, key=key, Idempotency_Key="s") for _ in "ab")
    assert first.status_code == 201, first.content
    assert same(first, again)
    (line,) = detection_queries.national_picture(detection_cast.analyst())
    assert line.seen.sightings == 1


def test_an_acknowledgement_is_answered_again(client: Client) -> None:
    country = found_country()
    key = cast.reader_key(country.water)
    path = f"/disclosures/{cast.tell(country.water).id}/acknowledgements"
    first, again = (cast.post(client, path, {"note": "ja"}, key=key, Idempotency_Key="a") for _ in "ab")
    assert first.status_code == 200, first.content
    assert same(first, again)


@pytest.mark.parametrize(
    ("path", "body"), [("/reports", {"title": "iets anders"}), ("/report-batches", {"items": [cast.ITEM]})]
)
def test_a_key_goes_with_one_request(client: Client, key: str, path: str, body: dict[str, object]) -> None:
    cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key="k-1")
    answer = cast.post(client, path, body, key=key, Idempotency_Key="k-1")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert count_listed(client, key) == 1


def test_a_key_is_the_same_with_its_quotes_and_without(client: Client, key: str) -> None:
    first, again = (cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key=one) for one in ('"k"', "k"))
    assert same(first, again)


@pytest.mark.parametrize("name", ["", '""', "é", "x" * 201])
def test_a_key_that_is_none_is_refused(client: Client, key: str, name: str) -> None:
    answer = cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key=name)
    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"][0]["location"] == {"name": "Idempotency-Key"}
    assert count_listed(client, key) == 0


def test_what_was_refused_may_be_put_right_under_the_same_key(client: Client, key: str) -> None:
    assert cast.post(client, "/reports", {"title": " "}, key=key, Idempotency_Key="k").status_code == 400
    assert cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key="k").status_code == 201


def test_two_machines_may_have_the_same_key(client: Client, key: str) -> None:
    first = cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key="k")
    other = cast.post(client, "/reports", {"title": BODY}, key=cast.forwarder_key(), Idempotency_Key="k")
    assert (first.status_code, other.status_code) == (201, 201)


def test_while_a_request_is_answered_the_same_one_is_told_to_wait(client: Client, key: str) -> None:
    turn = f"access/answered/{machine(key).id}/k"
    settings = connection.settings_dict
    beside = psycopg.connect(host=settings["HOST"], dbname=settings["NAME"], user=settings["USER"])
    with beside, beside.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [turn])
        answer = cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key="k")
        assert (answer.status_code, answer["Retry-After"]) == (409, "1")
    assert cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key="k").status_code == 201
    assert count_listed(client, key) == 1


def test_what_is_kept_reads_for_nobody_without_the_key_of_the_machine(client: Client, key: str) -> None:
    receipt = json.loads(cast.post(client, "/reports", {"title": BODY}, key=key, Idempotency_Key="k-een").content)
    with bound(machine(key)):
        (row,) = access_models.Answered.objects.all()
        kept = b"".join(bytes(one) for one in (row.name, row.request, row.sealed))
    for word in (BODY, receipt["code"], receipt["reference"], "k-een", key):
        assert word.encode() not in kept


def test_an_answer_is_for_the_machine_that_had_it(client: Client, key: str) -> None:
    cast.post(client, "/reports", cast.ITEM, key=key, Idempotency_Key="k")
    with bound(machine(cast.forwarder_key())):
        assert list(access_models.Answered.objects.all()) == []
    with pytest.raises(DatabaseError, match="permission denied"), bound(JOB):
        connection.cursor().execute("SELECT sealed FROM access_answered")


def test_after_a_week_an_answer_is_forgotten(key: str) -> None:
    sender, answer = machine(key), Answer(201, {"Content-Type": "application/json"}, b"{}")
    keep_answer(sender, name="k", request=b"r", answer=answer)
    assert access_actions.forget_answers(JOB) == 0
    assert find_answer(sender, name="k", request=b"r") == answer
    with bound(sender):
        row = access_models.Answered.objects.get()
    assert timedelta(days=6) < row.expires_at - timezone.now() <= timedelta(days=7)


def test_another_request_under_the_same_name_is_told_apart_whatever_its_name(key: str) -> None:
    sender, answer = machine(key), Answer(200, {}, b"x")
    for name in ("name", "request/name", "seal/x"):
        keep_answer(sender, name=name, request=b"one", answer=answer)
        assert find_answer(sender, name=name, request=b"one") == answer
        with pytest.raises(KeyUsedBefore):
            find_answer(sender, name=name, request=b"two")
    assert find_answer(replace(sender), name="other", request=b"one") is None
