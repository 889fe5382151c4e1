"""A house that runs: the real server in a process of its own, on a database of its own, that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from meldpunt.entrypoints.postgres import launcher

CHECKOUT = Path(__file__).resolve().parents[2]
MELDPUNT = [sys.executable, "-m", "meldpunt.entrypoints.cli.main"]
SECONDS_TO_START = 40


class RunningHouse:
    """`address` answers after `start`; `kill` is kill -9 of all its processes; `run` is the command line beside it."""

    def __init__(self, server: launcher.Server, database: str, folder: Path) -> None:
        self.server, self.database, self.folder = server, database, folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.demo",
            "MELDPUNT_DATA": str(folder),
            "MELDPUNT_DATABASE_URL": server.dsn("meldpunt_app", database),
            "PYTHONPATH": str(CHECKOUT / "src"),
        }

    def start(self) -> None:
        """Serve, and wait until it answers."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*MELDPUNT, "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        patience = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > patience:
                raise AssertionError((self.folder / "server.log").read_text()[-4000:])
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9, the server and whatever it started."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.kill()

    def run(self, *arguments: str, piped: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """`meldpunt …` on the same data; the answer whatever its status."""
        return subprocess.run(
            [*MELDPUNT, *arguments], env=self.environment, input=piped, capture_output=True, check=False, timeout=240
        )

    def play(self, module: str) -> str:
        """Run one module of the tests on the data of this house, and give back what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", module],
            env=self.environment | {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.address + "/", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
