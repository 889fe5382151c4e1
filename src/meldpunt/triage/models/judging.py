"""What the desk makes of a report. Assessments and decisions are added and never changed: the latest counts."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from .. import values
from ..values import Disruption
from .words import known


class Assignment(models.Model):
    """Who of the desk has a report in hand."""

    report = models.OneToOneField("intake.Report", models.PROTECT, primary_key=True, related_name="+")
    actor = models.UUIDField()
    name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["actor"], name="assignment_actor")]


class Assessment(models.Model):
    """One version of what the desk thinks of a report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField()
    rsit_class = models.CharField(max_length=40, blank=True)
    rsit_type = models.CharField(max_length=80, blank=True)
    reason = models.TextField(blank=True)
    nciss = models.JSONField(default=dict)
    score = models.FloatField(null=True)
    level = models.CharField(max_length=30, blank=True)
    thresholds = models.CharField(max_length=40, blank=True)
    """Which version of the house's thresholds gave the level."""
    estimate = models.JSONField(null=True)
    computed = models.CharField(max_length=10, blank=True)
    override = models.CharField(max_length=10, blank=True)
    override_reason = models.TextField(blank=True)
    undoes = models.IntegerField(null=True)
    is_blank = models.BooleanField(default=False)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="assessment_version_once"),
            models.CheckConstraint(condition=Q(rsit_class="") | ~Q(reason=""), name="assessment_class_has_reason"),
            models.CheckConstraint(
                condition=Q(computed__in=["", *known(Disruption)], override__in=["", *known(Disruption)]),
                name="assessment_disruption_known",
            ),
            models.CheckConstraint(
                condition=Q(override="") | ~Q(override_reason=""), name="assessment_override_has_reason"
            ),
        ]


class Decision(models.Model):
    """What the desk decided about a report, in the order of `number`.

    `rests_on` is the version of the assessment that counted, with its estimate; NULL where nobody assessed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    decision = models.CharField(max_length=10)
    undoes = models.IntegerField(null=True)
    reason = models.TextField()
    rests_on = models.IntegerField(null=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="decision_number_once"),
            models.CheckConstraint(condition=Q(decision__in=known(values.Decision)), name="decision_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(
                condition=Q(decision="undo", undoes__isnull=False) | ~Q(decision="undo") & Q(undoes=None),
                name="decision_undoes_one",
            ),
        ]
        indexes = [models.Index(fields=["by", "-at"], name="decision_own_last")]


class FollowUp(models.Model):
    """What the desk did with an addition that came after the decision: it was read, or became a report of its own.

    Taken back, the row goes; the ledger keeps both.
    """

    stage = models.OneToOneField("intake.SubmittedStage", models.PROTECT, primary_key=True, related_name="+")
    became = models.OneToOneField("intake.Report", models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()


class Holding(models.Model):
    """Who had a report in hand from this moment on; nobody where `actor` is NULL. Only added to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    actor = models.UUIDField(null=True)
    name = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "at"], name="holding_of_report")]
