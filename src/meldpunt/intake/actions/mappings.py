"""What the columns of one source's CSV are is said once, and kept under its name."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.values import Kind

from .. import models, rules
from ..errors import MappingExists, MappingNotFound
from ..feed_values import ColumnMapping, MappingId
from ..queries.mappings import mappings_in_use


@deed(Permission.REPORT_COMPLETE)
def make_feed_mapping(actor: Actor, /, *, name: str, file_name: str, mapping: ColumnMapping) -> MappingId:
    """Keep how this source writes: from now on its files are read so. `file_name` is that of the sample.

    Raises MappingUnfit, and MappingExists where the name is taken or another source has these columns: a file that
    two mappings fit would be read by neither.
    """
    rules.check_mapping(name, mapping)
    _one_at_a_time()
    shape = rules.file_shape(file_name)
    for other in mappings_in_use():
        same_columns = other.mapping.columns == mapping.columns and other.mapping.delimiter == mapping.delimiter
        if other.name == name or (same_columns and other.file_shape == shape):
            raise MappingExists(other.name)
    row = models.FeedMapping.objects.create(
        name=name,
        file_shape=shape,
        columns=list(mapping.columns),
        uses=[use.value for use in mapping.uses],
        has_header=mapping.has_header,
        delimiter=mapping.delimiter,
        zone=mapping.zone,
        time_form=mapping.time_form.value,
        rsit=mapping.rsit,
        classes=dict(mapping.classes),
        made_by=actor.id,
        made_at=timezone.now(),
    )
    ledger.record(actor, kind=Kind.CONFIGURED, subject=row.id, details={"feed_mapping": "made"})
    return MappingId(row.id)


@deed(Permission.REPORT_COMPLETE)
def retire_feed_mapping(actor: Actor, /, *, mapping: MappingId) -> None:
    """From now on no feed is read by it; what was read stays. Raises MappingNotFound."""
    row = models.FeedMapping.objects.filter(id=mapping, retired_at=None).first()
    if row is None:
        raise MappingNotFound("no such mapping in use")
    models.FeedMapping.objects.filter(id=mapping).update(retired_at=timezone.now())
    ledger.record(actor, kind=Kind.CONFIGURED, subject=row.id, details={"feed_mapping": "retired"})


def _one_at_a_time() -> None:
    # Two colleagues who map the same file at the same moment would both find it new.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('intake/feed-mapping', 0))")
