"""Feeds come in by machine, as the files they are."""

from __future__ import annotations

import json

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.intake import cast as intake_cast

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
