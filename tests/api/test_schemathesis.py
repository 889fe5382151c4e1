"""The whole interface, asked by a machine that reads only its description: never a 500, and nothing undescribed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

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
from .test_following import DUTY

pytestmark = pytest.mark.django_db
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
PATHS = [(method, path) for method, path, permission in OPERATIONS if permission]
EXAMPLES = 12


@dataclass(frozen=True)
class Known:
    """What a machine would know by now: a key of each kind, and ids of what there is."""

    keys: dict[str, str]
    names: dict[str, str]

    def key_for(self, path: str) -> str:
        """The key of a machine that may ask this."""
        kinds = {"disclosures": "reader", "indicators": "sensor", "sightings": "sensor"}
        return self.keys[kinds.get(path.split("/")[1], "forwarder")]


@pytest.fixture
def known(client: Client) -> Known:
    """A country in which something was told, and something reported."""
    country = detection_cast.found_country()
    detection_cast.tell(detection_cast.add())
    keys = {
        "forwarder": cast.forwarder_key(),
        "sensor": cast.sensor_key(country),
        "reader": cast.reader_key(country.hospital),
    }
    told = cast.tell(country.hospital)
    receipt = json.loads(cast.post(client, "/reports", DUTY, key=keys["forwarder"]).content)
    names = {
        "disclosure": str(told.id),
        "attachment": str(told.attachments[0].id),
        "reference": receipt["reference"],
        "after": receipt["reference"],
    }
    return Known(keys, names)


@pytest.fixture
def description(client: Client, known: Known) -> Iterator[dict[str, object]]:
    """What the interface says of itself. Until the test ends the connection that holds its transaction stays open.

    Last of all: a test client lets Django close connections again when it has its answer.
    """
    found = json.loads(client.get("/api/v1/openapi.json").content)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield found
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_no_request_that_the_description_allows_breaks_it(
    description: dict[str, object], known: Known, method: str, path: str
) -> None:
    schema = schemathesis.openapi.from_dict(description)
    schema.app = application
    operation = schema[path][method]
    key = known.key_for(path)

    @seed(297)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(MODES))))
        if case.path_parameters and data.draw(st.booleans()):
            case.path_parameters |= {name: known.names[name] for name in case.path_parameters}
        case.call_and_validate(base_url="http://testserver/api/v1", headers={"X-API-Key": key}, checks=CHECKS)

    ask()


@pytest.mark.parametrize("kind", ["forwarder", "sensor", "reader", "nobody"])
def test_whatever_key_is_shown_every_operation_answers_as_it_is_described(
    description: dict[str, object], known: Known, kind: str
) -> None:
    """Each operation once with each kind of key, for what there is: what a key may not ask is not there."""
    schema = schemathesis.openapi.from_dict(description)
    schema.app = application
    headers = {"X-API-Key": known.keys[kind]} if kind in known.keys else {}
    seen = Counter[int]()

    for method, path in PATHS:
        operation = schema[path][method]

        @seed(297)
        @settings(max_examples=2, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy(generation_mode=GenerationMode.POSITIVE))
        def ask(case: schemathesis.Case) -> None:
            if case.path_parameters:
                case.path_parameters |= {name: known.names[name] for name in case.path_parameters}
            base = "http://testserver/api/v1"
            answer = case.call_and_validate(base_url=base, headers=dict(headers), checks=CHECKS)
            seen[answer.status_code] += 1

        ask()
    assert seen[404 if headers else 401] > 0
    assert set(seen) <= ({200, 201, 400, 404, 406, 409, 413, 415, 422} if headers else {401, 406, 415})


def test_what_an_answer_names_is_asked_again_and_is_there(description: dict[str, object], known: Known) -> None:
    """By the links of the description: from a receipt to the report and its stages, and from a list to one of it."""
    schema = schemathesis.openapi.from_dict(description)
    schema.app = application
    machine = schema.as_state_machine()
    seen: set[tuple[str, int]] = set()

    class Walk(machine):  # type: ignore[misc, valid-type]
        """Asks as who forwards, who is told, and who watches, each with its own key."""

        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, object]:
            headers = {"X-API-Key": known.key_for(case.path)}
            return {"base_url": "http://testserver/api/v1", "headers": headers}

        def validate_response(self, response: object, case: schemathesis.Case, **kwargs: object) -> None:
            case.validate_response(response, checks=CHECKS)  # type: ignore[arg-type]
            seen.add((case.path, response.status_code))  # type: ignore[attr-defined]

    Walk.run(
        settings=settings(
            max_examples=6,
            stateful_step_count=6,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
    )
    followed = {path for path, status in seen if "{" in path and status in (200, 201)}
    assert "/reports/{reference}" in followed
