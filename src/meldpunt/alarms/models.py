"""Alarms and beats. Nothing here points at a report, or at anybody."""

from __future__ import annotations

import uuid

from django.db import models

from .values import AlarmKind, Process


class Alarm(models.Model):
    """An alarm and its one mail. Of a kind at most one stands at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    since = models.DateTimeField()
    count = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=300)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind"], name="alarm_stands_once", condition=models.Q(cleared_at=None)),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in AlarmKind]), name="alarm_kind_known"
            ),
        ]


class Heartbeat(models.Model):
    """When a process of ours last said that it runs."""

    process = models.CharField(max_length=20, primary_key=True)
    beat_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(process__in=[one.value for one in Process]), name="heartbeat_process_known"
            ),
        ]
