"""The whole interface, asked by a machine that reads only its description: never a 500, and nothing undescribed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.detection import cast as detection_cast

from meldpunt.entrypoints.api.operations import OPERATIONS
from meldpunt.entrypoints.web.wsgi import application

from . import cast

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
PATHS = [(method, path) for method, path, permission in OPERATIONS if permission]


@pytest.fixture
def description(client: Client) -> Iterator[dict[str, object]]:
    """What the interface says of itself. Until the test ends the connection that holds its transaction stays open."""
    found = json.loads(client.get("/api/v1/openapi.json").content)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield found
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _told_to_a_machine(country: detection_cast.Country) -> tuple[dict[str, str], dict[str, str]]:
    """Ids of something that was told, and the key of a machine that may read it."""
    key = cast.reader_key(country.hospital)
    told = cast.tell(country.hospital)
    return {"disclosure": str(told.id), "attachment": str(told.attachments[0].id)}, {"disclosures": key}


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_no_request_that_the_description_allows_breaks_it(
    description: dict[str, object], method: str, path: str
) -> None:
    country = detection_cast.found_country()
    detection_cast.tell(detection_cast.add())
    told, keys = _told_to_a_machine(country)
    keys |= {"reports": cast.forwarder_key(), "feeds": cast.forwarder_key()}
    key = keys.get(path.split("/")[1]) or cast.sensor_key(country)
    schema = schemathesis.openapi.from_dict(description)
    schema.app = application
    operation = schema[path][method]

    @seed(297)
    @settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(MODES))))
        if case.path_parameters and data.draw(st.booleans()):
            case.path_parameters |= {name: told[name] for name in case.path_parameters}
        case.call_and_validate(base_url="http://testserver/api/v1", headers={"X-API-Key": key}, checks=CHECKS)

    ask()
