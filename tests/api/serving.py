"""The real server of the API on a socket, in a process of its own that can be killed."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 60


class OverSocket(http.client.HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=20)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(str(self.path))


class ServedDoor:
    """The door of machines, as `meldpunt serve --socket` opens it."""

    def __init__(self, database: str, folder: Path) -> None:
        self.socket, self.folder = folder / "door.sock", folder
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "meldpunt.entrypoints.settings.demo",
            "MELDPUNT_DATA": str(folder),
            "MELDPUNT_DATABASE_URL": database,
            "MELDPUNT_CERTIFICATE_PEERS": "unix",
            "PYTHONPATH": str(CHECKOUT / "src"),
        }

    def start(self) -> None:
        """Serve, and wait until it answers."""
        self.socket.unlink(missing_ok=True)
        serve = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "serve", "--socket", str(self.socket)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(serve, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        patience = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > patience:
                raise AssertionError((self.folder / "server.log").read_text()[-4000:])
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9, the server and whatever it started."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ask(self, method: str, path: str, *, headers: dict[str, str], body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of what it answers to whoever is at the socket."""
        connection = OverSocket(self.socket)
        try:
            connection.request(method, f"/api/v1{path}", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def _answers(self) -> bool:
        try:
            return self.ask("GET", "/openapi.json", headers={})[0] == 200
        except (OSError, http.client.HTTPException):
            return False
