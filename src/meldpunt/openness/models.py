"""Requests, what was selected and withheld for them, and what was released. Only a request and a decision change."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from meldpunt.law import DataKind

from .values import Stance, State


class Request(models.Model):
    """Somebody asks for information. `as_of` is the day whose act applies, where that is not the day of deciding."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    receipt_digest = models.BinaryField(max_length=32, unique=True)
    sent_by = models.UUIDField()
    received_at = models.DateTimeField()
    subject = models.TextField()
    period_from = models.DateField(null=True)
    period_until = models.DateField(null=True)
    as_of = models.DateField(null=True)
    language = models.CharField(max_length=2)
    decide_before = models.DateTimeField()
    adjourned_at = models.DateTimeField(null=True)
    adjournment_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[one.value for one in State]), name="request_state_known"),
            models.CheckConstraint(condition=~Q(subject=""), name="request_has_subject"),
            models.CheckConstraint(
                condition=Q(adjourned_at=None) | ~Q(adjournment_reason=""), name="request_adjourned_with_reason"
            ),
        ]
        indexes = [models.Index(fields=["state", "decide_before", "id"], name="request_due")]


class Requester(models.Model):
    """Who asks: apart, for who handles requests."""

    request = models.OneToOneField(Request, models.PROTECT, primary_key=True, related_name="+")
    name = models.TextField(blank=True)
    email = models.TextField(blank=True)
    address = models.TextField(blank=True)


class Selection(models.Model):
    """A document of a case, as it was when it was selected; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    document = models.ForeignKey("cases.Document", models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.BinaryField(max_length=32)
    kind = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    selected_by = models.UUIDField()
    selected_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "document"], name="selection_once"),
            models.UniqueConstraint(fields=["request", "position"], name="selection_numbered_once"),
            models.CheckConstraint(condition=Q(kind__in=[one.value for one in DataKind]), name="selection_kind_known"),
        ]


class Passage(models.Model):
    """A range of the snapshot that is withheld on a ground."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    selection = models.ForeignKey(Selection, models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    ground = models.CharField(max_length=40)
    note = models.TextField(blank=True)
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "start", "end", "ground"], name="passage_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_not_empty"),
        ]


class Decision(models.Model):
    """A decision, handed to the door. What became of it there, its disclosure says."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    text = models.TextField()
    reasons = models.JSONField(default=dict)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    publication = models.OneToOneField("disclosure.Disclosure", models.PROTECT, null=True, related_name="+")
    unheard = models.TextField(blank=True)
    waits = models.BooleanField(default=False)
    release_from = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_says_something")]


class Release(models.Model):
    """A released PDF, and what was looked for in it without being found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    selection = models.ForeignKey(Selection, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    pdf = models.BinaryField()
    digest = models.BinaryField(max_length=32)
    size = models.PositiveIntegerField()
    passages = models.PositiveIntegerField()
    terms = models.PositiveIntegerField()
    places = ArrayField(models.CharField(max_length=30))
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "selection"], name="release_once")]


class Hearing(models.Model):
    """An organisation may say what it thinks of the release. `shown` are the ranges withheld, by selection, then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(Request, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("constituency.Organisation", models.PROTECT, related_name="+")
    disclosure = models.OneToOneField("disclosure.Disclosure", models.PROTECT, related_name="+")
    shown = models.JSONField()
    is_told = models.BooleanField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(due_at__gt=F("asked_at")), name="hearing_due_later")]


class PartyView(models.Model):
    """What the organisation answered; given once."""

    hearing = models.OneToOneField(Hearing, models.PROTECT, primary_key=True, related_name="+")
    stance = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    given_by = models.UUIDField()
    given_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=[one.value for one in Stance]), name="partyview_stance_known"
            ),
            models.CheckConstraint(condition=Q(stance="none") | ~Q(text=""), name="partyview_objection_has_words"),
        ]
