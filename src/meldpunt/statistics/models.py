"""Overviews. What a hidden cell holds is written nowhere, so that no later mistake can give it away."""

from __future__ import annotations

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class Overview(models.Model):
    """One compilation over a period, both days included. `table` is NULL where it could not be made safe."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first_day = models.DateField()
    last_day = models.DateField()
    compiled_by = models.UUIDField()
    compiled_by_name = models.CharField(max_length=200)
    compiled_at = models.DateTimeField()
    rules = models.JSONField()
    table = models.JSONField(null=True)
    hidden = models.JSONField(default=list)
    audit = models.JSONField()
    passed = models.BooleanField()
    chart_nl = models.TextField(blank=True)
    chart_en = models.TextField(blank=True)
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="overview_period_runs_forward"),
            models.CheckConstraint(
                condition=Q(passed=False, table__isnull=True, disclosure__isnull=True)
                | Q(passed=True, table__isnull=False),
                name="overview_only_safe_is_kept",
            ),
            # Two published tables over one day differ by the reports between them, and the difference hides nothing.
            ExclusionConstraint(
                name="overview_day_told_once",
                expressions=[
                    (
                        Func(
                            "first_day",
                            "last_day",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(disclosure__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-last_day", "-compiled_at"], name="overview_newest")]
