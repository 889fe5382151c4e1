"""Tables of how the desk works through reports: what can be undone, who is at it, and what was typed and not sent."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .. import values
from .words import known


class Step(models.Model):
    """One deed about one report, and what stood before it, so that who did it can undo it.

    `number` is the decision or the version it added; `together` is shared by what was done in one go.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    together = models.UUIDField()
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    number = models.IntegerField(null=True)
    cve = models.CharField(max_length=30, blank=True, default="")
    state_before = models.CharField(max_length=20)
    state_after = models.CharField(max_length=20)
    holder = models.UUIDField(null=True)
    holder_name = models.CharField(max_length=200, blank=True)
    held_at = models.DateTimeField(null=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=known(values.StepKind)), name="step_kind_known")]
        indexes = [
            models.Index(fields=["by", "-at"], name="step_own_last"),
            models.Index(fields=["report", "-at"], name="step_of_report"),
        ]


class Presence(models.Model):
    """Somebody of the desk has the page of a report open; heard of last at `at`, and gone at `expires_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    actor = models.UUIDField()
    name = models.CharField(max_length=200)
    is_deciding = models.BooleanField(default=False)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "actor"], name="presence_once")]


class Draft(models.Model):
    """What somebody typed into a form of a report and did not send; theirs alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.UUIDField()
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    form = models.CharField(max_length=20)
    fields = models.JSONField()
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "report", "form"], name="draft_once")]


class Habit(models.Model):
    """How somebody wants the desk to behave."""

    actor = models.UUIDField(primary_key=True)
    has_keys = models.BooleanField(default=True)
    opens_next = models.BooleanField(default=False)


class Review(models.Model):
    """Reports that somebody looks through one at a time, in the order of the queue as it was narrowed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.UUIDField()
    asked = models.CharField(max_length=2000, blank=True)
    reports = ArrayField(models.UUIDField())
    skipped = ArrayField(models.UUIDField(), default=list)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
