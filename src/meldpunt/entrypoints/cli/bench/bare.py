"""What a report is measured against: a server of the same make that writes one row, commits, and says so.

    python -m meldpunt.entrypoints.cli.bench.bare PORT

It reads no form, knows nobody, keeps no ledger and has no policies.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, Final

import psycopg
from granian.constants import Interfaces

from ..serve import Doors

TABLE: Final = "bench_bare"
DSN: Final = "MELDPUNT_BENCH_DSN"
MAKE: Final = "CREATE TABLE bench_bare (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), title text, at timestamptz)"
INSERT: Final = "INSERT INTO bench_bare (title, at) VALUES (%s, now())"

_of_this_thread = threading.local()


def application(environ: dict[str, Any], start: Callable[..., object]) -> Iterable[bytes]:
    """One row, committed before the answer."""
    body = environ["wsgi.input"].read()
    line: psycopg.Connection[tuple[object, ...]] | None = getattr(_of_this_thread, "line", None)
    if line is None:
        line = _of_this_thread.line = psycopg.connect(os.environ[DSN])
    line.execute(INSERT, [body.decode()])
    line.commit()
    start("201 Created", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"taken"]


if __name__ == "__main__":
    Doors(
        f"{__spec__.name}:application",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=2,
        websockets=False,
        log_access=False,
    ).serve()
