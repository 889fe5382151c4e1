"""`meldpunt demo [--port N]`: play the story once on an empty database, then serve every door on loopback.

`./dev demo` starts PostgreSQL, migrates, and sets the environment; this verb does the rest. The story is noted as
played in the data folder: a run that was killed halfway says so, and asks for `./dev reset`.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from types import FrameType

import django
from django.core.management import call_command

from .post import FOLDER, open_post

SETTINGS = "meldpunt.entrypoints.settings.demo"
SECONDS_TO_END = 30.0
"""How long a door or a job may take to finish what it does."""


def run(arguments: list[str]) -> int:
    """Serve until told to stop; ends everything it started."""
    parser = argparse.ArgumentParser(prog="meldpunt demo")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(arguments).port
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    open_post()
    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False)
    _play_once()
    _say_where(port)
    return _serve(port)


def _play_once() -> None:
    from .story.again import found_or_played  # noqa: PLC0415 - Django must be set up first

    started = time.monotonic()
    if found_or_played(print):
        print(f"The story was played in {time.monotonic() - started:.0f} seconds.\n")


def _say_where(port: int) -> None:
    from .story.cast import machines  # noqa: PLC0415 - Django must be set up first
    from .story.people import people_of  # noqa: PLC0415

    address = f"http://127.0.0.1:{port}"
    print(f"  public site  {address}/\n  portal       {address}/portal/\n  desk         {address}/desk/")
    print(f"  API          {address}/api/v1/openapi.json\n")
    for door in ("desk", "portal"):
        print(f"Log-ins of the {door} (invented people):")
        for person in people_of(door):
            print(f"  {person.email:<46} {person.password:<34} {person.what}")
        print()
    print(f"Mail that was sent, as files: {FOLDER}\n")
    for machine in machines():
        print(f"Key of {machine.name}: {machine.key}")
    print("\nThe desk asks for a code as well: the log-in page of the demo shows the one of this moment. Ctrl-C ends.")
    sys.stdout.flush()


def _serve(port: int) -> int:
    meldpunt = [sys.executable, "-m", "meldpunt.entrypoints.cli.main"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    told = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        # From another thread: a handler that interrupts `told.wait` would wait for the lock which that holds.
        threading.Thread(target=told.set, daemon=True).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    # Each in a group of its own: Ctrl-C reaches us alone, and they are told to stop once, by us.
    children = [
        subprocess.Popen([*meldpunt, *verb], env=environment, process_group=0)
        for verb in (["serve", "--port", str(port)], ["jobs"])
    ]
    try:
        return _wait_for_first(children, told)
    finally:
        _end(children)


def _wait_for_first(children: list[subprocess.Popen[bytes]], told: threading.Event) -> int:
    """Until we are told to stop, or one of them ends: without its jobs the demo would not be the platform."""
    while not told.wait(0.2):
        if any(child.poll() is not None for child in children):
            return 1
    return 0


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
