"""The arguments of the command, and what stands around a measurement."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.core.management import call_command

from meldpunt.entrypoints.postgres import launcher

from ..own_database import database_of_its_own
from .cascade import SERVICES, measure_cascade
from .house import house_of_its_own
from .law import measure_law
from .matching import PARTS, run_matching

SETTINGS = "meldpunt.entrypoints.settings.measured"
SECONDS_TO_START = 60
_NAMES = ("pages", "law", "ledger", "policies", "intake", "floods", "queue", "cascade", "matching")


def run(arguments: list[str]) -> int:
    """Run a benchmark by name; without a name, that of the pages."""
    parser = argparse.ArgumentParser(prog="meldpunt bench")
    parser.add_argument("name", nargs="?", choices=sorted(_NAMES), default="pages")
    parser.add_argument("--times", type=int, default=1, metavar="N", help="N times the reports of the story")
    parser.add_argument("--reports", type=int, default=1_000_000, metavar="N", help="for `policies`: N reports")
    parser.add_argument("--open", type=int, default=100_000, metavar="N", help="for `queue`: N open reports")
    parser.add_argument("--rows", type=int, default=10_000_000, metavar="N", help="for `floods` and `matching`: N rows")
    parser.add_argument("--kills", type=int, default=20, metavar="N", help="for `intake`: N kills at random moments")
    parser.add_argument("--seconds", type=float, default=5.0, metavar="S", help="for `intake`: rounds of S seconds")
    parser.add_argument("--services", type=int, default=SERVICES, metavar="N", help="for `cascade`: N named services")
    parser.add_argument("--runs", type=int, default=1000, metavar="N", help="for `cascade`: N runs")
    parser.add_argument("--only", action="append", choices=PARTS, help="for `matching`: a part of it")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="for `matching`: each contender N times")
    given = parser.parse_args(arguments)
    if given.name == "matching":
        return run_matching(launcher.data_folder(), parts=given.only or PARTS, rows=given.rows, rounds=given.rounds)
    if given.name == "floods":
        return _measure_floods(given.rows)
    if given.name == "intake":
        return _measure_intake(given.kills, given.seconds)
    without_database: dict[str, Callable[[], None]] = {
        "law": measure_law,
        "cascade": partial(measure_cascade, services=given.services, runs=given.runs),
    }
    if given.name in without_database:
        without_database[given.name]()
        return 0
    _measure_in_a_database_of_its_own(given)
    return 0


def _measure_in_a_database_of_its_own(given: argparse.Namespace) -> None:
    if given.name in ("pages", "queue"):
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    with database_of_its_own("bench"):
        if given.name in ("pages", "queue"):
            call_command("collectstatic", verbosity=0, interactive=False)
        measures: dict[str, Callable[[], None]] = {
            "ledger": _measure_ledger,
            "policies": lambda: _measure_policies(given.reports),
            "queue": lambda: _measure_queue(given.open),
            "pages": lambda: _measure_pages(given.times),
        }
        measures[given.name]()


def _measure_intake(kills: int, seconds: float) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "meldpunt.entrypoints.settings.demo"
    # Eight clients with one key ask more than one sender may: what the doors can do is asked here.
    os.environ["MELDPUNT_LIMITS"] = "key=0/1"
    with house_of_its_own(launcher.data_folder() / f"bench-{os.getpid()}", found=_found_country) as house:
        from .intake import measure_intake  # noqa: PLC0415 - Django must be set up first

        return 0 if measure_intake(house, kills=kills, seconds=seconds) else 1


def _measure_floods(rows: int) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "meldpunt.entrypoints.settings.demo"
    # As an installation has it; the demo takes more of the one address that it knows.
    os.environ["MELDPUNT_LIMITS"] = "network=30/600"
    with house_of_its_own(launcher.data_folder() / f"bench-{os.getpid()}", found=_play) as house:
        from .floods import measure_floods  # noqa: PLC0415 - Django must be set up first

        return 0 if measure_floods(house, rows=rows) else 1


def _play() -> None:
    from .data import play_and_grow  # noqa: PLC0415 - Django must be set up first

    play_and_grow(1)


def _found_country() -> None:
    from meldpunt.access.values import JOB  # noqa: PLC0415 - Django must be set up first

    from ..story.country import found_country  # noqa: PLC0415

    found_country(JOB)


def _measure_ledger() -> None:
    from .ledger import measure_ledger  # noqa: PLC0415 - Django must be set up first

    measure_ledger()


def _measure_policies(reports: int) -> None:
    from .multitude import Size  # noqa: PLC0415 - Django must be set up first
    from .policies import measure_policies  # noqa: PLC0415

    measure_policies(Size(reports=reports, constituents=max(reports // 10, 10)), server=launcher.start())


def _measure_queue(reports: int) -> None:
    from .queue import measure_queue  # noqa: PLC0415 - Django must be set up first

    measure_queue(reports, server=launcher.start(), serve=_served)


def _measure_pages(times: int) -> None:
    from .data import play_and_grow  # noqa: PLC0415 - Django must be set up first
    from .pages import measure_pages  # noqa: PLC0415

    begun = time.process_time(), time.monotonic()
    data = play_and_grow(times)
    spent, passed = time.process_time() - begun[0], time.monotonic() - begun[1]
    print(
        f"data: the story's week, its reports {times} times: {data}\n      played in {passed:.0f} s ({spent:.0f} s CPU)"
    )
    with _served() as address:
        measure_pages(address)


@contextmanager
def _served() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "meldpunt.entrypoints.cli.main", "serve", "--port", str(port)]
    # Its own lines are about itself; what goes wrong shows as an error of the request that met it.
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait(address: str) -> None:
    patience = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > patience:
                raise
            time.sleep(0.2)
