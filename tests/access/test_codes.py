"""Codes of authenticator apps as PostgreSQL computes them, held to what was published and to another implementation."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER

Owner = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def owner(postgres_server: launcher.Server, migrated_template: str) -> Iterator[Owner]:
    with psycopg.connect(postgres_server.dsn(SUPERUSER, migrated_template)) as session:
        yield session


def answered(owner: Owner, query: str, *given: object) -> object:
    (found,) = owner.execute(query.encode(), given).fetchone() or (None,)
    return found


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(owner: Owner, at: int, code: str) -> None:
    assert answered(owner, "SELECT access_code(%s, %s)", b"12345678901234567890", at // 30) == code


@settings(max_examples=40)
@given(message=st.binary(max_size=300))
def test_sha_1_is_that_of_python(owner: Owner, message: bytes) -> None:
    assert answered(owner, "SELECT access_sha1(%s)", message) == hashlib.sha1(message, usedforsecurity=False).digest()


@settings(max_examples=20)
@given(secret=st.binary(min_size=10, max_size=64), message=st.binary(max_size=80))
def test_hmac_is_that_of_python(owner: Owner, secret: bytes, message: bytes) -> None:
    expected = hmac.digest(secret, message, "sha1")
    assert answered(owner, "SELECT access_hmac_sha1(%s, %s)", secret, message) == expected
