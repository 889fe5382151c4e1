"""How many reports there are, and how many of them were kept unread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..mail.robots import Unanswered
from ..values import KeptReason, State


@look(Permission.REPORT_READ)
def count_kept(viewer: Actor, /) -> Mapping[KeptReason, int]:
    """Reports kept whole because they could not be read, by reason; reasons that never occurred are left out."""
    counted = models.Report.objects.exclude(kept_reason="").values_list("kept_reason").annotate(Count("id"))
    return {KeptReason(reason): count for reason, count in counted.order_by("kept_reason")}


@dataclass(frozen=True, slots=True)
class Unread:
    """How many, and since when the oldest of them."""

    count: int
    since: datetime


@look(Permission.REPORT_READ)
def find_unread(viewer: Actor, /, *, state: State, before: datetime) -> Unread | None:
    """Reports that came in before this instant and that nobody took up since, as `state` says; None of none."""
    rows = models.Report.objects.filter(state=state.value, received_at__lt=before)
    return _unread(rows.aggregate(count=Count("id"), since=Min("received_at")))


@look(Permission.REPORT_READ)
def find_held_back(viewer: Actor, /, *, since: datetime) -> Unread | None:
    """Mails since this instant that were not answered because all senders together sent too many; None of none."""
    rows = models.Mail.objects.filter(at__gte=since, unanswered=Unanswered.TOO_MANY_IN_ALL.value)
    return _unread(rows.aggregate(count=Count("id"), since=Min("at")))


def _unread(found: Mapping[str, Any]) -> Unread | None:
    return Unread(found["count"], found["since"]) if found["count"] else None


@look(Permission.REPORT_READ)
def count_reports(viewer: Actor, /) -> Mapping[State, int]:
    """Reports by state; states that nobody is in are left out."""
    counted = models.Report.objects.values_list("state").annotate(Count("id"))
    return {State(state): count for state, count in counted.order_by("state")}
