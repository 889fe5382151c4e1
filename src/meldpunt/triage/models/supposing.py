"""What the desk supposes of an outage, with what was computed of it on that day. Kept as it was, never changed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from ..values import Disruption
from .words import known


class Scenario(models.Model):
    """One of a report's scenarios. `network` is the digest of the network in which it was computed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    name = models.CharField(max_length=200)
    changes = models.JSONField(default=list)
    estimate = models.JSONField()
    disruption = models.CharField(max_length=10)
    seed = models.IntegerField()
    network = models.CharField(max_length=64)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="scenario_number_once"),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_a_name"),
            models.CheckConstraint(condition=Q(disruption__in=known(Disruption)), name="scenario_disruption_known"),
        ]
