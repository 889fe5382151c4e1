"""Machines with a key, for tests of the API."""

from __future__ import annotations

import json

from django.http import HttpResponse
from django.test import Client
from tests.detection import cast as detection_cast

from meldpunt.access.actions import create_machine_key
from meldpunt.access.values import JOB, Role

ITEM = {"title": "Storing bij een gemeente", "sector": "municipalities", "awareAt": "2026-11-20T09:30:00+01:00"}


def forwarder_key() -> str:
    """The key of another national system."""
    return create_machine_key(JOB, name="Meldsysteem", role=Role.FORWARDER)


def sensor_key(country: detection_cast.Country) -> str:
    """The key of a sensor of the first participant of the detection network."""
    return create_machine_key(JOB, name="Sensor", role=Role.SENSOR, organisation=country.participants[0])


def post(client: Client, path: str, body: object, *, key: str, **headers: str) -> HttpResponse:
    """A JSON body posted with a key; bytes go as they are."""
    data = body if isinstance(body, bytes) else json.dumps(body)
    sent = {"Authorization": f"Bearer {key}"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/api/v1{path}", data, content_type="application/json", headers=sent)


def get(client: Client, path: str, *, key: str) -> HttpResponse:
    """Fetched with a key in the other header."""
    return client.get(f"/api/v1{path}", headers={"X-API-Key": key})
