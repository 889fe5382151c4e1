"""Tables of the door. Only a disclosure and its deliveries ever change; everything else is written once."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from .values import AudienceKind, Channel, DeliveryState, EnvelopeState, ItemKind, State, Trouble

_BOTH_LANGUAGES = ["nl", "en"]


def _one_of(column: str, members: type[StrEnum]) -> Q:
    return Q(**{f"{column}__in": [member.value for member in members]})


class Disclosure(models.Model):
    """The act: state, ground and who decided. Nothing here tells what was said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.CharField(max_length=40)
    subject = models.UUIDField()
    state = models.CharField(max_length=24)
    purpose = models.CharField(max_length=40)
    tlp = models.CharField(max_length=20)
    pap = models.CharField(max_length=20)
    grounds: models.JSONField[list[dict[str, object]]] = models.JSONField(default=list)
    verdict: models.JSONField[dict[str, object]] = models.JSONField()
    four_eyes = models.BooleanField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(default="")
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    approval_reason = models.TextField(default="")
    delivered_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(default="")
    supersedes = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    superseded_with = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    superseded_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)
    superseding_reason = models.TextField(default="")
    deferral = models.CharField(max_length=40, default="")
    deferred_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-proposed_at", "id"], name="disclosure_newest"),
            models.Index(fields=["subject"], name="disclosure_subject"),
            GinIndex(fields=["grounds"], name="disclosure_grounds", opclasses=["jsonb_path_ops"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("item", ItemKind), name="disclosure_item_known"),
            models.CheckConstraint(condition=_one_of("state", State), name="disclosure_state_known"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="disclosure_approver_not_proposer",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("decided_by")), name="disclosure_approver_not_decider"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "refused", "waiting-for-approval"], delivered_at=None)
                | Q(state="withdrawn", withdrawn_by__isnull=False)
                | Q(state__in=["delivered", "superseded"], delivered_at__isnull=False, decided_by__isnull=False)
                & (Q(four_eyes=False) | Q(approved_by__isnull=False)),
                name="disclosure_delivered_after_all_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(state="superseded")
                | Q(superseded_by__isnull=False, superseded_at__isnull=False, superseded_with__isnull=False)
                & ~Q(superseding_reason=""),
                name="disclosure_superseded_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(deferral="", deferred_until=None)
                | ~Q(deferral="") & Q(deferred_until__isnull=False, four_eyes=True),
                name="disclosure_deferred_on_a_ground",
            ),
        ]


class Proposal(models.Model):
    """The draft whole, as it was proposed; for the desk alone.

    `reports` are those it stems from: `Origin` is written only when something is told.
    """

    disclosure = models.OneToOneField(Disclosure, models.PROTECT, primary_key=True, related_name="+")
    title = models.TextField()
    reports = ArrayField(models.UUIDField(), default=list)
    content: models.JSONField[dict[str, object]] = models.JSONField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["reports"], name="disclosure_proposal_reports")]


class Origin(models.Model):
    """A report from which a delivered disclosure stems; who holds it sees the trace, not the content.

    Where the law forbids telling for a time, from `readable_from` on. `tlp_asked` is how far whoever reported asked it
    to go at most, and `widening` why it went further; both are empty where it did not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
    report = models.UUIDField(null=True)
    organisation = models.UUIDField(null=True)
    receipt_digest = models.BinaryField(max_length=32, null=True)
    entry = models.UUIDField()
    readable_from = models.DateTimeField(null=True)
    tlp_asked = models.CharField(max_length=20, default="")
    widening = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["report"], name="disclosure_origin_report"),
            models.Index(fields=["organisation"], name="disclosure_origin_organisation"),
            models.Index(fields=["receipt_digest"], name="disclosure_origin_receipt"),
        ]


class Addressee(models.Model):
    """To whom, in the words in which the reporter is told; apart from `Reader`, which points at constituents.

    `reader` is the row of `Reader` where the circle is one organisation: only that reader can tell it is meant.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    label_nl = models.TextField()
    label_en = models.TextField()
    count = models.PositiveIntegerField()
    reader = models.UUIDField(null=True)


class Version(models.Model):
    """What readers get: sealed once, changed never. `content_hash` is the SHA-256 of its canonical JSON, `id` in it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    title = models.TextField()
    parts: models.JSONField[list[dict[str, str]]] = models.JSONField()
    attachments = ArrayField(models.UUIDField(), default=list)
    left_out: models.JSONField[list[dict[str, str]]] = models.JSONField()
    masked = models.PositiveIntegerField()
    content_hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(language__in=_BOTH_LANGUAGES), name="disclosure_version_language_known")
        ]


class Attachment(models.Model):
    """A file of the draft; readers get it only when the version lists it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    name = models.TextField()
    media_type = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    digest = models.BinaryField(max_length=32)
    data = models.BinaryField()


class Reader(models.Model):
    """One reader, resolved when the version was sealed: who joins a circle later was not told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    is_origin = models.BooleanField()
    recipient = models.CharField(max_length=40)
    organisation = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    receipt_digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["organisation"], name="disclosure_reader_organisation"),
            models.Index(fields=["receipt_digest"], name="disclosure_reader_receipt"),
            # What everybody may read is a small part; the public door asks for it with each page.
            models.Index(fields=["disclosure"], condition=Q(kind="public"), name="disclosure_reader_public"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("kind", AudienceKind), name="disclosure_reader_kind_known"),
            models.CheckConstraint(
                condition=Q(kind="public", organisation=None, receipt_digest=None)
                | ~Q(kind="public") & (Q(organisation__isnull=False) | Q(receipt_digest__isnull=False)),
                name="disclosure_reader_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="person", person__isnull=False, organisation__isnull=False)
                | ~Q(kind="person") & Q(person=None),
                name="disclosure_reader_person_is_named",
            ),
        ]


class Delivery(models.Model):
    """One way in which one reader gets it, and how far that came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_by = models.UUIDField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)
    note = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reader", "channel"], name="disclosure_delivery_once_per_channel"),
            models.CheckConstraint(condition=_one_of("channel", Channel), name="disclosure_delivery_channel_known"),
            models.CheckConstraint(condition=_one_of("state", DeliveryState), name="disclosure_delivery_state_known"),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | Q(channel__in=["mail", "mail-notice", "reporter-mail"]),
                name="disclosure_delivery_sent_unless_mail",
            ),
        ]


class Envelope(models.Model):
    """One mail to one contact, or to whoever made `report`: waiting, or what came of it. The address stays with them.

    `message_id` and `return_code` are made with the row, so that a mail that goes twice is the same mail twice, and one
    that comes back finds its delivery. What answers it belongs to `report`, and is added to it where `is_own`: its
    reader made that report. `answers` is what whoever reported told last when it was written.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
    organisation = models.UUIDField(null=True)
    contact = models.UUIDField(null=True)
    report = models.UUIDField(null=True)
    is_own = models.BooleanField(default=False)
    answers = models.UUIDField(null=True)
    state = models.CharField(max_length=20)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    message_id = models.CharField(max_length=300, unique=True)
    return_code = models.CharField(max_length=40, unique=True)
    closed_with = models.CharField(max_length=8, default="")
    sent_at = models.DateTimeField(null=True)
    reply = models.TextField(default="")
    trouble = models.CharField(max_length=20, default="")
    raised_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    settlement = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="waiting"), name="disclosure_envelope_waiting"),
            models.Index(
                fields=["raised_at"], condition=Q(settled_at=None) & ~Q(trouble=""), name="disclosure_envelope_trouble"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["delivery", "contact"], name="disclosure_envelope_once_a_contact", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, contact__isnull=False, answers=None)
                | Q(organisation=None, contact=None, report__isnull=False, is_own=True),
                name="disclosure_envelope_to_somebody",
            ),
            models.CheckConstraint(condition=_one_of("state", EnvelopeState), name="disclosure_envelope_state_known"),
            models.CheckConstraint(
                condition=Q(trouble="", raised_at=None) | _one_of("trouble", Trouble) & Q(raised_at__isnull=False),
                name="disclosure_envelope_trouble_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "bounced"]) | Q(sent_at__isnull=False),
                name="disclosure_envelope_sent_some_time",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settlement="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settlement=""),
                name="disclosure_envelope_settled_by_somebody",
            ),
        ]


class Bounce(models.Model):
    """A mail that came back. Kept is what it says of the failure, and no address; the same mail twice is kept once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    is_permanent = models.BooleanField()
    status = models.CharField(max_length=20)
    said = models.TextField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["envelope", "digest"], name="disclosure_bounce_once"),
        ]
