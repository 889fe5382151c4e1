"""The rows of a feed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, OrganisationId, Permission

from .. import models
from ..values import FeedRowLine, ReportId
from .rows import feed_row_from

PAGE = 200


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows a feed has, how many of them could be read, and how many have an organisation."""

    rows: int
    readable: int
    attributed: int


@look(Permission.REPORT_READ)
def list_feed_rows(
    viewer: Actor,
    /,
    *,
    report: ReportId | None = None,
    organisation: OrganisationId | None = None,
    readable: bool | None = None,
    after: int = 0,
) -> tuple[FeedRowLine, ...]:
    """Two hundred rows in the order of the feed, after row number `after`; narrowed by what is given."""
    rows = models.FeedRow.objects.filter(number__gt=after)
    if report:
        rows = rows.filter(report_id=report)
    if organisation:
        rows = rows.filter(organisation_id=organisation)
    if readable is not None:
        rows = rows.filter(is_readable=readable)
    return tuple(map(feed_row_from, rows.order_by("report_id", "number")[:PAGE]))


@look(Permission.REPORT_READ)
def count_feed_rows(viewer: Actor, /, *, report: ReportId) -> RowCount:
    """The rows of one feed, counted."""
    counted = models.FeedRow.objects.filter(report_id=report).aggregate(
        rows=Count("id"),
        readable=Count("id", filter=Q(is_readable=True)),
        attributed=Count("id", filter=Q(organisation__isnull=False)),
    )
    return RowCount(counted["rows"], counted["readable"], counted["attributed"])
