"""`meldpunt jobs [--once]`: the background jobs, until SIGTERM, or once all that there is to do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from importlib import import_module

import django

from .saying import is_introduced

# By its name, as Granian is given the doors: doors do not know each other, this verb only starts one.
WORKER = "meldpunt.entrypoints.jobs.worker"
READINESS = "meldpunt.entrypoints.jobs.readiness"


def run(arguments: list[str]) -> int:
    """Run the worker; with `--once` the status is 1 where a job failed."""
    parser = argparse.ArgumentParser(prog="meldpunt jobs")
    parser.add_argument("--once", action="store_true", help="run all that is due, and end")
    once = parser.parse_args(arguments).once
    if not is_introduced():
        return 1
    django.setup()
    if not _mail_is_whole():
        return 1
    worker = import_module(WORKER)
    if not once:
        work: Callable[[], None] = worker.work
        work()
        return 0
    work_once: Callable[[], tuple[str, ...]] = worker.work_once
    failed = work_once()
    for name in failed:
        print(f"failed: {name}", file=sys.stderr)
    return 1 if failed else 0


def _mail_is_whole() -> bool:
    """Whether mail is set whole, or not at all; says on standard error what it lacks."""
    readiness = import_module(READINESS)
    refused: str = readiness.refusal()
    if refused:
        print(f"{refused} (see docs/mail.md)", file=sys.stderr)
        return False
    for warning in readiness.warnings():
        print(f"mail: {warning}", file=sys.stderr)
    return True
