"""Tables of joint response. Endings, finishes and signatures are added; nothing is rewritten."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Activation(models.Model):
    """One response to one case. `cascade` is the estimate as it stood."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    reason = models.TextField()
    override_reason = models.TextField(blank=True)
    cascade: models.JSONField[dict[str, object]] = models.JSONField()
    started_by = models.UUIDField()
    started_by_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)
    ending_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-started_at", "id"], name="activation_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="activation_one_at_a_time"),
            models.CheckConstraint(condition=~Q(reason=""), name="activation_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | ~Q(ending_reason=""), name="activation_ended_with_a_reason"
            ),
        ]


class Member(models.Model):
    """An organisation that stands together with the others."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activation = models.ForeignKey(Activation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    added_by = models.UUIDField()
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activation", "organisation"], name="member_once_per_activation")
        ]


class Action(models.Model):
    """What one member does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activation = models.ForeignKey(Activation, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    text = models.TextField()
    due_at = models.DateTimeField()
    assigned_by = models.UUIDField()
    assigned_at = models.DateTimeField()
    done_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="action_has_words"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="action_done_by_somebody",
            ),
        ]


class SituationReport(models.Model):
    """One situation report; its words are with the disclosures."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activation = models.ForeignKey(Activation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.TextField()
    published_by = models.UUIDField()
    published_by_name = models.CharField(max_length=200)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["activation", "number"], name="situation_report_numbered_once")
        ]


class Telling(models.Model):
    """A situation report to one member."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(SituationReport, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "organisation"], name="telling_once_per_member")
        ]


class Handover(models.Model):
    """One shift to the next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activation = models.ForeignKey(Activation, models.PROTECT, related_name="+")
    given_by = models.UUIDField()
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    to = models.UUIDField(null=True)
    open_points = models.TextField()
    signed_by = models.UUIDField(null=True)
    signed_by_name = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("given_by")), name="handover_signed_by_another"
            ),
            models.CheckConstraint(
                condition=Q(to=None) | Q(signed_by=None) | Q(signed_by=F("to")), name="handover_signed_by_who_was_named"
            ),
        ]
