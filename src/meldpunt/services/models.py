"""Services and what they lean on. A dependency is ended and added anew, never changed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from .values import Sureness

_SURENESS = [one.value for one in Sureness]


class Service(models.Model):
    """What somebody delivers. `name` is masked where it points at the organisation.

    `told_by_owner`: registered by the organisation itself, which reads no more than that of who did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=40)
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, null=True, related_name="+")
    provider = models.CharField(max_length=200, blank=True, default="")
    people = models.PositiveIntegerField(null=True)
    reason = models.TextField(blank=True, default="")
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    registered_at = models.DateTimeField()
    told_by_owner = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True, default="")
    end_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="service_has_a_name"),
            models.CheckConstraint(
                condition=Q(organisation=None) & ~Q(provider="") | Q(organisation__isnull=False, provider=""),
                name="service_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["organisation", "provider", "name"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="service_named_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, end_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="service_ended_by_somebody_for_a_reason",
            ),
        ]


class Naming(models.Model):
    """On whom a service leans, in the words of who delivers the service. Whom they mean is read by a job alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of_service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    provider = models.CharField(max_length=200)
    sector = models.CharField(max_length=40)
    percent_low = models.FloatField()
    percent_likely = models.FloatField()
    percent_high = models.FloatField()
    buffer_low = models.FloatField()
    buffer_likely = models.FloatField()
    buffer_high = models.FloatField()
    told_on = models.DateField()
    sure = models.CharField(max_length=10)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(provider="") & ~Q(sector=""), name="naming_names_somebody"),
            models.CheckConstraint(
                condition=Q(percent_low__gte=0, percent_high__lte=100, percent_high__gt=0)
                & Q(percent_likely__gte=F("percent_low"), percent_high__gte=F("percent_likely")),
                name="naming_strength_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(buffer_low__gte=0, buffer_high__lte=8784)
                & Q(buffer_likely__gte=F("buffer_low"), buffer_high__gte=F("buffer_likely")),
                name="naming_buffer_in_hours",
            ),
            models.UniqueConstraint(
                fields=["of_service", "provider", "sector"], condition=Q(until=None), name="naming_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None, ended_by=None) | Q(until__isnull=False, ended_by__isnull=False),
                name="naming_ended_by_somebody",
            ),
        ]


class Meant(models.Model):
    """Whom a naming means: an organisation of the register, or else a provider as it was named."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    naming = models.OneToOneField(Naming, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, null=True, related_name="+")
    provider = models.CharField(max_length=200, blank=True, default="")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) & ~Q(provider="") | Q(organisation__isnull=False, provider=""),
                name="meant_is_one",
            ),
        ]


class Dependency(models.Model):
    """`of` leans on `on`. Each end is a service or a vital process, and one of them is a service.

    `naming` is how who delivers `of` named what it leans on, where it did. `inside` is `on_service` where the same
    organisation delivers both (`sql/inside.sql`): what the portal reads of it. `told_by_owner` as in a service.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    of_service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    of_process = models.CharField(max_length=12, blank=True, default="")
    on_service = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    on_process = models.CharField(max_length=12, blank=True, default="")
    naming = models.ForeignKey(Naming, models.PROTECT, null=True, related_name="+")
    inside = models.ForeignKey(Service, models.PROTECT, null=True, related_name="+")
    percent_low = models.FloatField()
    percent_likely = models.FloatField()
    percent_high = models.FloatField()
    buffer_low = models.FloatField()
    buffer_likely = models.FloatField()
    buffer_high = models.FloatField()
    told_by = models.CharField(max_length=200)
    told_on = models.DateField()
    sure = models.CharField(max_length=10)
    reason = models.TextField(blank=True, default="")
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    since = models.DateTimeField()
    told_by_owner = models.BooleanField(default=False)
    until = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True, default="")
    end_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(of_service=None) & ~Q(of_process="") | Q(of_service__isnull=False, of_process=""),
                name="dependency_of_one",
            ),
            models.CheckConstraint(
                condition=Q(on_service=None) & ~Q(on_process="") | Q(on_service__isnull=False, on_process=""),
                name="dependency_on_one",
            ),
            models.CheckConstraint(
                condition=Q(of_service__isnull=False) | Q(on_service__isnull=False), name="dependency_has_a_service"
            ),
            models.CheckConstraint(condition=~Q(of_service=F("on_service")), name="dependency_on_another"),
            models.CheckConstraint(
                condition=Q(percent_low__gte=0, percent_high__lte=100, percent_high__gt=0)
                & Q(percent_likely__gte=F("percent_low"), percent_high__gte=F("percent_likely")),
                name="dependency_strength_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(buffer_low__gte=0, buffer_high__lte=8784)
                & Q(buffer_likely__gte=F("buffer_low"), buffer_high__gte=F("buffer_likely")),
                name="dependency_buffer_in_hours",
            ),
            models.CheckConstraint(
                condition=~Q(told_by="") & Q(sure__in=_SURENESS), name="dependency_told_by_somebody"
            ),
            models.UniqueConstraint(
                fields=["of_service", "of_process", "on_service", "on_process"],
                condition=Q(until=None),
                nulls_distinct=False,
                name="dependency_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until=None, ended_by=None, end_reason="")
                | Q(until__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="dependency_ended_by_somebody_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["on_process"], condition=~Q(on_process=""), name="dependency_on_process"),
        ]
