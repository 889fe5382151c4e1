"""`meldpunt serve [--port N] [--host H | --socket PATH] [--workers N]`: the doors over HTTP, by Granian."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from typing import Final

from granian.constants import Interfaces
from granian.server.mp import MPServer

from .saying import is_introduced

SECONDS_TO_END: Final = 5
"""How long a request may go on after we were told to stop."""


OWNER_AND_GROUP: Final = 0o660


class Doors(MPServer):
    """Granian that is told to stop twice, or while a worker ends, and stops."""

    def signal_handler_interrupt(self, *_: object) -> None:
        """Wake the main loop from another thread.

        A handler runs in the middle of whatever the main thread does. That is mostly waiting for this very event, whose
        lock it would then wait for, for ever, as Ctrl-C and a service manager make happen: they tell the worker too.
        """
        self.interrupt_signal = True
        threading.Thread(target=self.main_loop_interrupt.set, daemon=True).start()


def run(arguments: list[str]) -> int:
    """Serve until told to stop. Each worker is a process with two threads: the shortest tail of those measured."""
    parser = argparse.ArgumentParser(prog="meldpunt serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="as many as there are processors for it")
    parser.add_argument("--socket", type=Path, help="a socket in the file system, for a proxy on this machine")
    given = parser.parse_args(arguments)
    if not is_introduced():
        return 1
    Doors(
        "meldpunt.entrypoints.web.wsgi:application",
        address=given.host,
        port=given.port,
        uds=given.socket,
        uds_permissions=OWNER_AND_GROUP if given.socket else None,
        interface=Interfaces.WSGI,
        workers=given.workers,
        blocking_threads=2,
        websockets=False,
        # Without a limit a worker waits for a body that never comes. What it did not commit was not acknowledged.
        workers_kill_timeout=SECONDS_TO_END,
        log_access=False,
    ).serve()
    return 0
