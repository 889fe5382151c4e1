"""Whoever listens for mail says that it does, and looks whether the rest of the house runs."""

from __future__ import annotations

import logging
from typing import Final

from django.db import Error as DatabaseError
from django.db import close_old_connections

from meldpunt.access.errors import MeldpuntError
from meldpunt.access.values import JOB
from meldpunt.alarms import actions as alarm_actions
from meldpunt.alarms.values import Process

from ..watching import watch

LOG: Final = logging.getLogger(__name__)
# Mail goes on being taken where nobody can be told that it is.
_PASSING: Final = (DatabaseError, OSError, MeldpuntError)


def beat_once() -> None:
    """Beat, and raise what stands; where the database is away the next beat tells."""
    close_old_connections()
    try:
        watch(Process.LISTENER)
    except _PASSING:
        LOG.exception("nobody could be told that mail is being taken")
    finally:
        close_old_connections()


def stop_beating() -> None:
    """Take the beat along: who was told to stop fell not silent."""
    close_old_connections()
    try:
        alarm_actions.stop_beating(JOB, process=Process.LISTENER)
    except _PASSING:
        LOG.exception("the beat stays, and raises an alarm")
    finally:
        close_old_connections()
