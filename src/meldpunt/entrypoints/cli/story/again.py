"""The demo's story is played once: the second run finds it."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings

from meldpunt.access.values import JOB

from .country import is_founded
from .steps.all import play_all

PLAYED = "story-played"


def found_or_played(tell: Callable[[str], None]) -> bool:
    """Play the story unless it was; whether it was played now. Says so where a run before this one was cut short."""
    mark = settings.DATA / PLAYED
    if is_founded(JOB):
        if not mark.exists():
            print("The story was cut short by an earlier run: ./dev reset starts over.", file=sys.stderr)
        return False
    mark.unlink(missing_ok=True)
    play_all(tell)
    mark.write_text("played\n")
    return True
