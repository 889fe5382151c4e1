"""`meldpunt story`: the week, step by step, on a database of its own unless `MELDPUNT_DATABASE_URL` names one."""

from __future__ import annotations

import os
import sys

import django

from ..own_database import database_of_its_own

OWN = "story"


def run(arguments: list[str]) -> int:
    """Play the story in the terminal and print each step with what it changed."""
    if arguments:
        print("meldpunt story takes no arguments", file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "meldpunt.entrypoints.settings.demo"
    if "MELDPUNT_DATABASE_URL" in os.environ:
        django.setup()
        _play()
        return 0
    with database_of_its_own(OWN):
        _play()
    return 0


def _play() -> None:
    from .steps.all import play_all  # noqa: PLC0415 - Django must be set up first

    play_all(print)
