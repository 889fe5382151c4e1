"""A house that a benchmark may break: doors, listener for mail and a durable PostgreSQL of their own, as served.

Every process can be killed (kill -9) and started again; the data lie in a folder of their own, which is removed.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import django
import psycopg
from django.core.management import call_command
from django.db import connection

from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.names import APP, OWNER
from meldpunt.entrypoints.postgres.values import DATABASE, SUPERUSER

SECONDS_TO_START: Final = 60.0
RECOVERED_WITHIN_SECONDS: Final = 60.0
_MELDPUNT: Final = [sys.executable, "-m", "meldpunt.entrypoints.cli.main"]


class House:
    """`address` is where the doors answer, `mail_port` where SMTP is spoken, `server` the PostgreSQL behind them."""

    def __init__(self, folder: Path, server: launcher.Server) -> None:
        self.folder, self.server = folder, server
        self.port, self.mail_port = free_port(), free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def superuser(self) -> str:
        """How a session without policies connects, for counting."""
        return self.server.dsn(SUPERUSER, DATABASE)

    def open_doors(self) -> None:
        """Serve every door, and wait until one answers."""
        self.begin("doors", [*_MELDPUNT, "serve", "--port", str(self.port)])
        wait_for(self.port)

    def open_door(self, door: str) -> int:
        """Serve one door, as in production; its port, once it answers."""
        port = free_port()
        os.environ["MELDPUNT_DOOR"] = door
        self.begin(door, [*_MELDPUNT, "serve", "--port", str(port)])
        del os.environ["MELDPUNT_DOOR"]
        wait_for(port)
        return port

    def listen_for_mail(self, *arguments: str) -> None:
        """Speak SMTP (`--smtp`) or LMTP, and wait until it answers."""
        self.begin("mail", [*_MELDPUNT, "mail", "listen", "--port", str(self.mail_port), *arguments])
        wait_for(self.mail_port)

    def work(self) -> None:
        """Run the background jobs."""
        self.begin("jobs", [*_MELDPUNT, "jobs"])

    def begin(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a process of the house in a group of its own; what it says is in its log."""
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self._running[name] = process
        return process

    def kill(self, name: str) -> None:
        """kill -9, the process and whatever it started."""
        process = self._running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_postgres(self, *, whole: bool) -> None:
        """kill -9 of one session of a door (PostgreSQL recovers then), or of its postmaster, which is restarted."""
        postmaster = _postmaster(self.folder)
        victims = [postmaster] if whole else _sessions(self.superuser)[:1]
        for pid in victims:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _start_again(self.folder)

    def end(self) -> None:
        """End all that it runs."""
        for process in self._running.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for name, process in list(self._running.items()):
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill(name)
        self._running.clear()


def _start_again(folder: Path) -> None:
    """Start PostgreSQL, or wait for the one that recovers: it ends every session once more when it notices."""
    until = time.monotonic() + RECOVERED_WITHIN_SECONDS
    while True:
        try:
            launcher.start(folder)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def house_of_its_own(folder: Path, *, found: Callable[[], object]) -> Iterator[House]:
    """Django set up on a durable, migrated PostgreSQL in this folder, `found` called in it; all of it removed after."""
    os.environ["MELDPUNT_DATA"] = str(folder)
    os.environ.pop("MELDPUNT_POSTGRES_UNSAFE", None)
    server = launcher.start(folder)
    house = House(folder, server)
    try:
        os.environ["MELDPUNT_DATABASE_URL"] = server.dsn(OWNER, DATABASE)
        django.setup()
        call_command("migrate", verbosity=0)
        connection.close()
        connection.settings_dict["USER"] = APP
        os.environ["MELDPUNT_DATABASE_URL"] = server.dsn(APP, DATABASE)
        call_command("collectstatic", verbosity=0, interactive=False)
        found()
        connection.close()
        yield house
    finally:
        connection.close()
        house.end()
        launcher.destroy(folder)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until something listens there. Raises OSError after a minute without."""
    patience = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.1)
        else:
            return


def _postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])


def _sessions(dsn: str) -> list[int]:
    """Those of the doors, the busiest first: that is where a kill hurts."""
    with psycopg.connect(dsn) as asked:
        found = asked.execute(
            "SELECT pid FROM pg_stat_activity WHERE usename = 'meldpunt_app' ORDER BY state = 'active' DESC, random()"
        )
        return [int(pid) for (pid,) in found]
