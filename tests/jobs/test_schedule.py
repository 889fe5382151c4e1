"""Every task by itself, and whose the queue is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import Error, ProgrammingError

from meldpunt.access.binding import bound
from meldpunt.access.values import JOB, Actor, ActorId, Door, Role
from meldpunt.entrypoints.jobs import schedule
from meldpunt.statistics import queries as statistics_queries

pytestmark = pytest.mark.django_db

NEW_YEAR = int(datetime(2026, 1, 1, 2, 0, tzinfo=UTC).timestamp())
QUEUE = ("jobs", "events", "periodic_defers", "workers")


def test_the_quarter_that_ended_is_compiled_once() -> None:
    assert schedule.compile_quarter(NEW_YEAR) is not None
    assert schedule.compile_quarter(NEW_YEAR) is None
    (line,) = statistics_queries.list_overviews(JOB)
    assert (str(line.first_day), str(line.last_day)) == ("2025-10-01", "2025-12-31")


def test_no_task_waits_twice_or_runs_twice_at_once() -> None:
    tasks = {one.task.name: one.task for one in schedule.app.periodic_registry.periodic_tasks.values()}
    assert [name for name, task in tasks.items() if task.queueing_lock != name] == []
    # Were it locked, a worker killed in it would keep it from ever freeing the others.
    assert [name for name, task in tasks.items() if task.lock != name] == ["drop_lost_jobs"]


@pytest.mark.parametrize("table", QUEUE)
@pytest.mark.parametrize("door", [Door.DESK, Door.PORTAL, Door.PUBLIC, Door.SENSOR])
def test_no_other_door_sees_or_adds_a_job(door: Door, table: str) -> None:
    somebody = Actor(id=ActorId(JOB.id), name="", door=door, roles=frozenset())
    for statement in (f"SELECT * FROM procrastinate_{table}", f"INSERT INTO procrastinate_{table} DEFAULT VALUES"):
        with bound(somebody), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_no_other_door_queues_a_job_through_the_functions_of_the_library() -> None:
    analyst = Actor(id=ActorId(JOB.id), name="", door=Door.DESK, roles=frozenset({Role.ANALYST}))
    defer = "SELECT procrastinate_defer_periodic_job_v2('q', NULL, NULL, 'expire_sessions', 0, '', 1, '{}')"
    with bound(analyst), pytest.raises(Error, match="denied"), transaction.atomic():
        connection.cursor().execute(defer)
