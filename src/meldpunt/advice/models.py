"""Tables of advice. What was written, asked and answered is never changed."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from .values import AdviceState, AnswerKind, Chosen, Outcome


def _words(words: type[StrEnum]) -> list[str]:
    return [word.value for word in words]


class Advice(models.Model):
    """What one organisation is advised from a case or a report. `disclosure`: how it was told, or will be if approved.

    `report` is the one from which somebody began to write it; `requested_by` says who asked for it, and nothing where
    nobody did. `chosen` says why this organisation, `names` the products or sectors by which.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    title = models.TextField()
    introduction = models.TextField()
    due_on = models.DateField()
    state = models.CharField(max_length=12)
    written_by = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    report = models.ForeignKey("intake.Report", models.PROTECT, null=True, related_name="+")
    is_requested = models.BooleanField(default=False)
    requested_by = models.TextField(blank=True)
    chosen = models.CharField(max_length=10, default=Chosen.CASE.value)
    names = ArrayField(models.TextField(), default=list)
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-written_at", "id"], name="advice_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=_words(AdviceState)), name="advice_state_known"),
            models.CheckConstraint(
                condition=Q(is_requested=False, requested_by="") | (Q(is_requested=True) & ~Q(requested_by="")),
                name="advice_requested_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(disclosure__isnull=False), name="advice_given_by_a_disclosure"
            ),
            models.CheckConstraint(
                condition=Q(chosen="case", case__isnull=False)
                | Q(chosen__in=["report", "product", "sector"], case=None, report__isnull=False),
                name="advice_from_a_case_or_report",
            ),
        ]


class Measure(models.Model):
    """One thing to do. Portal readers get its number and day from here, and its words from the delivery."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    text = models.TextField()
    due_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advice", "number"], name="measure_numbered_once"),
            models.CheckConstraint(condition=~Q(text=""), name="measure_has_words"),
        ]


class Answer(models.Model):
    """What the organisation said of a measure; the latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    reason = models.TextField(blank=True)
    answered_by = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=_words(AnswerKind)), name="answer_kind_known"),
            models.CheckConstraint(condition=~Q(kind="refuse") | ~Q(reason=""), name="answer_refuses_with_reason"),
        ]


class FollowUp(models.Model):
    """One round of asking."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="+")
    round = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    planned_by = models.UUIDField()
    planned_by_name = models.CharField(max_length=200)
    planned_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    done_by = models.UUIDField(null=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advice", "round"], name="follow_up_numbered_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome="")
                | Q(done_at__isnull=False, done_by__isnull=False, outcome__in=_words(Outcome)),
                name="follow_up_done_with_an_outcome",
            ),
        ]


class Escalation(models.Model):
    """A letter to the ministry, with the conditions as they stood when it was asked for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    advice = models.ForeignKey(Advice, models.PROTECT, related_name="+")
    ministry = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    reason = models.TextField()
    requirements: models.JSONField[list[dict[str, str | bool]]] = models.JSONField()
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    requested_by = models.UUIDField()
    requested_by_name = models.CharField(max_length=200)
    requested_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="escalation_has_a_reason"),
        ]
