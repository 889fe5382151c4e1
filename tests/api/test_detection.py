"""A sensor fetches what it was told to look for, and tells that it was seen."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.detection import cast as detection_cast

from meldpunt.access.actions import create_machine_key
from meldpunt.access.values import JOB, Role
from meldpunt.detection import queries as detection_queries
from meldpunt.detection.values import Indicator

from . import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> detection_cast.Country:
    return detection_cast.found_country()


@pytest.fixture
def indicator(country: detection_cast.Country) -> Indicator:
    added = detection_cast.add()
    detection_cast.tell(added)
    return added


def values_in(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["id"] for one in json.loads(answer.content).get("objects", []) if one["type"] == "indicator"]


def see(client: Client, key: str, **fields: object) -> HttpResponse:
    seen_at = (datetime.now(tz=UTC) - timedelta(hours=1)).isoformat()
    return cast.post(client, "/sightings", {"seenAt": seen_at} | fields, key=key, Accept_Language="en")


def test_a_participant_fetches_what_the_network_was_told(
    client: Client, country: detection_cast.Country, indicator: Indicator
) -> None:
    answer = cast.get(client, "/indicators", key=cast.sensor_key(country))
    assert values_in(answer) == [indicator.stix_id]
    assert answer["Content-Type"] == "application/stix+json;version=2.1"


def test_who_takes_no_part_fetches_an_empty_bundle(
    client: Client, country: detection_cast.Country, indicator: Indicator
) -> None:
    key = create_machine_key(JOB, name="Sensor", role=Role.SENSOR, organisation=country.hospital)
    assert values_in(cast.get(client, "/indicators", key=key)) == []


def test_only_what_came_since_is_fetched(client: Client, country: detection_cast.Country, indicator: Indicator) -> None:
    key, now = cast.sensor_key(country), datetime.now(tz=UTC)
    for since, found in ((now - timedelta(hours=1), [indicator.stix_id]), (now + timedelta(minutes=1), [])):
        asked = since.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert values_in(cast.get(client, f"/indicators?since={asked}", key=key)) == found


@pytest.mark.parametrize("since", ["", "yesterday", "1", "2026-11-20", "2026-11-20T09:30:00", "9999-12-31T23:59:59Z"])
def test_an_instant_that_is_none_is_refused(client: Client, country: detection_cast.Country, since: str) -> None:
    answer = cast.get(client, f"/indicators?since={since}", key=cast.sensor_key(country))
    assert answer.status_code == 400
    assert json.loads(answer.content)["errors"][0]["location"] == {"name": "since"}


def test_a_sighting_comes_back_to_the_desk_without_who_saw_it(
    client: Client, country: detection_cast.Country, indicator: Indicator
) -> None:
    assert see(client, cast.sensor_key(country), indicator=indicator.stix_id, count=3).status_code == 201
    (line,) = detection_queries.national_picture(detection_cast.analyst())
    assert (line.seen.times, line.seen.observers) == (3, None)


@pytest.mark.parametrize("name", ["indicator--00000000-0000-4000-8000-000000000000", "x", "' OR 1=1", "\ud800", "\0"])
def test_a_sighting_of_what_was_never_told_finds_nothing(
    client: Client, country: detection_cast.Country, indicator: Indicator, name: str
) -> None:
    assert see(client, cast.sensor_key(country), indicator=name).status_code in (400, 404)
    assert detection_queries.national_picture(detection_cast.analyst())[0].seen.sightings == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"count": 0},
        {"count": 2**31},
        {"count": "3"},
        {"seenAt": "9999-12-31T23:59:59Z"},
        {"seenAt": "0001-01-01T00:00:00+14:00"},
        {"firstSeenAt": "2999-01-01T00:00:00Z"},
    ],
)
def test_a_sighting_that_cannot_be_is_refused(
    client: Client, country: detection_cast.Country, indicator: Indicator, fields: dict[str, object]
) -> None:
    answer = see(client, cast.sensor_key(country), indicator=indicator.stix_id, **fields)
    assert answer.status_code == 400


def test_seen_first_after_last_is_refused(
    client: Client, country: detection_cast.Country, indicator: Indicator
) -> None:
    now = datetime.now(tz=UTC).isoformat()
    answer = see(client, cast.sensor_key(country), indicator=indicator.stix_id, firstSeenAt=now)
    assert answer.status_code == 400
    assert "first" in json.loads(answer.content)["detail"]


@pytest.mark.parametrize("path", ["/reports", "/report-batches", "/feeds"])
def test_a_sensor_says_what_it_saw_and_forwards_no_report(
    client: Client, country: detection_cast.Country, path: str
) -> None:
    assert cast.post(client, path, cast.ITEM, key=cast.sensor_key(country)).status_code == 404
