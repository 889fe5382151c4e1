"""What the queue asks for because time went by."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker
from tests.copies import copied
from tests.triage.cast import analyst, desk

from meldpunt.access.values import STRANGER, Actor
from meldpunt.entrypoints.postgres import launcher
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import ReportForm, ReportId
from meldpunt.triage import actions, queries
from meldpunt.triage.values import Attention, QueueFilters


@pytest.fixture
def own_database(
    postgres_server: launcher.Server, migrated_template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The name of a fresh database that Django is connected to."""
    before = connection.settings_dict["NAME"]
    with copied(postgres_server, f"queue_{os.getpid()}", of=migrated_template) as name, django_db_blocker.unblock():
        connections.close_all()
        connection.settings_dict["NAME"] = name
        yield name
        connections.close_all()
        connection.settings_dict["NAME"] = before


def tell(title: str) -> ReportId:
    return intake_actions.receive_report(STRANGER, form=ReportForm(title=title, text="")).report


def go_by(postgres: launcher.Server, database: str, **length: float) -> None:
    """All that happened happened so much longer ago."""
    columns = {
        "intake_report": ("received_at", "aware_at"),
        "intake_submittedstage": ("submitted_at",),
        "triage_line": ("received_at", "began_at", "changed_at", "news_at"),
    }
    with psycopg.connect(postgres.dsn(launcher.SUPERUSER, database)) as superuser:
        for table, names in columns.items():
            earlier = ", ".join(f"{name} = {name} - %(length)s" for name in names)
            superuser.execute(f"UPDATE {table} SET {earlier}".encode(), {"length": timedelta(**length)})


def shown(viewer: Actor, attention: Attention) -> list[ReportId]:
    page = queries.list_queue(viewer, filters=QueueFilters(attention=attention))
    return [line.report.id for line in page.lines]


def test_what_somebody_has_for_a_day_while_nothing_happens_stands_still(
    own_database: str, postgres_server: launcher.Server
) -> None:
    viewer = analyst()
    held, moved, _free = tell("In de hand"), tell("Weer bekeken"), tell("Van niemand")
    for report in (held, moved):
        actions.take_report(viewer, report=report)
    go_by(postgres_server, own_database, hours=25)
    actions.assess_report(viewer, report=moved, rsit="fraud", reason="Een nepfactuur.")
    assert shown(viewer, Attention.STALE) == [held]


def test_a_term_that_passed_is_due_today_until_its_stage_is_in(
    own_database: str, postgres_server: launcher.Server
) -> None:
    house = desk()
    tell("Geen plicht")
    assert shown(house.analyst, Attention.TODAY) == []
    go_by(postgres_server, own_database, days=4)
    assert shown(house.analyst, Attention.TODAY) == [house.receipt.report]
