"""What stands, and who beats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

AlarmId = NewType("AlarmId", UUID)

SILENT_AFTER: Final = timedelta(minutes=5)
"""Who beats each minute and did not for so long has stopped."""


class Process(StrEnum):
    """A process of ours that beats while it runs."""

    WORKER = "worker"
    LISTENER = "listener"


class AlarmKind(StrEnum):
    """What somebody has to see to."""

    QUEUE_UNREAD = "queue-unread"
    KEPT_UNREAD = "kept-unread"
    MAILBOX = "mailbox"
    ANSWERS_REFUSED = "answers-refused"
    ANSWERS_HELD_BACK = "answers-held-back"
    DELIVERIES_STUCK = "deliveries-stuck"
    WORKER_SILENT = "worker-silent"
    LISTENER_SILENT = "listener-silent"


SILENCES: Final = {Process.WORKER: AlarmKind.WORKER_SILENT, Process.LISTENER: AlarmKind.LISTENER_SILENT}


@dataclass(frozen=True, slots=True)
class Standing:
    """That something needs somebody at this moment: since when, and how much of it there is."""

    kind: AlarmKind
    since: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm that stands; `mailed_at` is None where its mail did not go, or there is no address."""

    kind: AlarmKind
    since: datetime
    count: int
    mailed_at: datetime | None = None
