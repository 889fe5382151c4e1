"""All that stands still now, by what the desk estimated of reports that are open or in a case, laid together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.engines.cascade.comparing import Supposition, difference
from meldpunt.intake.values import ReportId, State

from .. import models
from ..packing import unpack_estimate
from ..rules.estimating import interruptions
from ..rules.networking import is_over, laid_together
from ..values import Added, Disruption, Network, Outage, ReportOutage, Situation
from .estimates import estimate_in, get_network

MOST_OUTAGES: Final = 200
MOST_TAKEN_AWAY: Final = 12
"""Reports that are taken away in turn to see what each adds; with more of them nobody would read it."""
_RUNS: Final = 200
"""Runs in which one report is taken away."""
_GOING_ON: Final = [one.value for one in (State.RECEIVED, State.KEPT, State.IN_TRIAGE, State.ACCEPTED, State.MERGED)]
_LATEST: Final = """
SELECT a.id FROM triage_assessment a JOIN intake_report r ON r.id = a.report_id
WHERE {what} AND r.state = ANY (%s)
    AND NOT EXISTS (SELECT FROM triage_assessment b WHERE b.report_id = a.report_id AND b.version > a.version)
ORDER BY a.at DESC, a.id LIMIT %s
"""


@look(Permission.TRIAGE_READ)
def list_outages(viewer: Actor, /) -> tuple[ReportOutage, ...]:
    """Of every report that is undecided or in a case and of which an estimate counts; the latest 200, newest first.

    An outage that was estimated to be over by now is left out. Whether that case is open is for who knows cases.
    """
    rows = models.Assessment.objects.filter(id__in=_latest("a.estimate IS NOT NULL")).order_by("-at", "id")
    found = (
        ReportOutage(
            report=ReportId(row.report_id),
            outage=unpack_estimate(row.estimate).outage,
            disruption=Disruption(row.override or row.computed) if row.override or row.computed else None,
            estimated_at=row.at,
        )
        for row in rows
        if row.estimate is not None
    )
    now = timezone.now()
    return tuple(one for one in found if not is_over(one.outage, since=one.estimated_at, now=now))


@look(Permission.TRIAGE_READ)
def list_unestimated(viewer: Actor, /) -> tuple[ReportId, ...]:
    """Reports about availability, undecided or in a case, of which nobody estimated what they may do."""
    found = _latest("a.estimate IS NULL AND a.rsit_class = 'availability'")
    rows = models.Assessment.objects.filter(id__in=found).order_by("-at", "id")
    return tuple(ReportId(one) for one in rows.values_list("report_id", flat=True))


@look(Permission.TRIAGE_READ)
def get_situation(
    viewer: Actor, /, *, outages: Sequence[ReportOutage], supposed: Mapping[str, float] | None = None
) -> Situation | None:
    """These outages at once, with what is supposed beside them; None where nothing is out.

    Raises OutageImpossible.
    """
    more = [Outage(supposed)] if supposed else []
    together = laid_together([*(one.outage for one in outages), *more])
    if not together.shares:
        return None
    network = get_network(viewer, nodes=tuple(together.shares))
    known = {one: share for one, share in together.shares.items() if one in network.dependencies.place}
    whole = Outage(known, together.until_hour, together.recovers_in_hours)
    counted = outages if 1 < len(outages) <= MOST_TAKEN_AWAY else ()
    return Situation(
        estimate=estimate_in(network, whole),
        outages=tuple(outages),
        added={one.report: _added(network, whole, one, outages, more) for one in counted},
    )


def _added(
    network: Network, whole: Outage, one: ReportOutage, outages: Sequence[ReportOutage], more: Sequence[Outage]
) -> Added:
    rest = laid_together([*(other.outage for other in outages if other is not one), *more])
    place = network.dependencies.place
    known = {node: share for node, share in rest.shares.items() if node in place}
    without = Outage(known, rest.until_hour, rest.recovers_in_hours)
    apart = difference(
        Supposition(network.dependencies, interruptions(without)),
        Supposition(network.dependencies, interruptions(whole)),
        runs=_RUNS,
    )
    hours = [(network.names[node], band) for node, band in apart.hours.items() if band.high >= 1]
    return Added(one.report, apart.damage_eur, tuple(sorted(hours, key=lambda each: -each[1].likely)))


def _latest(what: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_LATEST.format(what=what), [_GOING_ON, MOST_OUTAGES])
        return [one for (one,) in cursor.fetchall()]
