"""Reports come in by machine: each with its receipt, none lost, none twice."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.intake import cast as intake_cast

from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import KeptReason

from . import cast

pytestmark = pytest.mark.django_db

MISFITS: Sequence[object] = [
    {},
    {"title": " "},
    {"title": 3},
    {"title": "x", "kind": "rumour"},
    {"title": "x", "awareAt": "2026-11-20T09:30:00"},
    {"title": "x", "awareAt": "9999-12-31T23:59:59Z"},
    {"title": "x", "awareAt": 1},
    {"title": "x", "occurredOn": "9999-12-31"},
    {"title": "x", "occurredOn": "31-12-2025"},
    {"title": "x", "tlp": "TLP:ORANGE"},
    {"title": "x", "personsAffected": -1},
    {"title": "x", "personsAffected": True},
    {"title": "x", "description": "é" * 100_001},
    "no object",
    None,
    ["x"],
]


@pytest.fixture
def key() -> str:
    return cast.forwarder_key()


def items_of(answer: HttpResponse) -> list[dict[str, object]]:
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)["items"]


def count_kept() -> int:
    return intake_queries.count_kept(intake_cast.analyst()).get(KeptReason.ITEM_UNREADABLE, 0)


def test_a_report_is_found_again_with_the_code_of_its_receipt(client: Client, key: str) -> None:
    answer = cast.post(client, "/reports", cast.ITEM | {"entityKind": "essential", "colour": "blue"}, key=key)
    assert answer.status_code == 201
    receipt = json.loads(answer.content)
    report = intake_queries.follow_report(reporter_with(receipt["code"]))
    assert (report.reference, report.entity_kind) == (receipt["reference"], "essential")
    assert report.aware_at is not None
    assert report.answers == {"colour": "blue"}


def test_the_instant_of_a_receipt_has_its_zone(client: Client, key: str) -> None:
    receipt = json.loads(cast.post(client, "/reports", cast.ITEM, key=key).content)
    assert receipt["receivedAt"].endswith("Z")


@pytest.mark.parametrize("item", MISFITS)
def test_a_report_that_does_not_fit_is_refused_with_the_reason(client: Client, key: str, item: object) -> None:
    answer = cast.post(client, "/reports", item, key=key)
    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"]


@pytest.mark.parametrize("item", MISFITS)
def test_in_a_batch_it_is_kept_with_its_own_receipt_and_reason(client: Client, key: str, item: object) -> None:
    good, bad = items_of(cast.post(client, "/report-batches", {"items": [cast.ITEM, item]}, key=key))
    assert good["errors"] == []
    assert bad["errors"]
    assert bad["code"]
    assert count_kept() == 1


def test_all_errors_of_a_report_are_listed_where_they_stand(client: Client, key: str) -> None:
    wrong = {"title": "x", "kind": "rumour", "occurredOn": "soon", "awareAt": "later"}
    errors = json.loads(cast.post(client, "/reports", wrong, key=key).content)["errors"]
    assert [error["location"]["pointer"] for error in errors] == ["#/kind", "#/occurredOn", "#/awareAt"]
    assert {error["in"] for error in errors} == {"body"}


def test_the_same_source_reference_is_the_same_report_and_its_code_is_shown_once(client: Client, key: str) -> None:
    sent = [cast.post(client, "/reports", cast.ITEM | {"sourceReference": "TZ-1"}, key=key) for _ in range(2)]
    first, second = (json.loads(answer.content) for answer in sent)
    assert [answer.status_code for answer in sent] == [201, 200]
    assert first["reference"] == second["reference"]
    assert second["code"] is None


def test_what_is_corrected_under_the_same_source_reference_is_not_lost(client: Client, key: str) -> None:
    wrong, right = {"title": 3, "sourceReference": "TZ-1"}, cast.ITEM | {"sourceReference": "TZ-1"}
    sent = [cast.post(client, "/report-batches", {"items": [one]}, key=key) for one in (wrong, right, right, wrong)]
    references = [items_of(one)[0]["reference"] for one in sent]
    assert references == [references[0], references[1], references[1], references[0]]
    assert references[0] != references[1]
    (both,) = (items_of(cast.post(client, "/report-batches", {"items": [right, right, wrong]}, key=key)),)
    assert [one["reference"] for one in both] == [references[1], references[1], references[0]]


def test_another_systems_key_does_not_find_the_report_by_its_reference(client: Client, key: str) -> None:
    item = cast.ITEM | {"sourceReference": "TZ-1"}
    mine = json.loads(cast.post(client, "/reports", item, key=key).content)
    other = cast.post(client, "/reports", item, key=cast.forwarder_key())
    assert other.status_code == 201
    assert json.loads(other.content)["reference"] != mine["reference"]


@pytest.mark.parametrize("text", ["nul \0 byte", "surrogate \ud800", "=cmd|' /C calc'!A0", "<script>alert(1)</script>"])
def test_hostile_text_is_received_and_not_broken_on(client: Client, key: str, text: str) -> None:
    (item,) = items_of(cast.post(client, "/report-batches", {"items": [{"title": text}]}, key=key))
    assert item["reference"]
    assert cast.post(client, "/reports", {"title": text}, key=key).status_code in (201, 400)
