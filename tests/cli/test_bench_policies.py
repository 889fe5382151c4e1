"""What the benchmark of row security measures; its figures are printed and never asserted."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied

from meldpunt.entrypoints.cli.bench.multitude import Size, rows_of
from meldpunt.entrypoints.cli.bench.policies import LISTS, measure_policies
from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER

SIZE = Size(reports=400, constituents=40)


@pytest.fixture
def empty(
    postgres_server: launcher.Server, migrated_template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The name of a migrated database in which nothing is, with Django in it."""
    before = connection.settings_dict["NAME"]
    with copied(postgres_server, f"multitude_{os.getpid()}", of=migrated_template) as name, django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before


def test_every_list_is_measured_on_rows_that_it_shows(
    empty: str, postgres_server: launcher.Server, capsys: pytest.CaptureFixture[str]
) -> None:
    measure_policies(SIZE, server=postgres_server)
    printed = capsys.readouterr().out
    lines = {line[:36].strip(): line[36:].split() for line in printed.splitlines()[2:]}
    assert lines.keys() == LISTS.keys()
    assert all(int(rows) > 0 for rows, *_ in lines.values())
    with psycopg.connect(postgres_server.dsn(SUPERUSER, empty)) as superuser:
        for table, count, _ in rows_of(SIZE):
            assert superuser.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() == (count,)
