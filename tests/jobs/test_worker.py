"""The worker as a process: what it does, under which role, and how it ends."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from meldpunt.access.values import JOB, STRANGER
from meldpunt.entrypoints.jobs.worker import work_once
from meldpunt.entrypoints.postgres import launcher
from meldpunt.intake import actions as intake_actions
from meldpunt.intake import queries as intake_queries
from meldpunt.intake.receipts import reporter_with
from meldpunt.intake.values import Receipt, ReportForm
from meldpunt.ledger import queries as ledger_queries

JOBS = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "jobs"]
WAIT_SECONDS = 120.0


def reported() -> Receipt:
    return intake_actions.receive_report(STRANGER, form=ReportForm(title="Storing", text="De pomp staat stil."))


def is_acknowledged(receipt: Receipt) -> bool:
    report = intake_queries.follow_report(reporter_with(receipt.code))
    return "acknowledged" in {line.mark for line in report.progress}


def wait_until(question: Callable[[], bool]) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while not question():
        assert time.monotonic() < until
        time.sleep(0.2)


def rows(server: launcher.Server, database: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.dsn("meldpunt_jobs", database)) as connection:
        return list(connection.execute(query).fetchall())


def test_one_round_does_all_there_is_to_do(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server
) -> None:
    receipt = reported()
    done = subprocess.run([*JOBS, "--once"], env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert is_acknowledged(receipt)
    assert ledger_queries.find_checkpoint(JOB, at_least=1) is not None
    assert rows(postgres_server, own_database, "SELECT task_name, status FROM procrastinate_jobs") == []


def test_a_job_that_fails_is_named_and_kept(own_database: str, keys: Path, postgres_server: launcher.Server) -> None:
    (keys / "ledger.key").write_text("no key at all")
    assert work_once() == ("sign_checkpoint",)
    kept = rows(postgres_server, own_database, "SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'")
    assert kept == [("sign_checkpoint",)]


@pytest.mark.usefixtures("keys")
def test_a_task_runs_again_after_its_worker_was_killed(own_database: str, postgres_server: launcher.Server) -> None:
    receipt = reported()
    with psycopg.connect(postgres_server.dsn("meldpunt_jobs", own_database)) as connection:
        connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, status)"
            " VALUES ('default', 'acknowledge_reports', 'acknowledge_reports', 'doing')"
        )
    assert work_once() == ()
    assert is_acknowledged(receipt)


@pytest.mark.parametrize("environment", ["meldpunt_app"], indirect=True)
def test_a_worker_answers_by_itself_and_ends_when_told(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server
) -> None:
    receipt = reported()
    with subprocess.Popen(JOBS, env=environment) as worker:
        try:
            wait_until(lambda: is_acknowledged(receipt))
            assert rows(postgres_server, own_database, "SELECT count(*) FROM procrastinate_workers") == [(1,)]
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(timeout=WAIT_SECONDS) == 0
        finally:
            worker.kill()
    assert rows(postgres_server, own_database, "SELECT count(*) FROM procrastinate_workers") == [(0,)]
