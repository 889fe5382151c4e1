"""How the CSV of each source is read."""

from __future__ import annotations

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission

from .. import models
from ..feed_values import ColumnMapping, ColumnUse, FeedMapping, MappingId, TimeForm


@look(Permission.REPORT_READ)
def list_feed_mappings(viewer: Actor, /) -> tuple[FeedMapping, ...]:
    """All mappings by name, the retired ones last."""
    rows = models.FeedMapping.objects.order_by("name", "-made_at")
    return tuple(sorted(map(_mapping_from, rows), key=lambda one: one.retired_at is not None))


def mappings_in_use() -> tuple[FeedMapping, ...]:
    """Those by which a feed is read that comes in now, for a deed that receives one."""
    return tuple(map(_mapping_from, models.FeedMapping.objects.filter(retired_at=None).order_by("name")))


def _mapping_from(row: models.FeedMapping) -> FeedMapping:
    mapping = ColumnMapping(
        columns=tuple(row.columns),
        uses=tuple(map(ColumnUse, row.uses)),
        delimiter=row.delimiter,
        zone=row.zone,
        time_form=TimeForm(row.time_form),
        rsit=row.rsit,
        classes=row.classes,
        has_header=row.has_header,
    )
    return FeedMapping(MappingId(row.id), row.name, row.file_shape, mapping, row.made_at, row.retired_at)
