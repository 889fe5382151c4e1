"""What the desk makes of vulnerabilities, added and never changed; and the files of EPSS and KEV, replaced whole."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ..values import ExploitationSource
from .words import known

_RATINGS = ["", "low", "medium", "high"]


class Vulnerability(models.Model):
    """One version of what the desk thinks of a vulnerability that a report names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    cve = models.CharField(max_length=30)
    version = models.IntegerField()
    vectors = ArrayField(models.CharField(max_length=300), default=list)
    score = models.FloatField(null=True)
    products = ArrayField(models.CharField(max_length=200), default=list)
    answers = models.JSONField(default=dict)
    computed_probability = models.CharField(max_length=10, blank=True)
    computed_damage = models.CharField(max_length=10, blank=True)
    probability = models.CharField(max_length=10, blank=True)
    damage = models.CharField(max_length=10, blank=True)
    deviation = models.TextField(blank=True)
    points = models.JSONField(default=dict)
    computed_outcome = models.CharField(max_length=10, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    outcome_reason = models.TextField(blank=True)
    schemes = models.JSONField(default=dict)
    """Which version of each scheme it was computed with."""
    known_then = models.JSONField(default=dict)
    """What the files said on that day."""
    undoes = models.IntegerField(null=True)
    is_blank = models.BooleanField(default=False)
    """Nothing stood before what it undoes."""
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "cve", "version"], name="vulnerability_version_once"),
            models.CheckConstraint(
                condition=Q(probability__in=_RATINGS, damage__in=_RATINGS), name="vulnerability_rating_known"
            ),
            models.CheckConstraint(
                condition=Q(probability=models.F("computed_probability"), damage=models.F("computed_damage"))
                | ~Q(deviation=""),
                name="vulnerability_deviation_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome=models.F("computed_outcome")) | ~Q(outcome_reason=""),
                name="vulnerability_outcome_has_reason",
            ),
        ]


class ExploitationFile(models.Model):
    """A file of EPSS or KEV that was loaded; the latest of each stands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=4)
    number = models.IntegerField()
    day = models.DateField()
    version = models.CharField(max_length=100)
    rows = models.IntegerField()
    digest = models.BinaryField()
    """SHA-256 of the file as it was brought."""
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="exploitationfile_number_once"),
            models.CheckConstraint(
                condition=Q(source__in=known(ExploitationSource)), name="exploitationfile_source_known"
            ),
        ]


class ExploitProbability(models.Model):
    """A row of the EPSS file that stands."""

    cve = models.CharField(max_length=30, primary_key=True)
    probability = models.FloatField()
    percentile = models.FloatField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["cve"], include=["probability"], name="exploitprobability_covering")]


class KnownExploited(models.Model):
    """An entry of the catalogue that stands."""

    cve = models.CharField(max_length=30, primary_key=True)
    vendor = models.TextField()
    product = models.TextField()
    name = models.TextField()
    added_on = models.DateField()
    due_on = models.DateField()
    action = models.TextField()
    is_ransomware = models.BooleanField()
