"""Reports that nobody touched, as they meet by their prints."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Left
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission

from .. import models
from ..values import Channel, ReportId, ReportKind, State
from ..wave_values import Untouched

MOST: Final = 20_000
LOOKED_AT: Final = 1_000
"""Characters of a text that are read."""


@look(Permission.REPORT_READ)
def list_untouched(viewer: Actor, /, *, since: timedelta) -> tuple[Untouched, ...]:
    """Those of this long ago until now that stand on a line of their own and may stand behind another, oldest first.

    Never the report of an organisation itself, nor one on which a statutory clock runs, nor one to which something was
    added, nor a feed. At most 20,000.
    """
    added = models.SubmittedStage.objects.filter(report_id=OuterRef("id"), submitted_at__gt=OuterRef("received_at"))
    rows = (
        models.Report.objects.filter(
            state=State.RECEIVED.value, behind=None, is_own=False, feed="", received_at__gt=timezone.now() - since
        )
        .exclude(Q(kind=ReportKind.STATUTORY.value) & ~Q(entity_kind=""))
        .exclude(wave="", mailer="")
        .exclude(Exists(added))
        .order_by("received_at", "id")
        .values_list(
            *("id", "received_at", "wave", "mailer", "organisation_id", "channel", "sector", "title"),
            Left("text", LOOKED_AT),
        )[:MOST]
    )
    found = list(rows)
    counted = models.Report.objects.filter(behind__in=[row[0] for row in found]).values_list("behind")
    leads = dict(counted.annotate(Count("id")).order_by())
    return tuple(
        Untouched(
            report=ReportId(report),
            received_at=received_at,
            wave=wave,
            mailer=mailer,
            organisation=OrganisationId(organisation) if organisation else None,
            channel=Channel(channel),
            sector=sector,
            title=title,
            text=text,
            leads=leads.get(report, 0),
        )
        for report, received_at, wave, mailer, organisation, channel, sector, title, text in found
    )


@look(Permission.REPORT_READ)
def list_behind(viewer: Actor, /, *, heads: tuple[ReportId, ...], most: int) -> tuple[ReportId, ...]:
    """Which reports stand behind these, oldest first, at most so many."""
    rows = models.Report.objects.filter(behind__in=heads).order_by("received_at", "id")
    return tuple(ReportId(one) for one in rows.values_list("id", flat=True)[:most])
