"""Tables of inquiries. What was asked and answered is written once; an inquiry of ours is closed, and no more."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from .values import Outcome, ReminderKind


class Inquiry(models.Model):
    """Asked by us of one body. The questions as they were told stand in the disclosure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    body = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", null=True)
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    subject = models.TextField()
    necessity = models.TextField()
    conditions = ArrayField(models.CharField(max_length=40), default=list)
    about = ArrayField(models.UUIDField(), default=list)
    refused = models.BooleanField()
    asked_by = models.UUIDField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["due_at", "id"], condition=Q(closed_at=None, refused=False), name="inquiry_awaited"),
            models.Index(fields=["-asked_at", "id"], name="inquiry_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(subject="") & ~Q(necessity=""), name="inquiry_says_what_and_why"),
            models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="inquiry_due_later"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False) & ~Q(closing_reason=""),
                name="inquiry_closed_with_a_reason",
            ),
        ]


class Answer(models.Model):
    """What the body answered; a later one adds to it and never changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10)
    texts = ArrayField(models.TextField(), default=list)
    kinds = ArrayField(models.CharField(max_length=40), default=list)
    ground = models.TextField(blank=True)
    explanation = models.TextField(blank=True)
    given_by = models.UUIDField()
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["inquiry", "given_at"], name="inquiry_answer_order")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="inquiry_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="whole") | ~Q(explanation=""), name="inquiry_refusal_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(outcome="refusal") | ~Q(ground=""), name="inquiry_answer_has_a_ground"),
        ]


class Reminder(models.Model):
    """One reminder of one inquiry: told through the door, as everything is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="inquiry_reminder_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[one.value for one in ReminderKind]), name="inquiry_reminder_known"
            ),
        ]


class Incoming(models.Model):
    """Asked of us by one body, in its own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    body = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    subject = models.TextField()
    question = models.TextField()
    kinds = ArrayField(models.CharField(max_length=40))
    necessity = models.TextField()
    ground = models.TextField()
    sent_by = models.UUIDField()
    sent_by_name = models.CharField(max_length=200)
    received_at = models.DateTimeField()
    wanted_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["wanted_at", "id"], name="inquiry_incoming_wanted")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(question="") & ~Q(necessity="") & ~Q(ground=""),
                name="inquiry_incoming_is_whole",
            ),
            models.CheckConstraint(condition=Q(wanted_at__gt=F("received_at")), name="inquiry_incoming_wanted_later"),
        ]


class Reply(models.Model):
    """That we replied, or tried to: what was said is the disclosure. For the desk alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incoming = models.ForeignKey(Incoming, models.PROTECT, related_name="+")
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", null=True)
    replied_by = models.UUIDField()
    replied_at = models.DateTimeField()
