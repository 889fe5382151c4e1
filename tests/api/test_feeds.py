"""Feeds come in by machine, as the files they are."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.intake import cast as intake_cast

from meldpunt.entrypoints.api.views.detection import STIX
from meldpunt.entrypoints.cli.story.world import story_bytes
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.values import KeptReason

from . import cast

pytestmark = pytest.mark.django_db

FEED = "2026-11-21-scan_rdp-netherlands-geo.csv"


def send(client: Client, raw: bytes, *, name: str = FEED) -> HttpResponse:
    headers = {"X-API-Key": cast.forwarder_key()}
    return client.post("/api/v1/feeds", raw, content_type="text/csv", headers=headers, query_params={"name": name})


def test_a_feed_comes_in_with_all_its_rows(client: Client) -> None:
    answer = send(client, story_bytes(FEED))
    assert answer.status_code == 201
    (line,) = intake_queries.list_reports(intake_cast.analyst()).lines
    assert line.reference == json.loads(answer.content)["reference"]
    assert len(intake_queries.list_feed_rows(intake_cast.analyst(), report=line.id)) > 5


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"info": "Oefening", "Attribute": [{"type": "ip-dst", "value": "192.0.2.9"}]}', "application/json"),
        ('{"type": "bundle", "objects": [{"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "192.0.2.9"}]}', STIX),
        ('{"source.ip": "192.0.2.9", "time.source": "2026-11-20T03:04:05Z"}\n' * 2, "application/x-ndjson"),
    ],
)
def test_what_is_in_a_feed_says_which_format_it_is(client: Client, body: str, content_type: str) -> None:
    headers = {"X-API-Key": cast.forwarder_key()}
    answer = client.post("/api/v1/feeds?name=feed", body, content_type=content_type, headers=headers)
    assert answer.status_code == 201
    (line,) = intake_queries.list_reports(intake_cast.analyst()).lines
    assert {row.address for row in intake_queries.list_feed_rows(intake_cast.analyst(), report=line.id)} == {
        "192.0.2.9"
    }


@pytest.mark.parametrize("raw", [b"", b"\0\0", b"\xff\xfe" * 10, b"timestamp,ip\n", b"[" * 9999])
def test_a_feed_that_cannot_be_read_is_kept_with_its_reason(client: Client, raw: bytes) -> None:
    assert send(client, raw).status_code == 201
    assert sum(intake_queries.count_kept(intake_cast.analyst()).values()) == 1
    assert KeptReason.ITEM_UNREADABLE not in intake_queries.count_kept(intake_cast.analyst())


@pytest.mark.parametrize("name", ["", "a\0b", "../../etc/passwd", "x" * 201])
def test_a_name_that_is_none_is_refused(client: Client, name: str) -> None:
    answer = send(client, b"timestamp,ip\n", name=name)
    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"][0]["location"] == {"name": "name"}
