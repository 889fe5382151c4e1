"""Items, their ciphertext, and their keys: three tables, because three different sets of people may touch them."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from .values import HoldGround, Verdict


class Item(models.Model):
    """What is known without opening. `name_given` is UTF-8 as it came, also with characters a text column refuses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=200)
    organisation = models.UUIDField(null=True)
    name = models.CharField(max_length=120)
    name_given = models.BinaryField()
    media_type = models.CharField(max_length=100)
    media_type_declared = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.BinaryField(max_length=32, null=True)
    salt = models.BinaryField(max_length=32, null=True)
    marks = ArrayField(models.CharField(max_length=20), default=list)
    # Of each file in it: name, size and depth.
    nested = models.JSONField(default=list)
    verdict = models.CharField(max_length=10, default=Verdict.UNSCANNED.value)
    found = models.CharField(max_length=100, blank=True)
    engine = models.CharField(max_length=100, blank=True)
    sealed_by = models.UUIDField()
    sealed_at = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # A shredded item keeps nothing by which a guess at its content could be confirmed.
            models.CheckConstraint(
                condition=models.Q(shredded_at=None, digest__isnull=False, salt__isnull=False)
                | models.Q(
                    shredded_at__isnull=False, digest=None, salt=None, name="", name_given=b"", nested=[], found=""
                ),
                name="evidence_shredded_keeps_nothing",
            ),
        ]


class Content(models.Model):
    """The ciphertext: nonce, encrypted bytes, tag."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="+")
    ciphertext = models.BinaryField()


class Part(models.Model):
    """One part of an item that came in parts, sealed in its place. `item` is the upload's id, and then the item's."""

    pk = models.CompositePrimaryKey("item", "number")
    item = models.UUIDField()
    number = models.PositiveIntegerField()
    ciphertext = models.BinaryField()


class Upload(models.Model):
    """A file that is coming in, for whoever holds the code of which this is the digest.

    `held` is the key of its parts under that code, `facts` what is known of it under that key. When it is sent with a
    report it becomes an item of the same id, and this row goes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt_digest = models.BinaryField(max_length=32, db_index=True)
    door = models.CharField(max_length=10)
    length = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    held = models.BinaryField()
    facts = models.BinaryField()
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset__gte=0, offset__lte=models.F("length")), name="evidence_upload_within_length"
            ),
        ]


class Key(models.Model):
    """The key of one item, wrapped by the key store named. Without this row the content is noise."""

    item = models.OneToOneField(Item, primary_key=True, on_delete=models.PROTECT, related_name="+")
    store = models.CharField(max_length=100, db_index=True)
    wrapped = models.BinaryField()


class Ending(models.Model):
    """When the work on what items belong to ended; NULL where it was taken up again."""

    about = models.UUIDField(primary_key=True, editable=False)
    ended_at = models.DateTimeField(null=True)


class Hold(models.Model):
    """Why what belongs to `about` is not destroyed; lifted, it stays as history. `source` is what it is held for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.UUIDField()
    ground = models.CharField(max_length=20)
    reason = models.CharField(max_length=500)
    source = models.UUIDField(null=True)
    placed_by = models.UUIDField()
    placed_by_name = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    lifted_by = models.UUIDField(null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ground__in=[ground.value for ground in HoldGround]),
                name="evidence_hold_ground_known",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="evidence_hold_has_reason"),
            models.CheckConstraint(
                condition=models.Q(lifted_at=None, lifted_by=None, lifted_because="")
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~models.Q(lifted_because=""),
                name="evidence_hold_lifted_with_reason",
            ),
            models.UniqueConstraint(
                fields=["about", "source"],
                condition=models.Q(lifted_at=None, source__isnull=False),
                name="evidence_held_once_for_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["about"], name="evidence_held", condition=models.Q(lifted_at=None))]
