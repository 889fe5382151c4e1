"""What parties were asked, and what they think."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ..values import Objection, Severity
from .words import known


class Consultation(models.Model):
    """One party asked about one report. What it was told is the disclosure; the questions stand in it too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+")
    party = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    questions = models.TextField()
    conditions = ArrayField(models.CharField(max_length=40), default=list)
    refused = models.BooleanField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(questions=""), name="consultation_asks_something"),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("asked_at")), name="consultation_due_later"),
        ]


class View(models.Model):
    """What the party answered; given once."""

    consultation = models.OneToOneField(Consultation, models.PROTECT, primary_key=True, related_name="+")
    nature = models.TextField(blank=True)
    severity = models.CharField(max_length=10)
    own_interest = models.TextField(blank=True)
    objection = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    given_by = models.UUIDField()
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(severity__in=known(Severity)), name="view_severity_known"),
            models.CheckConstraint(condition=Q(objection__in=known(Objection)), name="view_objection_known"),
            models.CheckConstraint(condition=Q(objection="none") | ~Q(text=""), name="view_objection_has_words"),
        ]
