"""Indicators, what of them was told, and that they were seen. Who saw them is not here: intake sealed that."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models

from meldpunt.vocabulary.markings import PAP, TLP

from .values import IndicatorKind


def _words(words: type[StrEnum]) -> list[str]:
    """Plain text, so that a migration keeps the words of its day."""
    return [word.value for word in words]


class Indicator(models.Model):
    """What to look for. Written once; the id is made of kind and value, so a value stands here once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10)
    value = models.TextField()
    tlp = models.CharField(max_length=20)
    pap = models.CharField(max_length=20)
    description = models.TextField(blank=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    created_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value"], name="indicator_once"),
            models.CheckConstraint(condition=models.Q(kind__in=_words(IndicatorKind)), name="indicator_kind_known"),
            models.CheckConstraint(condition=models.Q(tlp__in=_words(TLP)), name="indicator_tlp_known"),
            models.CheckConstraint(condition=models.Q(pap__in=_words(PAP)), name="indicator_pap_known"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
                name="indicator_valid_for_a_while",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "id"], name="indicator_newest")]


class Stem(models.Model):
    """A report from which an indicator stems."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "report"], name="stem_once")]


class Told(models.Model):
    """An indicator went out in a disclosure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    disclosure = models.ForeignKey("disclosure.Disclosure", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["indicator", "disclosure"], name="told_once")]


class Sighting(models.Model):
    """An indicator was seen, `times` times; `report` is what it came back as. No column says by whom."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    report = models.OneToOneField("intake.Report", models.PROTECT, related_name="+")
    times = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(times__gte=1), name="sighting_at_least_once"),
            models.CheckConstraint(condition=models.Q(first_at__lte=models.F("last_at")), name="sighting_in_order"),
        ]
