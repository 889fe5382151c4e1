"""Whatever a body holds, the answer is a clear problem, and nobody reads more of it than is allowed."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from meldpunt.entrypoints.api.bodies import BodyTooLarge, BodyUnreadable, read_body, read_json
from meldpunt.vocabulary.strict_json import DEEPEST

from . import cast

BAD = {
    "nothing": b" ",
    "no JSON": b"{'title': 1}",
    "NUL": b'{"title": "a\x00b"}',
    "Latin-1": '{"title": "één"}'.encode("latin-1"),
    "UTF-16": '{"title": "x"}'.encode("utf-16"),
    "deep list": b"[" * 100_000,
    "deep and whole": b'{"a":' * 900 + b"1" + b"}" * 900,
    "no number": b'{"title": "x", "n": NaN}',
    "too large a number": b'{"title": "x", "n": 1e999}',
    "a number without end": b'{"title": "x", "n": ' + b"1" * 5000 + b"}",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/reports", "/report-batches"])
@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_a_body_that_is_no_json_is_refused_in_words(client: Client, path: str, body: bytes) -> None:
    answer = cast.post(client, path, body, key=cast.forwarder_key())
    assert answer.status_code == 400
    assert json.loads(answer.content)["detail"].startswith("The body")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/reports", "/report-batches", "/feeds?name=a.csv"])
def test_a_body_of_100_megabytes_is_refused_by_what_it_says_of_itself(client: Client, path: str) -> None:
    headers = {"X-API-Key": cast.forwarder_key()}
    answer = client.post(
        f"/api/v1{path}", b"{}", content_type="application/json", headers=headers, CONTENT_LENGTH=str(100 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert answer["Content-Type"] == "application/problem+json"


def test_a_body_is_read_no_further_than_its_limit() -> None:
    with pytest.raises(BodyTooLarge):
        read_body(RequestFactory().post("/", b"x" * 11, content_type="text/csv"), limit=10)
    assert read_body(RequestFactory().post("/", b"x" * 10, content_type="text/csv"), limit=10) == b"x" * 10


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_json_is_read_down_to_its_depth_and_no_deeper(depth: int) -> None:
    nested = b"[" * depth + b"1" + b"]" * depth
    if depth <= DEEPEST:
        assert read_json(nested)
    else:
        with pytest.raises(BodyUnreadable):
            read_json(nested)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_unreadable(body: bytes) -> None:
    with suppress(BodyUnreadable):
        json.dumps(read_json(body), allow_nan=False)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_json_can_say_is_read_back_as_it_was(value: object) -> None:
    assert read_json(json.dumps(value).encode()) == value
