"""Entries, the hashes of the tree over them, and the checkpoints that were signed."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One deed. `content` with `salt` opens `commitment`; the other columns only find the row, they prove nothing.

    Where `erased_at` is set, content and salt are empty: the commitment stays in the tree and opens no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    actor = models.UUIDField()
    subject = models.UUIDField(null=True)
    about = models.UUIDField(null=True)
    receipt_digest = models.BinaryField(max_length=32, null=True)
    readable_from = models.DateTimeField(null=True)
    content = models.TextField()
    salt = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32)
    position = models.BigIntegerField(null=True, unique=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(position__gte=0), name="ledger_position_counts_from_zero"),
        ]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(position=None), name="ledger_entry_waiting"),
            models.Index(fields=["-at", "-id"], name="ledger_entry_newest"),
            models.Index(fields=["subject", "position"], name="ledger_entry_subject"),
            models.Index(fields=["about", "position"], name="ledger_entry_about"),
            models.Index(fields=["receipt_digest"], name="ledger_entry_receipt"),
        ]


class Node(models.Model):
    """The hash of a complete subtree of 2**level leaves, the `index`-th of its level. Level 0 are the leaves."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """A head of the tree that we signed, and can therefore never contradict."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    size = models.BigIntegerField(unique=True)
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    vkey = models.TextField()
    rotation = models.TextField(default="")
    """Where this head was signed by an old key and a new one: the proof of it (`bundle.rotation_text`)."""
    signed_at = models.DateTimeField(default=timezone.now)


class Cosignature(models.Model):
    """That another organisation compared a head with what it saw before, in the line that stands under the note."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="+")
    vkey = models.TextField()
    line = models.TextField()
    cosigned_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "vkey"], name="ledger_cosigned_once"),
        ]
