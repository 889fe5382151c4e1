"""Campaigns, packages, waves. Only a campaign's state ever changes."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from .values import CampaignState


class Campaign(models.Model):
    """One feed, one wording. `unattributed` counts by network the rows that are nobody's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+")
    title = models.TextField()
    text = models.TextField()
    rsit = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10)
    unattributed: models.JSONField[list[list[str | int]]] = models.JSONField(default=list)
    prepared_by = models.UUIDField()
    prepared_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-prepared_at", "id"], name="campaign_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CampaignState]), name="campaign_state_known"
            )
        ]


class Package(models.Model):
    """One organisation's rows, packed once. `digest` is the SHA-256 of `data`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    data = models.BinaryField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "organisation"], name="package_once_per_organisation"),
            models.CheckConstraint(condition=Q(rows__gt=0), name="package_holds_something"),
        ]


class Wave(models.Model):
    """One sending."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    reason = models.TextField()
    sent_by = models.UUIDField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "number"], name="wave_numbered_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="wave_has_a_reason"),
        ]


class Warned(models.Model):
    """One package in one wave; how far it came is with the disclosure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+")
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["package", "wave"], name="warning_once_per_wave"),
        ]
