"""The rows of a feed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Door, OrganisationId, Permission
from meldpunt.constituency import queries as constituency_queries

from .. import models
from ..feed_values import FeedRowLine, Progress
from ..values import ReportId
from .rows import feed_row_from

PAGE = 200


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows a feed has, how many of them could be read, and how many have an organisation.

    Of a large one (`reading`) only the last are kept, and the first that could not be read.
    """

    rows: int
    readable: int
    attributed: int
    reading: Progress | None = None


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
    """Two hundred rows in the order of the feed, after row number `after`; narrowed by what is given.

    An address says whose it is: a row of an organisation that is sealed for the desk shows its code and no more.
    """
    found = _page(_rows(report=report, organisation=organisation, readable=readable), after)
    sealed = _sealed(viewer, {row.organisation_id for row in found if row.organisation_id})
    return tuple(feed_row_from(row, is_masked=row.organisation_id in sealed) for row in found)


@look(Permission.CAMPAIGN_RUN)
def list_whole_feed_rows(viewer: Actor, /, *, report: ReportId, after: int = 0) -> tuple[FeedRowLine, ...]:
    """As `list_feed_rows`, what could be read and nothing masked: to pack for each its own. Never for a page."""
    return tuple(map(feed_row_from, _page(_rows(report=report, readable=True), after)))


@look(Permission.REPORT_READ)
def count_feed_rows(viewer: Actor, /, *, report: ReportId) -> RowCount:
    """The rows of one feed, counted."""
    reading = progress_of(report)
    if reading is not None:
        return RowCount(reading.rows, reading.rows - reading.not_readable, reading.of_constituents, reading)
    counted = models.FeedRow.objects.filter(report_id=report).aggregate(
        rows=Count("id"),
        readable=Count("id", filter=Q(is_readable=True)),
        attributed=Count("id", filter=Q(organisation__isnull=False)),
    )
    return RowCount(counted["rows"], counted["readable"], counted["attributed"])


def progress_of(report: ReportId) -> Progress | None:
    """How far a large feed was read; None for any other report. For this room, of a report whose reader is bound."""
    row = models.Reading.objects.filter(report_id=report).first()
    return Progress(row.rows, row.of_constituents, row.not_readable, is_whole=row.is_whole) if row else None


@look(Permission.REPORT_READ)
def has_sealed_rows(viewer: Actor, /, *, report: ReportId) -> bool:
    """Whether any row of this feed is of an organisation that is sealed for the viewer."""
    about = models.FeedRow.objects.filter(report_id=report, organisation__isnull=False)
    return bool(_sealed(viewer, set(about.values_list("organisation_id", flat=True).distinct())))


def _rows(
    *, report: ReportId | None, organisation: OrganisationId | None = None, readable: bool | None = None
) -> QuerySet[models.FeedRow]:
    rows = models.FeedRow.objects.all()
    if report:
        rows = rows.filter(report_id=report)
    if organisation:
        rows = rows.filter(organisation_id=organisation)
    return rows if readable is None else rows.filter(is_readable=readable)


def _page(rows: QuerySet[models.FeedRow], after: int) -> list[models.FeedRow]:
    return list(rows.filter(number__gt=after).order_by("report_id", "number")[:PAGE])


def _sealed(viewer: Actor, about: Collection[UUID]) -> set[UUID]:
    """Which of these organisations have no name for this viewer. Only the desk is not told who it is."""
    if viewer.door is not Door.DESK:
        return set()
    known = constituency_queries.list_by_ids(viewer, organisations=about) if about else {}
    return {one for one in about if (found := known.get(OrganisationId(one))) is None or found.name is None}
