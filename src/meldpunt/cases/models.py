"""Tables of cases. A merge moves no row: it is a row itself, so undoing it loses nothing."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import F, Q

from .values import CaseState, DocumentKind, EntryKind, PartyRole


def _words(words: type[StrEnum]) -> list[str]:
    """Plain text, so that a migration keeps the words of its day."""
    return [word.value for word in words]


class Case(models.Model):
    """Our work on one incident. `rsit` and `disruption` are taken over from triage when reports come in.

    A title is what an analyst typed; or none, and then it is that of the report `titled_after`, always masked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=300, blank=True)
    titled_after = models.ForeignKey("intake.Report", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10)
    rsit = models.CharField(max_length=80, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, null=True, related_name="+")
    disruption = models.CharField(max_length=10, blank=True)
    opened_by = models.UUIDField()
    opened_by_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=_words(CaseState)), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(titled_after=None) & ~Q(title="") | Q(titled_after__isnull=False, title=""),
                name="case_has_title",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(closing_reason=""), name="case_closed_with_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-opened_at", "-id"], name="case_state_newest"),
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
        ]


class CaseReport(models.Model):
    """A report in a case. Taken out it stays as a row, so that the history is whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    report = models.ForeignKey("intake.Report", models.PROTECT, related_name="+")
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    taken_out_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report"], condition=Q(taken_out_at=None), name="report_in_one_case"),
        ]


class Observable(models.Model):
    """What a report in the case names; or, without a report, what an analyst added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    report = models.ForeignKey("intake.Report", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    value = models.TextField()
    added_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "report", "kind", "value"], name="case_observable_once", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["value", "kind"], name="case_observable_value")]


class Entry(models.Model):
    """One line of the timeline; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    text = models.TextField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=_words(EntryKind)), name="entry_kind_known")]


class Task(models.Model):
    """Something to do in the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True)
    owner = models.UUIDField(null=True)
    owner_name = models.CharField(max_length=200, blank=True)
    added_by = models.UUIDField()
    added_at = models.DateTimeField()
    done_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="task_has_title"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="task_done_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["owner"], name="task_open_of_owner", condition=Q(done_at=None))]


class Party(models.Model):
    """An organisation with a role in the case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=12)
    added_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation", "role"], name="party_once_per_role"),
            models.CheckConstraint(condition=Q(role__in=_words(PartyRole)), name="party_role_known"),
        ]


class Document(models.Model):
    """A text of the case; never changed. What came with a report has no words of its own: intake seals and keeps them.

    `report` is the one it came with, `stage` which of its stages; such a `title` is a reference.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    report = models.ForeignKey("intake.Report", models.PROTECT, null=True, related_name="+")
    stage = models.ForeignKey("intake.SubmittedStage", models.PROTECT, null=True, related_name="+")
    written_by = models.UUIDField()
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=_words(DocumentKind)), name="document_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_title"),
            models.CheckConstraint(condition=Q(report=None, stage=None) | Q(text=""), name="document_keeps_no_report"),
        ]


class Merge(models.Model):
    """`other` was merged into `into`. Undone it stays as a row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    into = models.ForeignKey(Case, models.PROTECT, related_name="+")
    other = models.ForeignKey(Case, models.PROTECT, related_name="+")
    state_before = models.CharField(max_length=10)
    reason = models.TextField()
    merged_by = models.UUIDField()
    merged_by_name = models.CharField(max_length=200)
    merged_at = models.DateTimeField()
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["other"], condition=Q(undone_at=None), name="case_in_one_merge"),
            models.CheckConstraint(condition=~Q(into=F("other")), name="merge_of_two_cases"),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_reason"),
            models.CheckConstraint(condition=Q(undone_at=None) | ~Q(undo_reason=""), name="merge_undone_with_reason"),
        ]
