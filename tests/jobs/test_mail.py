"""The worker sends mail, and may be killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from pytest_django.fixtures import Settings
from tests.disclosure.cast import found_country
from tests.disclosure.posts import tell, with_key
from tests.disclosure.servers import Server, running, settings_for
from tests.jobs.test_worker import JOBS, wait_until

from meldpunt.entrypoints.postgres import launcher

ONE_ROLE = pytest.mark.parametrize("environment", ["meldpunt_jobs"], indirect=True)
"""As in production: sending asks the same of the database whoever is killed, waits, or refuses to begin."""

SEND = "import django; django.setup(); from meldpunt.entrypoints.jobs.schedule import send_mail; print(send_mail(0))"


def environment_of(environment: dict[str, str], server: Server) -> dict[str, str]:
    said = {"MELDPUNT_SMTP_URL": server.url, "MELDPUNT_MAIL_FROM": "csirt@meldpunt.example"}
    return environment | said | {"MELDPUNT_BOUNCE_DOMAIN": "terug.meldpunt.example"}


def sender(environment: dict[str, str], server: Server) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SEND], env=environment_of(environment, server), stdout=subprocess.PIPE, text=True
    )


def posted(server: Server, settings: Settings) -> None:
    """One mail in the outbox, committed."""
    settings.MAIL = settings_for(server.url)
    country = found_country()
    with_key(country)
    tell(country)


def due_again(postgres: launcher.Server, database: str) -> None:
    with psycopg.connect(postgres.dsn("meldpunt_jobs", database)) as jobs:
        jobs.execute("SELECT set_config('meldpunt.permissions', 'disclosure.deliver', true)")
        jobs.execute("UPDATE disclosure_envelope SET next_attempt_at = now() WHERE state = 'waiting'")


def states(postgres: launcher.Server, database: str) -> list[str]:
    with psycopg.connect(postgres.dsn("meldpunt_jobs", database)) as jobs:
        jobs.execute("SELECT set_config('meldpunt.permissions', 'disclosure.deliver', true)")
        return [state for (state,) in jobs.execute("SELECT state FROM disclosure_envelope").fetchall()]


def ids(server: Server) -> list[bytes]:
    return [(one.original_content or b"").split(b"Message-ID: ")[1].split(b"\r\n")[0] for one in server.mails]


def test_the_worker_sends_what_waits(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server, settings: Settings
) -> None:
    with running() as server:
        posted(server, settings)
        done = subprocess.run(
            [*JOBS, "--once"], env=environment_of(environment, server), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert len(server.mails) == 1
    assert states(postgres_server, own_database) == ["sent"]


@ONE_ROLE
def test_who_is_killed_while_the_server_answers_sends_the_same_mail_once_more(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server, settings: Settings
) -> None:
    with running() as server:
        posted(server, settings)
        killed = sender(environment, server)
        server.after_data = lambda: os.kill(killed.pid, signal.SIGKILL)
        killed.communicate(timeout=60)
        assert killed.returncode == -signal.SIGKILL
        assert states(postgres_server, own_database) == ["waiting"]
        server.after_data = None
        due_again(postgres_server, own_database)
        assert sender(environment, server).communicate(timeout=60)[0].strip() == "1"
        assert states(postgres_server, own_database) == ["sent"]
        assert len(server.mails) == 2
        assert len(set(ids(server))) == 1


@ONE_ROLE
def test_who_is_killed_after_the_server_took_it_and_before_that_is_written_sends_it_once_more(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server, settings: Settings
) -> None:
    """The ledger is held shut, so that the sender has its 250 and cannot commit."""
    taken = threading.Event()
    with running() as server:
        posted(server, settings)
        with psycopg.connect(postgres_server.dsn("meldpunt_owner", own_database)) as owner:
            owner.execute("LOCK TABLE ledger_entry IN ACCESS EXCLUSIVE MODE")
            server.after_data = taken.set
            killed = sender(environment, server)
            assert taken.wait(timeout=60)
            wait_until(lambda: _is_waiting_for_the_ledger(postgres_server, own_database))
            killed.kill()
            killed.communicate(timeout=60)
        assert states(postgres_server, own_database) == ["waiting"]
        due_again(postgres_server, own_database)
        assert sender(environment, server).communicate(timeout=60)[0].strip() == "1"
        assert len(set(ids(server))) == 1
        assert len(server.mails) == 2


def _is_waiting_for_the_ledger(postgres: launcher.Server, database: str) -> bool:
    with psycopg.connect(postgres.dsn("meldpunt_owner", database)) as owner:
        asked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'ledger_entry'::regclass"
        (waiting,) = owner.execute(asked).fetchone() or (0,)
    return int(waiting) > 0


@ONE_ROLE
def test_two_senders_send_each_mail_once(
    environment: dict[str, str], own_database: str, postgres_server: launcher.Server, settings: Settings
) -> None:
    with running() as server:
        settings.MAIL = settings_for(server.url)
        country = found_country()
        with_key(country)
        for _ in range(6):
            tell(country)
        both = [sender(environment, server) for _ in range(2)]
        assert sum(int(one.communicate(timeout=60)[0]) for one in both) == 6
        assert len(set(ids(server))) == 6


@ONE_ROLE
@pytest.mark.parametrize("forgotten", ["MELDPUNT_MAIL_FROM", "MELDPUNT_BOUNCE_DOMAIN", "MELDPUNT_SMTP_URL"])
def test_the_jobs_do_not_begin_with_half_an_office(environment: dict[str, str], forgotten: str, tmp_path: Path) -> None:
    said = environment_of(environment, Server(25))
    del said[forgotten]
    refused = subprocess.run([*JOBS, "--once"], env=said, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert forgotten in refused.stderr


@ONE_ROLE
def test_the_jobs_say_when_keys_serve_nothing(environment: dict[str, str], own_database: str) -> None:
    with_key(found_country())
    done = subprocess.run([*JOBS, "--once"], env=environment, capture_output=True, text=True, check=False)
    assert "1 contacts have a key" in done.stderr
