"""Who listens for mail beats while it does; told to stop it takes its beat along, and killed it leaves it."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

import psycopg
from tests.disclosure.servers import free_port
from tests.jobs.listening import LISTEN, listening, started
from tests.jobs.test_mail import ONE_ROLE
from tests.jobs.test_worker import wait_until

from meldpunt.access.values import JOB
from meldpunt.alarms import actions as alarm_actions
from meldpunt.alarms.values import Process
from meldpunt.entrypoints.postgres import launcher


def beats(postgres: launcher.Server, database: str) -> dict[str, datetime]:
    with psycopg.connect(postgres.dsn("meldpunt_jobs", database)) as jobs:
        jobs.execute("SELECT set_config('meldpunt.permissions', 'alarm.raise', true)")
        return dict(jobs.execute("SELECT process, beat_at FROM alarms_heartbeat").fetchall())


@ONE_ROLE
def test_it_beats_while_it_listens_and_not_after_it_was_told_to_stop(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server
) -> None:
    with listening(environment):
        wait_until(lambda: "listener" in beats(postgres_server, own_database))
    assert beats(postgres_server, own_database) == {}


@ONE_ROLE
def test_who_is_killed_leaves_its_beat(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server
) -> None:
    with started([*LISTEN, "--port", str(free_port())], environment) as process:
        wait_until(lambda: "listener" in beats(postgres_server, own_database))
        process.kill()
        process.wait(timeout=30)
    assert "listener" in beats(postgres_server, own_database)


@ONE_ROLE
def test_who_looks_from_outside_hears_that_the_worker_fell_silent(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server
) -> None:
    alarm_actions.beat(JOB, process=Process.WORKER)
    assert watched(environment) == (0, "")
    with psycopg.connect(postgres_server.dsn(launcher.SUPERUSER, own_database)) as superuser:
        superuser.execute("UPDATE alarms_heartbeat SET beat_at = beat_at - interval '6 minutes'")
    status, said = watched(environment)
    assert status == 1
    assert said.startswith("worker-silent since ")


def watched(environment: dict[str, str]) -> tuple[int, str]:
    command = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "watch"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout
