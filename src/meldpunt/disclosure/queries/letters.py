"""Mails that we sent, found by what an answer names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..values import EnvelopeState, ItemKind, SentLetter, Trouble

STUCK_AFTER: Final = timedelta(hours=1)
"""A mail that still waits so long after it was decided needs somebody."""


@look(Permission.DISCLOSURE_DELIVER)
def find_letters(viewer: Actor, /, *, message_ids: Collection[str]) -> Mapping[str, SentLetter]:
    """Those of the Message-IDs that we gave to a letter that stems from a report, each with that report."""
    sent = models.Envelope.objects.filter(message_id__in=list(message_ids), report__isnull=False)
    rows = sent.values_list("message_id", "report", "is_own", "contact")
    return {name: SentLetter(report, is_own, contact) for name, report, is_own, contact in rows if report}


@look(Permission.DISCLOSURE_DELIVER)
def find_stuck(viewer: Actor, /) -> tuple[int, datetime] | None:
    """How many mails are not getting out, and since when the first; None of none."""
    late = Q(disclosure__delivered_at__lt=timezone.now() - STUCK_AFTER) | Q(trouble=Trouble.UNANSWERED.value)
    rows = models.Envelope.objects.filter(late, state=EnvelopeState.WAITING.value)
    return _how_many(rows, since="disclosure__delivered_at")


@look(Permission.DISCLOSURE_DELIVER)
def find_refused_answers(viewer: Actor, /) -> tuple[int, datetime] | None:
    """How many acknowledgements by mail did not arrive, and nobody saw to it yet; None of none."""
    rows = models.Envelope.objects.filter(
        settled_at=None,
        contact=None,
        disclosure__item=ItemKind.ACKNOWLEDGEMENT.value,
        state__in=[EnvelopeState.FAILED.value, EnvelopeState.BOUNCED.value],
    )
    return _how_many(rows, since="raised_at")


def _how_many(rows: QuerySet[models.Envelope], *, since: str) -> tuple[int, datetime] | None:
    found = rows.aggregate(count=Count("id"), since=Min(since))
    return (found["count"], found["since"]) if found["count"] else None
