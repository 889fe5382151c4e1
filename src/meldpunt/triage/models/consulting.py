"""What parties were asked, and what they think."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ..values import Heed, Objection, SequelKind, Severity
from .judging import Decision
from .words import known


class Consultation(models.Model):
    """One party asked about one report. What it was told is the disclosure; the questions stand in it too.

    `round` is shared by those that were asked the same at once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+")
    party = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    round = models.UUIDField()
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
    """One version of what the party answered. The latest counts, and those before it stay.

    `repeatable` holds the answers that other parties may be told, each with its marking.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+", db_index=False)
    version = models.IntegerField()
    rsit_class = models.CharField(max_length=40, blank=True)
    nature = models.TextField(blank=True)
    severity = models.CharField(max_length=20)
    has_interest = models.BooleanField(default=False)
    own_interest = models.TextField(blank=True)
    objection = models.CharField(max_length=10)
    hold_until = models.DateTimeField(null=True)
    text = models.TextField(blank=True)
    repeatable = models.JSONField(default=dict)
    given_by = models.UUIDField()
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "version"], name="view_version_once"),
            models.CheckConstraint(condition=Q(severity__in=known(Severity)), name="view_severity_known"),
            models.CheckConstraint(condition=Q(objection__in=known(Objection)), name="view_objection_known"),
            models.CheckConstraint(condition=Q(objection="none") | ~Q(text=""), name="view_objection_has_words"),
            models.CheckConstraint(condition=Q(hold_until=None) | Q(objection="hold"), name="view_hold_has_an_end"),
        ]


class CounterQuestion(models.Model):
    """What the party asked us back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+")
    text = models.TextField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="counter_question_asks_something")]


class Sequel(models.Model):
    """What the party was told after it was asked: a reminder, an answer to its question, or what was decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    question = models.ForeignKey(CounterQuestion, models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=known(SequelKind)), name="sequel_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind="answer") | Q(question__isnull=False), name="sequel_answers_a_question"
            ),
            models.CheckConstraint(
                condition=~Q(kind="outcome") | Q(decision__isnull=False), name="sequel_tells_a_decision"
            ),
            models.UniqueConstraint(fields=["consultation"], condition=Q(kind="reminder"), name="sequel_reminds_once"),
        ]


class Heeded(models.Model):
    """What a decision did with one party that was asked: with its view of then, or with its silence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+", db_index=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="+")
    view = models.ForeignKey(View, models.PROTECT, null=True, related_name="+")
    heed = models.CharField(max_length=12)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "consultation"], name="heeded_once"),
            models.CheckConstraint(condition=Q(heed__in=known(Heed)), name="heeded_known"),
            models.CheckConstraint(
                condition=Q(heed__in=["silent", "awaited"], view=None)
                | (~Q(heed__in=["silent", "awaited"]) & Q(view__isnull=False)),
                name="heeded_what_was_said",
            ),
        ]
