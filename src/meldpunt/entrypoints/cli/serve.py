"""`meldpunt serve [--port N] [--host H]`: the doors over HTTP, by Granian."""

from __future__ import annotations

import argparse

from granian import Granian
from granian.constants import Interfaces


def run(arguments: list[str]) -> int:
    """Serve until told to stop. One process, two threads: the shortest tail of those measured."""
    parser = argparse.ArgumentParser(prog="meldpunt serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args(arguments)
    Granian(
        "meldpunt.entrypoints.web.wsgi:application",
        address=given.host,
        port=given.port,
        interface=Interfaces.WSGI,
        blocking_threads=2,
        log_access=False,
    ).serve()
    return 0
