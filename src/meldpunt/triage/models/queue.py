"""The queue: a line for each report, what each person read of it, and how they like to look at it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

_OPEN = Q(is_open=True)


def _order(name: str, *keys: str | models.Expression) -> models.Index:
    """An index in which an order of the queue can be read, forth and back; only what is open stands in it."""
    named = [F(key) if isinstance(key, str) else key for key in (*keys, "report")]
    return models.Index(*named, name=f"line_{name}", condition=_OPEN)


def _is_blank(column: str) -> models.Expression:
    return models.ExpressionWrapper(Q(**{column: ""}), output_field=models.BooleanField())


class Line(models.Model):
    """What sorts and narrows the queue of one report. The database keeps it (`sql/lines.sql`), and nobody writes it.

    `duty` and `gravity` are ranks, the lowest first; `weight` is the score, negative, and 1 without a score. `news_at`
    is when it came in, was last added to, decided or answered, and `news_by` who did that; `changed_at` when anything
    of it last changed.
    """

    report = models.OneToOneField("intake.Report", models.PROTECT, primary_key=True, related_name="+")
    is_open = models.BooleanField()
    state = models.CharField(max_length=15)
    channel = models.CharField(max_length=10)
    kind = models.CharField(max_length=15)
    sector = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=12, blank=True)
    duty = models.SmallIntegerField()
    began_at = models.DateTimeField()
    gravity = models.SmallIntegerField()
    weight = models.FloatField()
    holder = models.UUIDField(null=True)
    holder_name = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    news_at = models.DateTimeField()
    news_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            _order("due", "duty", "began_at"),
            _order("gravest", "gravity", "weight", "duty", "began_at"),
            _order("score", "weight", "received_at"),
            _order("received", "received_at"),
            _order("sector", _is_blank("sector"), "sector", "received_at"),
            _order("code", _is_blank("code"), "code", "received_at"),
            _order("state", "state", "received_at"),
            _order("holder", _is_blank("holder_name"), "holder_name", "received_at"),
            _order("changed", "changed_at"),
            models.Index(fields=["holder"], name="line_held", condition=Q(is_open=True, holder__isnull=False)),
        ]


class Reading(models.Model):
    """When a person last opened a report. It is theirs alone: nobody else reads it, no ledger has it, and it ends."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.UUIDField()
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "report"], name="reading_once_each")]


class SavedView(models.Model):
    """The queue as somebody likes to look at it: what it is narrowed to and how sorted.

    `asked` is what the address of the page says, and `place` where it stands among the views of its maker.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    asked = models.JSONField(default=dict)
    is_shared = models.BooleanField()
    place = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="view_has_name"),
            models.UniqueConstraint(fields=["actor", "name"], name="view_named_once"),
        ]


class Landing(models.Model):
    """With which view somebody's queue opens. One that a colleague took away opens nothing."""

    actor = models.UUIDField(primary_key=True)
    view = models.UUIDField()
