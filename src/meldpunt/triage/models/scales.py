"""Where a report stands on the scales of others. Versions are added and never changed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Scaling(models.Model):
    """One version: what was asked, what follows from the assessment, and what a person says instead."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField()
    assessment = models.IntegerField()
    """The version of the assessment that it was derived from."""
    reach = models.CharField(max_length=20, blank=True)
    outlook = models.CharField(max_length=20, blank=True)
    computed_category = models.CharField(max_length=20, blank=True)
    category = models.CharField(max_length=20, blank=True)
    computed_cause = models.CharField(max_length=30, blank=True)
    cause = models.CharField(max_length=30, blank=True)
    computed_threat = models.CharField(max_length=20, blank=True)
    threat = models.CharField(max_length=20, blank=True)
    computed_impact = models.CharField(max_length=20, blank=True)
    impact = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)
    undoes = models.IntegerField(null=True)
    is_blank = models.BooleanField(default=False)
    """Nothing stood before what it undoes."""
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "version"], name="scaling_version_once"),
            models.CheckConstraint(
                condition=~Q(reason="")
                | (
                    Q(category=F("computed_category"), threat=F("computed_threat"), impact=F("computed_impact"))
                    & (Q(cause=F("computed_cause")) | Q(computed_cause=""))
                ),
                name="scaling_deviation_has_reason",
            ),
        ]
