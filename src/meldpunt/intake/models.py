"""Reports and what hangs on them. Who reported, and in what words, are tables of their own: sealing is structural."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from meldpunt.vocabulary.markings import TLP

from .feed_values import RowKind
from .mail.robots import Unanswered
from .values import Channel, ReportKind, Stage, State


def _words(words: type[StrEnum]) -> list[str]:
    """Plain text, so that a migration keeps the words of its day."""
    return [word.value for word in words]


class Report(models.Model):
    """What somebody told us. `organisation` is whom it is about; `is_own`: it told us itself.

    `title`, `text` and `answers` are masked: what points at the organisation or at who told us is a mark in them.
    `tlp` is how far who told us asks it to go at most; empty where they did not say. `wave` and `mailer` are prints by
    which look-alikes meet (`waves.py`); `behind`: on whose line of the queue it stands, until somebody touches it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    receipt_digest = models.BinaryField(max_length=32, unique=True)
    # For a sighting this is a pseudonym made for that one report: the desk may read this table.
    sent_by = models.UUIDField()
    # NULL and not the empty string: what has no reference is never a duplicate.
    sender_reference = models.CharField(max_length=200, null=True)
    sender_digest = models.CharField(max_length=64, blank=True)
    channel = models.CharField(max_length=10)
    kind = models.CharField(max_length=15)
    title = models.TextField()
    text = models.TextField()
    sector = models.CharField(max_length=60, blank=True)
    entity_kind = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, null=True, related_name="+")
    is_own = models.BooleanField(default=False)
    attributed_by = models.CharField(max_length=30, blank=True)
    attributed_at = models.DateTimeField(null=True)
    examined_at = models.DateTimeField(null=True)
    aware_at = models.DateTimeField(null=True)
    occurred_on = models.DateField(null=True)
    tlp = models.CharField(max_length=20, default="")
    ended_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=15)
    kept_reason = models.CharField(max_length=30, blank=True)
    raw_evidence = ArrayField(models.UUIDField(), default=list)
    feed = models.CharField(max_length=200, blank=True)
    entry = models.UUIDField()
    wave = models.CharField(max_length=32, blank=True, db_default="")
    mailer = models.CharField(max_length=32, blank=True, db_default="")
    behind = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sent_by", "sender_reference", "sender_digest"], name="report_once_per_sender"
            ),
            models.CheckConstraint(condition=models.Q(channel__in=_words(Channel)), name="report_channel_known"),
            models.CheckConstraint(condition=models.Q(kind__in=_words(ReportKind)), name="report_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=_words(State)), name="report_state_known"),
            models.CheckConstraint(condition=models.Q(tlp__in=["", *_words(TLP)]), name="report_tlp_known"),
            models.CheckConstraint(
                condition=models.Q(is_own=False) | models.Q(organisation__isnull=False),
                name="report_own_has_owner",
            ),
            models.CheckConstraint(
                condition=models.Q(behind=None) | models.Q(state=State.RECEIVED.value),
                name="report_behind_is_untouched",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="report_newest"),
            models.Index(fields=["state", "-received_at", "-id"], name="report_state_newest"),
            models.Index(fields=["sector", "-received_at", "-id"], name="report_sector_newest"),
            models.Index(fields=["channel", "-received_at", "-id"], name="report_channel_newest"),
            models.Index(fields=["organisation", "-received_at", "-id"], name="report_org_newest"),
            models.Index(
                fields=["-received_at", "-id"], name="report_kept_newest", condition=~models.Q(kept_reason="")
            ),
            models.Index(fields=["sent_by", "-received_at", "-id"], name="report_sender_newest"),
            models.Index(fields=["examined_at"], name="report_unattributed", condition=models.Q(organisation=None)),
            models.Index(
                fields=["-received_at"],
                name="report_with_a_duty",
                condition=models.Q(kind=ReportKind.STATUTORY.value) & ~models.Q(entity_kind=""),
            ),
            models.Index(
                fields=["-received_at", "-id"],
                name="report_undecided_newest",
                condition=models.Q(state__in=[State.RECEIVED.value, State.IN_TRIAGE.value], behind=None),
            ),
            models.Index(fields=["behind", "received_at"], name="report_behind", condition=~models.Q(behind=None)),
        ]


class Reporter(models.Model):
    """Who told us: sealed. `observer` is the participant of the detection network whose sensor saw it."""

    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="+")
    name = models.TextField(blank=True)
    email = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    organisation_named = models.TextField(blank=True)
    observer = models.ForeignKey("constituency.Organisation", models.PROTECT, null=True, related_name="+")
    observing_key = models.UUIDField(null=True)


class SubmittedStage(models.Model):
    """One submitted statutory stage; `text` and `answers` are masked, and what was told is never changed.

    `is_after_decision`: added to what was decided already. The database settles it (`sql/late_stages.sql`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=25)
    submitted_at = models.DateTimeField()
    submitted_by = models.UUIDField()
    text = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)
    is_after_decision = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(stage__in=_words(Stage)), name="stage_known")]
        indexes = [
            models.Index(fields=["report"], name="stage_after_decision", condition=models.Q(is_after_decision=True))
        ]


class Words(models.Model):
    """A report, or one of its stages, as it was told: sealed, and never changed.

    `awaits_masking`: whoever wrote it could not know all that identifies, so a job makes the masked form.
    `awaits_lifting`: no job looked yet for the products it names.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", db_index=False)
    stage = models.ForeignKey(SubmittedStage, models.PROTECT, null=True, related_name="+", db_index=False)
    title = models.TextField(blank=True)
    text = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    awaits_masking = models.BooleanField(default=False)
    awaits_lifting = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "stage"], name="words_once", nulls_distinct=False),
        ]
        indexes = [
            models.Index(fields=["report"], name="words_unmasked", condition=models.Q(awaits_masking=True)),
            models.Index(fields=["id"], name="words_unlifted", condition=models.Q(awaits_lifting=True)),
        ]


class Draft(models.Model):
    """A report that somebody still writes, sealed under the code of which this is the digest.

    Once sent it holds the receipt instead, for whoever sends it again. `origin` says which drafts were begun from one
    place on one day, and of no place which it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt_digest = models.BinaryField(max_length=32, unique=True)
    door = models.CharField(max_length=10)
    origin = models.BinaryField(max_length=16, default=b"")
    sealed = models.BinaryField()
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    is_sent = models.BooleanField(default=False)


class FeedRow(models.Model):
    """One row of a feed, whole; the columns are what could be read of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    raw = models.TextField()
    fields = models.JSONField(default=dict)
    address = models.GenericIPAddressField(null=True)
    port = models.IntegerField(null=True)
    host = models.TextField(blank=True)
    at = models.DateTimeField(null=True)
    rsit = models.CharField(max_length=80, blank=True)
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, null=True, related_name="+")
    attributed_by = models.CharField(max_length=30, blank=True)
    examined_at = models.DateTimeField(null=True)
    is_readable = models.BooleanField(default=True)
    reason = models.TextField(blank=True)
    kind = models.CharField(max_length=15, default=RowKind.EVENT.value)
    # Pairs of a kind and a value: what it names beside its address and host.
    named = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="feed_row_numbered_once"),
            models.CheckConstraint(condition=models.Q(kind__in=_words(RowKind)), name="feed_row_kind_known"),
        ]
        indexes = [
            models.Index(
                fields=["report", "number"], name="feed_row_unattributed", condition=models.Q(organisation=None)
            ),
        ]


class Reading(models.Model):
    """How far a large feed was read. Its report keeps the rows of constituents alone; all are counted here."""

    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="+")
    rows = models.BigIntegerField(default=0)
    of_constituents = models.BigIntegerField(default=0)
    not_readable = models.BigIntegerField(default=0)
    is_whole = models.BooleanField(default=False)


class FeedMapping(models.Model):
    """What the columns of one source's CSV are; never changed, but retired, so that a row can be read as it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    file_shape = models.CharField(max_length=200, blank=True)
    columns = models.JSONField()
    uses = models.JSONField()
    has_header = models.BooleanField(default=True)
    delimiter = models.CharField(max_length=1)
    zone = models.CharField(max_length=60)
    time_form = models.CharField(max_length=15)
    rsit = models.CharField(max_length=80)
    classes = models.JSONField(default=dict)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="feed_mapping_named_once", condition=models.Q(retired_at=None)
            ),
        ]


class Observable(models.Model):
    """What a report's text names; asked for by value, so that two reports meet. `is_telling`: it says who.

    `lifted_at` is when it was found, and so from when on the desk could know it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    value = models.TextField()
    is_telling = models.BooleanField(default=False)
    lifted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "kind", "value"], name="observable_once_per_report"),
        ]
        indexes = [
            models.Index(fields=["value", "kind"], name="observable_value"),
            models.Index(
                fields=["value", "report"],
                include=["is_telling"],
                condition=models.Q(kind="cve"),
                name="observable_cve",
            ),
        ]


class Progress(models.Model):
    """A mark that a room downstream left on a report."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    mark = models.CharField(max_length=200)


class Reminder(models.Model):
    """That whoever reported was reminded of a deadline, and what told them so; `hours_before` is 0 for after it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+", db_index=False)
    clock = models.CharField(max_length=60)
    deadline = models.DateTimeField()
    hours_before = models.PositiveIntegerField()
    disclosure = models.UUIDField()
    reminded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "clock", "deadline", "hours_before"], name="reminded_once"),
        ]


class Mail(models.Model):
    """One mail that came in. Sealed like who told us, for a Message-ID names its sender.

    `stage` is the addition that it became; without one it became the report. `refers_to` is what it says it belongs to
    and was not let into. `digest` is the SHA-256 of its bytes: what a server hands over twice is one mail. `references`
    are those of an answer to it.
    `envelope_sender` is the return path (RFC 5321, 4.4): empty for a bounce, NULL where nobody told it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    stage = models.OneToOneField(SubmittedStage, models.PROTECT, null=True, related_name="+")
    refers_to = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    message_id = models.TextField(blank=True)
    references = models.TextField(blank=True)
    envelope_sender = models.TextField(null=True)
    digest = models.BinaryField(max_length=32, unique=True, null=True)
    raw_evidence = ArrayField(models.UUIDField(), default=list)
    unanswered = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unanswered__in=["", *_words(Unanswered)]), name="mail_unanswered_known"
            ),
        ]
        indexes = [
            models.Index(fields=["message_id"], name="mail_named"),
            models.Index(fields=["refers_to"], name="mail_referring", condition=models.Q(refers_to__isnull=False)),
        ]


class AcknowledgementMail(models.Model):
    """That whoever reported by mail gets an answer by mail, and what only that answer may hold.

    Written in the transaction of the report, because of a receipt code only the digest is kept: `code` stands here
    until a server took the mail or nobody tries any more. No door but that of the jobs reads this table.
    """

    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="+")
    address = models.TextField()
    code = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["address", "-made_at"], name="acknowledgement_to"),
            models.Index(fields=["-made_at"], name="acknowledgement_newest"),
        ]


class Mailbox(models.Model):
    """A mailbox that we empty, and how far that came. `stuck`: mails in it, by UID, that could not be received.

    A UID names a mail as long as `uid_validity` is what it was (RFC 9051, 2.3.1.1).
    """

    name = models.CharField(max_length=300, primary_key=True)
    uid_validity = models.BigIntegerField(null=True)
    stuck: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)
    emptied_at = models.DateTimeField(null=True)
    waiting = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=20, blank=True)
    trouble_since = models.DateTimeField(null=True)
