"""The NLGov REST API Design Rules 2.2 as far as a machine can hold them; `docs/api.md` has all of them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from tests.disclosure.cast import found_country

from meldpunt.entrypoints.api.door import VERSION
from meldpunt.entrypoints.api.operations import OPERATIONS

from . import cast

pytestmark = pytest.mark.django_db

CHECKOUT = Path(__file__).resolve().parents[2]
DOCS = CHECKOUT / "docs" / "api.md"
RULES = {
    *("naming-resources", "naming-collections", "interface-language", "no-trailing-slash", "path-segments-kebab-case"),
    *("query-keys-camel-case", "hide-implementation", "date-time/format", "date-time/timezone", "http-methods"),
    *("date-time/date-omit-time-portion", "http-safety", "http-response-code", "stateless", "nested-child"),
    *("resource-operations", "error-handling/problem-details", "error-handling/invalid-input", "doc-openapi"),
    *("error-handling/all-errors", "doc-openapi-contact", "doc-language", "publish-openapi", "deprecation-schedule"),
    *("transition-period", "uri-version", "changelog", "semver", "version-header", "transport/tls", "transport/cors"),
    *("transport/no-sensitive-uris", "transport/security-headers", "modules/geospatial", "modules/signing"),
    "modules/encryption",
}
"""All 36 of the core and its modules, as the standard names them under /core/."""


class OverTls(Client):
    """A client whose requests came over TLS."""

    def generic(self, *args: object, **kwargs: object) -> HttpResponse:  # type: ignore[override]
        return super().generic(*args, **(kwargs | {"secure": True}))  # type: ignore[arg-type]


@pytest.fixture
def described(client: Client) -> dict[str, object]:
    found: dict[str, object] = json.loads(client.get("/api/v1/openapi.json").content)
    return found


def operations(described: dict[str, object]) -> Iterator[tuple[str, str, dict[str, object]]]:
    for path, methods in described["paths"].items():  # type: ignore[attr-defined]
        for method, operation in methods.items():
            yield path, method, operation


def parameters(described: dict[str, object]) -> Iterator[dict[str, object]]:
    for _, _, operation in operations(described):
        yield from operation.get("parameters", [])  # type: ignore[misc, attr-defined]


def properties(described: dict[str, object]) -> Iterator[tuple[str, dict[str, object]]]:
    for schema in described["components"]["schemas"].values():  # type: ignore[index]
        yield from schema.get("properties", {}).items()


def formats_of(told: dict[str, object]) -> set[object]:
    """The formats a property may have, also where it may be null."""
    return {told.get("format"), *(one.get("format") for one in told.get("anyOf", []))} - {None}  # type: ignore[attr-defined]


def answers(client: Client) -> Iterator[HttpResponse]:
    """One of each sort: good and bad, known and unknown, with a key and without."""
    key = cast.forwarder_key()
    yield client.get("/api/v1/openapi.json")
    yield cast.get(client, "/reports", key=key)
    yield cast.post(client, "/reports", cast.ITEM, key=key)
    yield cast.post(client, "/reports", {"title": 3}, key=key)
    yield cast.post(client, "/reports", b"{", key=key)
    yield cast.get(client, "/reports/MP-0000-0000", key=key)
    yield cast.get(client, "/disclosures", key=key)
    yield client.get("/api/v1/reports")
    yield client.delete("/api/v1/reports")
    yield client.get("/api/v1/nothing")
    yield client.get("/api/v1/reports/")
    yield client.get("/api/v1/reports", headers={"X-API-Key": key, "Accept": "text/html"})
    yield client.post("/api/v1/reports", b"x", content_type="text/plain", headers={"X-API-Key": key})


def rules_in_the_docs() -> dict[str, str]:
    lines = DOCS.read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `/core/")]
    return {row[0].strip("`").removeprefix("/core/"): row[1] for row in rows}


def test_every_rule_stands_in_the_docs_and_what_it_is_held_by_is_a_test() -> None:
    found = rules_in_the_docs()
    assert found.keys() == RULES
    written = {
        node.name
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }
    named = {name for said in found.values() for name in re.findall(r"`(test_\w+)`", said)}
    assert named
    assert named - written == set()
    unheld = [rule for rule, said in found.items() if not re.search(r"`test_|by hand|deviates", said)]
    assert unheld == []


def test_paths_are_plural_nouns_in_kebab_case_without_a_trailing_slash(
    client: Client, described: dict[str, object]
) -> None:
    for path in described["paths"]:  # type: ignore[attr-defined]
        assert re.fullmatch(r"(/([a-z0-9-]+|\{[^}]+\}))+", path)
        segments = [one for one in path.split("/") if one and not one.startswith("{")]
        assert all(one.endswith("s") for one in segments), path
    assert client.get("/api/v1/reports/", headers={"X-API-Key": cast.forwarder_key()}).status_code == 404


def test_children_are_named_under_their_parent(described: dict[str, object]) -> None:
    paths = set(described["paths"])  # type: ignore[call-overload]
    for path in paths:
        if path.count("{"):
            parent = path[: path.index("/{")]
            assert parent in paths


def test_keys_of_queries_and_properties_are_in_camel_case(described: dict[str, object]) -> None:
    camel = re.compile(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*")
    names = [one["name"] for one in parameters(described) if one["in"] == "query"]
    assert {"limit", "after", "since", "sourceReference"} <= set(names)
    assert [one for one in names if not camel.fullmatch(str(one))] == []
    assert [name for name, _ in properties(described) if not camel.fullmatch(name)] == []
    assert all(re.fullmatch(r"[A-Z][A-Za-z]*", one) for one in described["components"]["schemas"])  # type: ignore[index]


def test_instants_and_days_are_of_the_formats_of_rfc_3339(described: dict[str, object]) -> None:
    for name, told in properties(described):
        if name.endswith("At") or name == "deadline":
            assert formats_of(told) == {"date-time"}, name
        if name.endswith("On"):
            assert formats_of(told) == {"date"}, name
        assert not formats_of(told) & {"date-time-local", "time"}, name
    assert any(name.endswith("On") for name, _ in properties(described))


def test_instants_in_answers_are_in_utc_and_taken_with_any_offset(client: Client) -> None:
    key = cast.forwarder_key()
    item = cast.ITEM | {"awareAt": "2026-11-20T04:30:00-05:00", "kind": "statutory", "entityKind": "essential"}
    reference = json.loads(cast.post(client, "/reports", item, key=key).content)["reference"]
    found = json.loads(cast.get(client, f"/reports/{reference}", key=key).content)
    assert found["awareAt"] == "2026-11-20T09:30:00Z"
    instants = re.findall(r'"\d{4}-\d\d-\d\dT[^"]*"', json.dumps(found))
    assert len(instants) > 3
    assert all(one.endswith('Z"') for one in instants)
    naive = cast.post(client, "/reports", cast.ITEM | {"awareAt": "2026-11-20T09:30:00"}, key=key)
    assert naive.status_code == 400


def test_only_standard_methods_are_offered_and_head_answers_as_get(
    client: Client, described: dict[str, object]
) -> None:
    assert {method for _, method, _ in operations(described)} <= {"get", "post", "put", "patch", "delete"}
    headers = {"X-API-Key": cast.forwarder_key()}
    get, head = (getattr(client, one)("/api/v1/reports", headers=headers) for one in ("get", "head"))
    assert (head.status_code, head["Content-Type"], head.content) == (get.status_code, get["Content-Type"], b"")
    for method in ("put", "patch", "delete", "trace"):
        refused = client.generic(method.upper(), "/api/v1/reports", headers=headers)
        assert refused.status_code == 405
        assert set(refused["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_what_is_fetched_by_head_is_not_read(client: Client) -> None:
    country = found_country()
    key = cast.reader_key(country.water)
    told = cast.tell(country.water)
    client.head(f"/api/v1/disclosures/{told.id}", headers={"X-API-Key": key})
    (line,) = json.loads(cast.get(client, "/disclosures", key=key).content)["items"]
    assert line["readAt"] is None


def test_every_answer_carries_the_version_and_the_security_headers_and_no_cookie(client: Client) -> None:
    with override_settings(SECURE_HSTS_SECONDS=31_536_000):
        for answer in answers(OverTls()):
            assert answer["API-Version"] == VERSION
            assert answer["Cache-Control"] == "no-store"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["X-Frame-Options"] == "DENY"
            assert answer["Strict-Transport-Security"]
            assert answer["Content-Type"]
            assert not answer.cookies


def test_every_refusal_is_a_problem_with_status_title_and_detail(client: Client, described: dict[str, object]) -> None:
    refused = [one for one in answers(client) if one.status_code >= 400]
    assert {one.status_code for one in refused} >= {400, 401, 404, 405, 406, 415}
    for one in refused:
        body = json.loads(one.content)
        assert one["Content-Type"] == "application/problem+json"
        assert body["status"] == one.status_code
        assert {"type", "title", "status", "detail"} <= body.keys()
    problem = described["components"]["schemas"]["Problem"]  # type: ignore[index]
    assert {"status", "title", "detail"} <= problem["properties"].keys()


def test_whatever_takes_input_says_that_it_may_not_fit(described: dict[str, object]) -> None:
    for path, method, operation in operations(described):
        if method == "post" or operation.get("parameters"):
            assert "400" in operation["responses"], path  # type: ignore[operator]


def test_the_description_is_of_openapi_3_with_a_contact_and_every_reference_in_it_leads_somewhere(
    client: Client, described: dict[str, object]
) -> None:
    assert re.fullmatch(r"3(\.\d+){1,2}", str(described["openapi"]))
    assert described["info"]["contact"].keys() >= {"name", "email", "url"}  # type: ignore[index]
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(described)):
        place: object = described
        for part in reference.split("/"):
            place = place[part]  # type: ignore[index]
        assert place
    ids = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(ids) == len(set(ids))


def test_the_description_is_read_from_anywhere_and_nothing_else_is(client: Client) -> None:
    first, *others = answers(client)
    assert first["Access-Control-Allow-Origin"] == "*"
    assert not any(one.has_header("Access-Control-Allow-Origin") for one in others)


def test_the_version_is_semantic_and_its_first_number_is_in_the_address(described: dict[str, object]) -> None:
    assert described["info"]["version"] == VERSION  # type: ignore[index]
    assert re.fullmatch(r"\d+\.\d+\.\d+", VERSION)
    (server,) = described["servers"]  # type: ignore[misc]
    assert server["url"].endswith(f"/v{VERSION.partition('.')[0]}")


def test_no_key_and_no_code_stands_in_an_address(described: dict[str, object]) -> None:
    schemes = described["components"]["securitySchemes"].values()  # type: ignore[index]
    assert {one.get("in", "header") for one in schemes} == {"header"}
    asked = {one["name"] for one in parameters(described) if one["in"] in ("query", "path")}
    assert not asked & {"key", "code", "token", "organisation", "title"}


@pytest.mark.parametrize(
    "word", ["django", "ninja", "pydantic", "psycopg", "postgres", "granian", "traceback", "python"]
)
def test_nothing_says_what_it_is_made_of(client: Client, word: str) -> None:
    for answer in answers(client):
        said = answer.content.decode().lower() + repr(dict(answer.headers)).lower()
        assert word not in said


def test_every_operation_is_stateless_by_its_key(client: Client) -> None:
    """A key that was shown once opens nothing for who comes after it without one."""
    browser = Client()
    cast.get(browser, "/reports", key=cast.forwarder_key())
    assert browser.get("/api/v1/reports").status_code == 401
    assert {permission is None for _, path, permission in OPERATIONS if path == "/openapi.json"} == {True}


def test_the_changelog_speaks_of_the_interface() -> None:
    assert "API" in (CHECKOUT / "CHANGELOG.md").read_text()
