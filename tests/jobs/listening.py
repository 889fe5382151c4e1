"""A listener as a process, on a port of its own; and one that is killed after the commit and before its answer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.disclosure.servers import free_port

LISTEN = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "mail", "listen"]
ADDRESS = "meld@meldpunt.example"
# It receives as the other does, and then nobody hears of it.
DYING = """
import asyncio, os, signal, sys
import django; django.setup()
from meldpunt.entrypoints.jobs.mailroom.handing_in import hand_in
from meldpunt.entrypoints.jobs.mailroom.listening import Place, listen
def take(post):
    hand_in(post)
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(listen(Place(port=int(sys.argv[1])), take=take, begun=lambda: print("here", flush=True)))
"""

BROKEN = """
import asyncio, sys
import django; django.setup()
from meldpunt.entrypoints.jobs.mailroom.listening import Place, listen
def take(post):
    raise ValueError("a mistake of ours")
asyncio.run(listen(Place(port=int(sys.argv[1])), take=take, begun=lambda: print("here", flush=True)))
"""


@contextmanager
def listening(environment: dict[str, str], *arguments: str) -> Iterator[int]:
    """The port of a listener, which is asked to stop afterwards and has to."""
    port = free_port()
    command = [*LISTEN, "--port", str(port), *arguments]
    with started(command, environment) as process:
        yield port
        process.terminate()
        assert process.wait(timeout=30) == 0


@contextmanager
def dying(environment: dict[str, str]) -> Iterator[int]:
    """The port of one that dies with the first mail."""
    port = free_port()
    with started([sys.executable, "-c", DYING, str(port)], environment) as process:
        yield port
        assert process.wait(timeout=30) == -9


@contextmanager
def broken(environment: dict[str, str]) -> Iterator[int]:
    """The port of one that has a mistake in it."""
    port = free_port()
    with started([sys.executable, "-c", BROKEN, str(port)], environment):
        yield port


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that said that it listens; it is gone afterwards."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline()
            yield process
        finally:
            process.kill()


def raw_mail(text: str = "De pomp staat stil.", *, name: str = "een") -> bytes:
    return f"From: Noor <noor@korenbeurs.example>\r\nMessage-ID: <{name}@korenbeurs.example>\r\n\r\n{text}\r\n".encode()


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that vouches for itself, and its key, as openssl makes them."""
    from tests.programs import program

    pem, key = folder / "server.pem", folder / "server.key"
    subprocess.run(
        [program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", str(key), "-out", str(pem)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return pem, key
