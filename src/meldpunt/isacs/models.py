"""Posts as they were written, motions about seats, and which disclosure belongs to which thread."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import ClassVar

from django.db import models
from django.db.models import Q

from .words import MotionKind, MotionState, PostKind, PostState


def _one_of(column: str, members: type[StrEnum]) -> Q:
    return Q(**{f"{column}__in": [member.value for member in members]})


class Post(models.Model):
    """What a member wrote, for its own organisation and the desk: the others read the disclosure that is made of it.

    `organisation` stands nowhere else. `thread` is the subject of the disclosures in it. The words are those that the
    others would read: what was masked was never kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    isac = models.UUIDField()
    organisation = models.UUIDField()
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    kind = models.CharField(max_length=16)
    thread = models.UUIDField()
    state = models.CharField(max_length=12)
    unattributed = models.BooleanField()
    chatham_house = models.BooleanField()
    title = models.TextField()
    parts: models.JSONField[list[dict[str, str]]] = models.JSONField()
    masked = models.PositiveIntegerField()
    tlp = models.CharField(max_length=20)
    pap = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    replaces = models.UUIDField(null=True)
    why = models.TextField(blank=True)
    go_at = models.DateTimeField(null=True)
    urgent_by = models.UUIDField(null=True)
    urgent_reason = models.TextField(blank=True)
    disclosure = models.UUIDField(null=True)
    told_at = models.DateTimeField(null=True)
    withdrawal_at = models.DateTimeField(null=True)
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("kind", PostKind), name="isacs_post_kind_known"),
            models.CheckConstraint(condition=_one_of("state", PostState), name="isacs_post_state_known"),
            # What was told is never told again, whoever moves it.
            models.CheckConstraint(
                condition=Q(state__in=["draft", "waiting", "taken-back"], disclosure=None, told_at=None)
                | Q(state="refused")
                | Q(state__in=["told", "withdrawing", "withdrawn"], disclosure__isnull=False, told_at__isnull=False),
                name="isacs_post_told_once",
            ),
            models.CheckConstraint(condition=Q(state="draft") | Q(sent_at__isnull=False), name="isacs_post_sent"),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawing", "withdrawn"])
                | Q(withdrawal_at__isnull=False) & ~Q(withdrawal_reason=""),
                name="isacs_post_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(go_at=None, urgent_by=None, urgent_reason="")
                | Q(go_at__isnull=False, urgent_by__isnull=False) & ~Q(urgent_reason=""),
                name="isacs_post_urgent_with_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-written_at"], name="isacs_post_own"),
            models.Index(fields=["isac", "-sent_at"], name="isacs_post_of_isac"),
            models.Index(
                fields=["sent_at"], condition=Q(state__in=["waiting", "withdrawing"]), name="isacs_post_to_do"
            ),
        ]


class File(models.Model):
    """A document of a post. Of an unattributed one only what is left of it: the file that was sent was never kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    name = models.TextField()
    media_type = models.CharField(max_length=200)
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "position"], name="isacs_file_in_order")]


class Told(models.Model):
    """Which disclosure is a post of which thread, and not whose: a reader sees the rows of what it was told."""

    disclosure = models.UUIDField(primary_key=True)
    isac = models.UUIDField()
    thread = models.UUIDField()
    kind = models.CharField(max_length=16)
    chatham_house = models.BooleanField()
    told_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["isac", "-told_at"], name="isacs_told_newest"),
            models.Index(fields=["thread"], name="isacs_told_thread"),
        ]


class Motion(models.Model):
    """Somebody is to sit down, leave, be removed or chair: asked outside, carried out by the platform.

    `name` is what who asks for a seat says it is called; `seat` is the one a chair is about.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    isac = models.UUIDField()
    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=12)
    organisation = models.UUIDField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    name = models.TextField(blank=True)
    words = models.TextField(blank=True)
    hidden = models.BooleanField(default=False)
    seat = models.UUIDField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=_one_of("kind", MotionKind), name="isacs_motion_kind_known"),
            models.CheckConstraint(condition=_one_of("state", MotionState), name="isacs_motion_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["join", "leave"], seat=None)
                | Q(kind__in=["remove", "chair"], seat__isnull=False),
                name="isacs_motion_about_a_seat",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(decided_by__isnull=False) & ~Q(decision_reason=""),
                name="isacs_motion_declined_with_a_reason",
            ),
            models.UniqueConstraint(
                fields=["isac", "organisation", "kind"],
                condition=Q(state="asked"),
                name="isacs_motion_asked_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["isac", "state"], name="isacs_motion_of_isac"),
            models.Index(fields=["organisation"], name="isacs_motion_own"),
        ]
