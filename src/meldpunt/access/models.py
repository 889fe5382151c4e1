"""Accounts of people and keys of machines."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import ClassVar, Final

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

ANSWERS_KEPT: Final = timedelta(days=7)
"""For how long an answer is given again: longer than a weekend in which the other side is down."""


class AccountQuery(BaseUserManager["Account"]):
    """Finds an account by the name somebody logs in with."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=username)


class Account(AbstractBaseUser):
    """Somebody who may log in, at one door. What they prove it by is in no model: see `sql/proving.sql`."""

    password = None  # type: ignore[assignment]
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    door = models.CharField(max_length=10)
    roles = ArrayField(models.CharField(max_length=20))
    organisation = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountQuery] = AccountQuery()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(door__in=["desk", "portal"]), name="account_door_known"),
        ]

    def __str__(self) -> str:
        return self.email


def end_of_term() -> datetime:
    """Until when a key that is made now opens anything."""
    return timezone.now() + timedelta(days=settings.MACHINE_KEY_DAYS)


class MachineKey(models.Model):
    """The secret by which a machine shows itself; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32, unique=True)
    role = models.CharField(max_length=20)
    organisation = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=end_of_term)
    revoked_at = models.DateTimeField(null=True, blank=True)
    needs_certificate = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["sensor", "forwarder", "reader"]), name="machine_key_role_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(role="reader") | models.Q(organisation__isnull=False),
                name="machine_key_reader_is_somebodys",
            ),
        ]


class MachineCertificate(models.Model):
    """A TLS client certificate that goes with a key (RFC 8705, 3). `fingerprint`: SHA-256 of its DER, 32 bytes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    machine = models.ForeignKey(MachineKey, models.CASCADE, related_name="+", db_index=False)
    fingerprint = models.BinaryField(max_length=32)
    subject = models.TextField()
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    bound_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["machine", "fingerprint"],
                name="certificate_bound_once",
                condition=models.Q(revoked_at=None),
            ),
        ]
        indexes = [models.Index(fields=["fingerprint"], name="certificate_shown")]


def end_of_answer() -> datetime:
    """Until when an answer that is given now is given again at least."""
    return timezone.now() + ANSWERS_KEPT


class Answered(models.Model):
    """What was answered to a request that its sender may repeat, sealed under the secret of its key.

    `name` and `request` are marks made with that secret (HMAC-SHA-256, 32 bytes): of what was asked, and under which
    Idempotency-Key, nobody learns anything here who does not show the key of the machine.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    machine = models.ForeignKey(MachineKey, models.CASCADE, related_name="+", db_index=False)
    name = models.BinaryField(max_length=32)
    request = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(default=end_of_answer, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["machine", "name"], name="answered_once")]
