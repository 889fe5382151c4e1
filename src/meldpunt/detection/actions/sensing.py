"""What a sensor does: fetch what to look for, and tell that it was seen."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from meldpunt.access.binding import deed
from meldpunt.access.values import Actor, Permission
from meldpunt.disclosure import actions as disclosure_actions
from meldpunt.disclosure import queries as disclosure_queries
from meldpunt.disclosure.values import Delivered, ItemKind
from meldpunt.intake import actions as intake_actions
from meldpunt.intake.values import Receipt

from .. import models, rules
from ..bundle import MEDIA_TYPE, merge_bundles
from ..errors import IndicatorNotFound


@deed(Permission.INDICATOR_FETCH)
def fetch_bundle(viewer: Actor, /, *, since: datetime | None = None) -> bytes:
    """All that was told to the sensor's participant, as one STIX 2.1 bundle; only what came after `since`, if given.

    Reads deliveries and nothing else, and marks them as read. What was withdrawn is not in it.
    """
    return merge_bundles(_bundles(viewer, since))


@deed(Permission.SIGHTING_POST)
def post_sighting(
    actor: Actor,
    /,
    *,
    indicator: str | UUID,
    seen_at: datetime,
    count: int = 1,
    first_seen_at: datetime | None = None,
) -> Receipt:
    """Tell that an indicator (its STIX id or UUID) was seen `count` times, last at `seen_at`.

    It comes back as a report whose observer is sealed; the row here says nothing of who saw it, and the ledger entry
    that intake writes stands under a name made for that report. Raises IndicatorNotFound for what was never told to
    this participant, SightingBackwards, and what `intake.receive_sighting` raises.
    """
    row = models.Indicator.objects.only("id", "value").filter(id=_id_of(indicator)).first()
    if row is None:
        raise IndicatorNotFound("no such indicator")
    first_at = first_seen_at or seen_at
    rules.check_order(first_at, seen_at)
    receipt = intake_actions.receive_sighting(actor, indicator=row.value, seen_at=seen_at, count=count)
    models.Sighting(
        indicator_id=row.id,
        report_id=receipt.report,
        times=count,
        first_at=first_at,
        last_at=seen_at,
        received_at=timezone.now(),
    ).save(force_insert=True)
    return receipt


def _bundles(viewer: Actor, since: datetime | None) -> Iterator[bytes]:
    for told in _told(viewer, since):
        if told.read_at is None:
            disclosure_actions.open_disclosure(viewer, disclosure=told.id)
        for line in told.attachments:
            if line.media_type == MEDIA_TYPE:
                file = disclosure_queries.open_attachment(viewer, disclosure=told.id, attachment=line.id)
                yield file.data


def _told(viewer: Actor, since: datetime | None) -> Iterator[Delivered]:
    """Newest first, so that the reading can stop at `since`."""
    page = 1
    while lines := disclosure_queries.list_delivered(viewer, item=ItemKind.INDICATORS, page=page):
        for line in lines:
            if since is not None and line.delivered_at <= since:
                return
            if line.withdrawn_at is None and line.superseded_at is None:
                yield line
        page += 1


def _id_of(indicator: str | UUID) -> UUID:
    if isinstance(indicator, UUID):
        return indicator
    try:
        return uuid.UUID(indicator.strip().removeprefix("indicator--"))
    except ValueError:
        raise IndicatorNotFound("no such indicator") from None
