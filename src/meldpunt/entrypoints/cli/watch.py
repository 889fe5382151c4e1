"""`meldpunt watch`: look from outside whether the house runs, raise and mail what stands, and say it."""

from __future__ import annotations

import sys
from importlib import import_module

import django

from meldpunt.alarms.values import Alarm

from .saying import is_introduced

# By its name, as the jobs are: doors do not know each other, this verb only starts one.
WATCHING = "meldpunt.entrypoints.jobs.watching"


def run(arguments: list[str]) -> int:
    """Print the kinds of the alarms that stand; the status is 1 where there are any."""
    if arguments:
        print("meldpunt watch takes no arguments", file=sys.stderr)
        return 2
    if not is_introduced():
        return 1
    django.setup()
    watching = import_module(WATCHING)
    watching.watch()
    standing: tuple[Alarm, ...] = watching.list_standing()
    for one in standing:
        print(f"{one.kind} since {one.since.isoformat()} ({one.count})")
    return 1 if standing else 0
