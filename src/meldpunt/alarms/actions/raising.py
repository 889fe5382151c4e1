"""What stands becomes an alarm once, and is cleared when it stands no longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure.mail.office import new_message_id

from .. import models
from ..values import Process, Standing

_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtext('alarms_alarm'))"


@deed(Permission.ALARM_RAISE)
def beat(actor: Actor, /, *, process: Process) -> None:
    """Say that this process runs."""
    models.Heartbeat.objects.update_or_create(process=process.value, defaults={"beat_at": timezone.now()})


@deed(Permission.ALARM_RAISE)
def stop_beating(actor: Actor, /, *, process: Process) -> None:
    """Say that this process was told to stop: its silence is no alarm."""
    models.Heartbeat.objects.filter(process=process.value).delete()


@deed(Permission.ALARM_RAISE)
def raise_alarms(actor: Actor, /, *, standing: Sequence[Standing]) -> int:
    """Raise what stands and did not before, and clear what stands no longer; how many were raised.

    `standing` is all of it, of each kind at most one.
    """
    with connection.cursor() as cursor:
        # Two processes that look at once would raise the same alarm twice.
        cursor.execute(_ONE_AT_A_TIME)
    now, by_kind = timezone.now(), {one.kind.value: one for one in standing}
    known = {row.kind: row for row in models.Alarm.objects.filter(cleared_at=None)}
    for kind, row in known.items():
        if kind not in by_kind:
            row.cleared_at = now
        else:
            row.count, row.since = by_kind[kind].count, min(row.since, by_kind[kind].since)
        row.save(update_fields=["cleared_at", "count", "since"])
    raised = [_raised(one, domain=settings.MAIL["bounce_domain"].lower()) for one in standing]
    raised = [row for row in raised if row.kind not in known]
    models.Alarm.objects.bulk_create(raised)
    return len(raised)


def _raised(one: Standing, *, domain: str) -> models.Alarm:
    now = timezone.now()
    return models.Alarm(
        kind=one.kind.value,
        since=one.since,
        count=one.count,
        raised_at=now,
        message_id=new_message_id(domain) if domain else "",
        next_attempt_at=now,
    )
