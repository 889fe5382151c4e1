"""What is kept and until when, and the rows it lies in, as whoever is bound sees them."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from importlib.resources import files
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from meldpunt.access.errors import NotFound

from . import models
from .retention import By, rules_in_force
from .values import EvidenceId, Kept

_SQL: Final = (files("meldpunt.evidence") / "sql" / "kept.sql").read_text()


def kept_items(
    *, most: int, past: int = 0, only_due: bool = False, by: By | None = None, ids: Collection[UUID] | None = None
) -> tuple[Kept, ...]:
    """Items that are not shredded, what goes first first."""
    rules = [
        {"purpose": one.purpose, "after": one.after, "months": one.term.months, "days": one.term.days, "by": one.by}
        for one in rules_in_force().values()
    ]
    asked: dict[str, str | int | date | list[UUID] | None] = {
        "rules": json.dumps(rules),
        "zone": settings.TIME_ZONE,
        "today": timezone.localdate(),
        "only_due": only_due,
        "by": by,
        "ids": None if ids is None else list(ids),
        "most": most,
        "past": past,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, asked)
        return tuple(Kept(EvidenceId(id_), *rest) for id_, *rest in cursor.fetchall())


def item_row(item: EvidenceId) -> models.Item:
    """The row of one item. Raises NotFound."""
    row = models.Item.objects.filter(id=item).first()
    if row is None:
        raise NotFound("no such item for this viewer")
    return row


def lock_about(about: UUID) -> None:
    """Until the transaction ends nobody else holds, ends or shreds what belongs to it.

    A lock by number and not by row, because whoever holds may change no item.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"evidence {about}"])
