"""What stands at this moment."""

from __future__ import annotations

from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..rules import silences
from ..values import Alarm, AlarmKind, Process, Standing

__all__ = ["find_silences", "list_alarms"]


@look(Permission.ALARM_READ)
def list_alarms(viewer: Actor, /) -> tuple[Alarm, ...]:
    """The alarms that stand, the oldest first; a silence shows also where nobody was left to raise it."""
    rows = models.Alarm.objects.filter(cleared_at=None)
    found = {AlarmKind(row.kind): Alarm(AlarmKind(row.kind), row.since, row.count, row.mailed_at) for row in rows}
    silent = {one.kind: Alarm(one.kind, one.since, one.count) for one in find_silences(viewer)}
    return tuple(sorted((silent | found).values(), key=lambda one: (one.since, one.kind)))


@look(Permission.ALARM_READ)
def find_silences(viewer: Actor, /) -> tuple[Standing, ...]:
    """Which processes beat before and do not any more."""
    beats = {Process(process): at for process, at in models.Heartbeat.objects.values_list("process", "beat_at")}
    return tuple(silences(beats, now=timezone.now()))
