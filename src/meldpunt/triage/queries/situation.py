"""All that stands still now, by what the desk estimated of reports that are open or in a case, laid together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db import connection
from django.utils import timezone

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, Permission
from meldpunt.engines.cascade.comparing import Difference, Supposition, differences
from meldpunt.intake.values import ReportId, State

from .. import models
from ..rules.estimating import HOURS_READ, InTime
from ..rules.laying import began_at, hours_ago, in_short, is_over, laid_together
from ..values import Added, Disruption, Network, Outage, OutagesNow, ReportOutage, Situation
from .estimates import estimate_in, get_network

_Of = TypeVar("_Of")

MOST_OUTAGES: Final = 200
MOST_TAKEN_AWAY: Final = 12
"""Reports that are taken away in turn to see what each adds; with more of them nobody would read it."""
_LEAST_RUNS, _MOST_RUNS, _NODES = 20, 200, 200_000
"""Runs in which one report is taken away, of a large network fewer."""
_GOING_ON: Final = [one.value for one in (State.RECEIVED, State.KEPT, State.IN_TRIAGE, State.ACCEPTED, State.MERGED)]
_LATEST: Final = """
SELECT a.id, count(*) OVER () FROM triage_assessment a JOIN intake_report r ON r.id = a.report_id
WHERE {what} AND r.state = ANY (%s)
    AND NOT EXISTS (SELECT FROM triage_assessment b WHERE b.report_id = a.report_id AND b.version > a.version)
ORDER BY a.at DESC, a.id LIMIT %s
"""


@look(Permission.TRIAGE_READ)
def list_outages(viewer: Actor, /, *, most: int = MOST_OUTAGES) -> OutagesNow:
    """Of every report that is undecided or in a case and of which an estimate counts; the latest 200, newest first.

    An outage that was estimated to be over by now is left out. Whether that case is open is for who knows cases.
    """
    latest, left_out = _latest("a.estimate IS NOT NULL", most)
    rows = models.Assessment.objects.filter(id__in=latest).order_by("-at", "id")
    told = list(rows.values_list("report_id", "at", "override", "computed", "estimate__outage"))
    versions = _versions([report for report, *_ in told])
    found = []
    for report, at, override, computed, packed in told:
        outage = Outage(**packed)
        began = began_at(versions[report], tuple(outage.shares))
        word = Disruption(override or computed) if override or computed else None
        found.append(ReportOutage(ReportId(report), outage, word, at, began))
    now = timezone.now()
    going_on = tuple(one for one in found if not is_over(one.outage, since=one.estimated_at, now=now))
    return OutagesNow(going_on, left_out)


@look(Permission.TRIAGE_READ)
def list_unestimated(viewer: Actor, /) -> tuple[ReportId, ...]:
    """Reports about availability, undecided or in a case, of which nobody estimated what they may do."""
    found, _ = _latest("a.estimate IS NULL AND a.rsit_class = 'availability'", MOST_OUTAGES)
    rows = models.Assessment.objects.filter(id__in=found).order_by("-at", "id")
    return tuple(ReportId(one) for one in rows.values_list("report_id", flat=True))


@look(Permission.TRIAGE_READ)
def get_situation(
    viewer: Actor, /, *, outages: Sequence[ReportOutage], supposed: Mapping[str, float] | None = None
) -> Situation | None:
    """These outages at once, each from when it began, with what is supposed beside them; None where nothing is out.

    Raises OutageImpossible.
    """
    more = dict(supposed or {})
    short = in_short([*(one.outage for one in outages), Outage(more)])
    if not short.shares:
        return None
    network = get_network(viewer, nodes=tuple(short.shares))
    now = timezone.now()
    now_hour = hours_ago(outages, now=now)

    def laid(counted: Sequence[ReportOutage]) -> InTime:
        return _known(network, laid_together(counted, supposed=more, now=now, now_hour=now_hour))

    whole = laid(outages)
    counted = outages if 1 < len(outages) <= MOST_TAKEN_AWAY else ()
    rests = [laid([other for other in outages if other is not one]) for one in counted]
    return Situation(
        estimate=estimate_in(network, replace(short, shares=_of(network, short.shares)), in_time=whole),
        outages=tuple(outages),
        added=_added(network, whole, dict(zip((one.report for one in counted), rests, strict=True))),
        names=network.names,
    )


def _added(network: Network, whole: InTime, rests: Mapping[ReportId, InTime]) -> dict[ReportId, Added]:
    """What comes on top of the rest, by report."""
    if not rests:
        return {}
    apart = differences(
        [Supposition(network.dependencies, rest.causes) for rest in rests.values()],
        Supposition(network.dependencies, whole.causes),
        runs=max(_LEAST_RUNS, min(_MOST_RUNS, _NODES // len(network.dependencies.nodes))),
        horizon_hours=whole.now_hour + HOURS_READ[-1],
    )
    return {report: _adds(network, report, one) for report, one in zip(rests, apart, strict=True)}


def _adds(network: Network, report: ReportId, apart: Difference) -> Added:
    hours = [(network.names[node], band) for node, band in apart.hours.items() if band.high >= 1]
    return Added(report, apart.damage_eur, tuple(sorted(hours, key=lambda each: -each[1].likely)))


def _known(network: Network, laid: InTime) -> InTime:
    """Without what is in the network no more: a service that ended since."""
    return replace(laid, causes=_of(network, laid.causes))


def _of(network: Network, by_node: Mapping[str, _Of]) -> dict[str, _Of]:
    place = network.dependencies.place
    return {node: value for node, value in by_node.items() if node in place}


def _versions(reports: Sequence[UUID]) -> Mapping[UUID, list[tuple[datetime, Collection[str]]]]:
    """Per report when each version of its assessment was kept and what was out by it, the newest first."""
    rows = models.Assessment.objects.filter(report_id__in=reports).order_by("report_id", "-version")
    found: defaultdict[UUID, list[tuple[datetime, Collection[str]]]] = defaultdict(list)
    for report, at, shares in rows.values_list("report_id", "at", "estimate__outage__shares"):
        found[report].append((at, shares or ()))
    return found


def _latest(what: str, most: int) -> tuple[list[UUID], int]:
    """The latest assessment of so many reports of which that holds, and how many more there are."""
    with connection.cursor() as cursor:
        cursor.execute(_LATEST.format(what=what), [_GOING_ON, most])
        rows = cursor.fetchall()
    return [one for one, _ in rows], (rows[0][1] - len(rows) if rows else 0)
