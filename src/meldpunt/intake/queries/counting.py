"""How many reports there are, and how many of them were kept unread."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..values import KeptReason, State


@look(Permission.REPORT_READ)
def count_kept(viewer: Actor, /) -> Mapping[KeptReason, int]:
    """Reports kept whole because they could not be read, by reason; reasons that never occurred are left out."""
    counted = models.Report.objects.exclude(kept_reason="").values_list("kept_reason").annotate(Count("id"))
    return {KeptReason(reason): count for reason, count in counted.order_by("kept_reason")}


@look(Permission.REPORT_READ)
def count_reports(viewer: Actor, /) -> Mapping[State, int]:
    """Reports by state; states that nobody is in are left out."""
    counted = models.Report.objects.values_list("state").annotate(Count("id"))
    return {State(state): count for state, count in counted.order_by("state")}
