"""A key that asks much waits, reads how much it has left, and no other key notices."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings

from meldpunt.access.rules.limiting import Limit
from meldpunt.access.values import JOB
from meldpunt.intake import queries as intake_queries

from . import cast

pytestmark = pytest.mark.django_db

TWO = {name: Limit(name, 2, 600) for name in ("network", "draft", "account", "key", "mail")}


@pytest.fixture(autouse=True)
def two() -> Iterator[None]:
    with override_settings(LIMITS=TWO):
        yield


def forward(key: str) -> HttpResponse:
    return cast.post(Client(), "/reports", cast.ITEM, key=key)


def test_the_third_request_of_a_key_is_a_problem_that_says_when_to_come_back() -> None:
    key = cast.forwarder_key()
    taken = [forward(key) for _ in range(2)]
    refused = forward(key)
    assert [one.status_code for one in (*taken, refused)] == [201, 201, 429]
    assert refused["Content-Type"] == "application/problem+json"
    assert 280 <= int(refused["Retry-After"]) <= 300
    assert "Nothing of this request was kept" in json.loads(refused.content)["detail"]
    assert refused["API-Version"]
    assert sum(intake_queries.count_reports(JOB).values()) == 2


def test_each_answer_says_what_is_left() -> None:
    key = cast.forwarder_key()
    answers = [forward(key) for _ in range(3)]
    assert {one["RateLimit-Policy"] for one in answers} == {'"key";q=2;w=600'}
    left = [re.fullmatch(r'"key";r=(\d);t=(\d+)', one["RateLimit"]) for one in answers]
    assert [match and match[1] for match in left] == ["1", "0", "0"]
    assert [280 <= int(match[2]) <= 300 for match in left if match] == [False, True, True]


def test_another_key_goes_on() -> None:
    noisy, other = cast.forwarder_key(), cast.forwarder_key()
    assert [forward(noisy).status_code for _ in range(3)][-1] == 429
    assert forward(other).status_code == 201


def test_keys_that_are_none_are_counted_by_the_network_they_come_from() -> None:
    assert [forward(f"no-key-{number}").status_code for number in range(3)] == [401, 401, 429]
    assert forward(cast.forwarder_key()).status_code == 201
