"""What the benchmark of the queue measures; its figures are printed and never asserted."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied

from meldpunt.entrypoints.cli.bench.queue import measure_queue
from meldpunt.entrypoints.postgres import launcher
from meldpunt.triage.values import Order


@pytest.fixture
def empty(
    postgres_server: launcher.Server, migrated_template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A migrated database in which nothing is, with Django in it."""
    before = connection.settings_dict["NAME"]
    with copied(postgres_server, f"queues_{os.getpid()}", of=migrated_template) as name, django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = before


def test_every_order_and_what_is_done_from_the_queue_is_measured(
    empty: None, postgres_server: launcher.Server, capsys: pytest.CaptureFixture[str]
) -> None:
    measure_queue(600, server=postgres_server, serve=None)
    printed = capsys.readouterr().out
    assert "600 open reports" in printed
    assert all(f"by {order.value}, page 100 " in printed for order in Order)
    assert all(deed in printed for deed in ("taking one", "declining one", "unread", "all of these, counted"))
