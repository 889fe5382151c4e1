"""The form of the interface: the NLGov REST API Design Rules, and problems for every error."""

from __future__ import annotations

import json
import re

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from meldpunt.access.rules import PERMISSIONS
from meldpunt.access.values import Permission, Role
from meldpunt.entrypoints.api import urls
from meldpunt.entrypoints.api.operations import OPERATIONS

from . import cast

pytestmark = pytest.mark.django_db

METHODS = ("get", "post", "put", "patch", "delete")


def description(client: Client) -> dict[str, object]:
    return json.loads(client.get("/api/v1/openapi.json").content)


def is_problem(answer: HttpResponse, status: int) -> bool:
    body = json.loads(answer.content)
    return (
        answer.status_code == status
        and body["status"] == status
        and answer["Content-Type"] == "application/problem+json"
        and answer["API-Version"] == "1.0.0"
    )


def ask(client: Client, method: str, path: str, key: str = "") -> HttpResponse:
    """An operation asked in its form, with nothing in it."""
    headers = {"X-API-Key": key} if key else {}
    return client.generic(method, f"/api/v1{path}", b"{}", content_type="application/json", headers=headers)


def test_the_description_is_public_and_says_where_it_is_served(client: Client) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert json.loads(answer.content)["servers"][0]["url"] == "/api/v1"


def test_every_operation_of_the_table_is_described_and_no_other(client: Client) -> None:
    described = {(method.upper(), path) for path, one in description(client)["paths"].items() for method in one}
    assert described | {("GET", "/openapi.json")} == {(method, path) for method, path, _ in OPERATIONS}


def test_names_over_the_wire_are_in_camel_case(client: Client) -> None:
    messages = description(client)["components"]["schemas"].values()
    names = [name for message in messages for name in message.get("properties", {})]
    assert [name for name in names if not re.fullmatch("[a-z]+([A-Z][a-z]+)*", name)] == []


def test_every_refusal_is_described_as_a_problem(client: Client) -> None:
    answers = [
        (status, answer)
        for path in description(client)["paths"].values()
        for operation in path.values()
        for status, answer in operation["responses"].items()
    ]
    assert all("API-Version" in answer["headers"] for _, answer in answers)
    assert {tuple(answer["content"]) for status, answer in answers if int(status) >= 400} == {
        ("application/problem+json",)
    }


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/", "/v1/reports/", "/v1/nothing", "/v1/openapi.json/", "/v2/reports"]
)
def test_a_path_that_is_none_is_a_problem(client: Client, path: str) -> None:
    assert is_problem(client.get(f"/api{path}"), 404)


@pytest.mark.parametrize(("method", "path"), [("put", "/reports"), ("get", "/feeds"), ("post", "/openapi.json")])
def test_a_method_that_is_not_there_is_a_problem_that_names_those_that_are(
    client: Client, method: str, path: str
) -> None:
    answer = getattr(client, method)(f"/api/v1{path}")
    assert is_problem(answer, 405)
    assert answer["Allow"]


@pytest.mark.parametrize(("method", "path", "permission"), [one for one in OPERATIONS if one[2]])
def test_without_a_key_every_operation_asks_one(client: Client, method: str, path: str, permission: Permission) -> None:
    answer = ask(client, method, path)
    assert is_problem(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("key", ["unknown", "x" * 10_000, "nul\0", "é", " "])
def test_a_key_that_nobody_has_opens_nothing(client: Client, key: str) -> None:
    assert is_problem(cast.get(client, "/indicators", key=key), 401)
    assert is_problem(cast.post(client, "/reports", cast.ITEM, key=key), 401)


@pytest.mark.parametrize(
    ("method", "path"),
    [one[:2] for one in OPERATIONS if one[2] and one[2] not in PERMISSIONS[Role.FORWARDER]],
)
def test_without_the_permission_an_operation_looks_as_if_it_were_not_there(
    client: Client, method: str, path: str
) -> None:
    assert is_problem(ask(client, method, path, key=cast.forwarder_key()), 404)


def test_answers_carry_the_headers_that_keep_browsers_out(client: Client) -> None:
    for answer in (client.get("/api/v1/openapi.json"), client.get("/api/v1/reports"), client.get("/api/nothing")):
        assert answer["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"


def test_what_breaks_is_a_problem_too_and_keeps_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(request: HttpRequest) -> HttpResponse:
        raise RuntimeError

    pattern = next(one for one in urls.urlpatterns[0].url_patterns if one.name == "forward_feed")
    break_down.declaration = pattern.callback.declaration
    monkeypatch.setattr(pattern, "callback", break_down)
    client.raise_request_exception = False
    assert is_problem(client.get("/api/v1/feeds"), 500)
