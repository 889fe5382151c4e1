"""Scenarios as they were kept, and laid beside each other in the network of now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from meldpunt.access.binding import look
from meldpunt.access.values import Actor, ActorId, Permission
from meldpunt.engines.cascade.comparing import Difference, Supposition, difference
from meldpunt.intake.values import ReportId

from .. import models
from ..errors import ScenarioNotFound
from ..packing import unpack_estimate
from ..packing_scenarios import unpack_changes
from ..rules.estimating import interruptions
from ..values import By, Compared, Network, Scenario, ScenarioId
from .estimates import estimate_in, get_network

MOST_COMPARED = 4


@look(Permission.TRIAGE_READ)
def list_scenarios(viewer: Actor, /, *, reports: Collection[UUID]) -> tuple[Scenario, ...]:
    """Those of these reports, oldest first within each report."""
    rows = models.Scenario.objects.filter(report_id__in=list(reports)).order_by("report_id", "number")
    return tuple(map(scenario_from, rows))


@look(Permission.TRIAGE_READ)
def get_scenario(viewer: Actor, /, *, scenario: ScenarioId) -> Scenario:
    """One as it was kept. Raises ScenarioNotFound."""
    row = models.Scenario.objects.filter(id=scenario).first()
    if row is None:
        raise ScenarioNotFound("no such scenario")
    return scenario_from(row)


@look(Permission.TRIAGE_READ)
def compare_scenarios(viewer: Actor, /, *, scenarios: Sequence[ScenarioId]) -> tuple[Compared, ...]:
    """The first four of these computed again in the network of now, in the same runs: each against the first.

    Raises ScenarioNotFound, OutageImpossible (a service of it ended since).
    """
    kept = [get_scenario(viewer, scenario=one) for one in dict.fromkeys(scenarios)][:MOST_COMPARED]
    networks = [get_network(viewer, nodes=tuple(one.estimate.outage.shares), changes=one.changes) for one in kept]
    return tuple(_compared(kept[0], networks[0], one, network) for one, network in zip(kept, networks, strict=True))


def scenario_from(row: models.Scenario) -> Scenario:
    """One from its row."""
    return Scenario(
        id=ScenarioId(row.id),
        report=ReportId(row.report_id),
        number=row.number,
        name=row.name,
        changes=unpack_changes(row.changes),
        estimate=unpack_estimate(row.estimate),
        seed=row.seed,
        digest=row.network,
        by=By(ActorId(row.by), row.by_name, row.at),
    )


def _compared(first: Scenario, first_network: Network, one: Scenario, network: Network) -> Compared:
    again = estimate_in(network, one.estimate.outage, one.changes, seed=first.seed)
    apart = None if one is first else _difference(first, first_network, one, network)
    hours = (
        []
        if apart is None
        else [(network.names[node], band) for node, band in apart.hours.items() if _is_felt(band.low, band.high)]
    )
    return Compared(
        scenario=one,
        estimate=again,
        is_of_another_network=one.digest != network.digest,
        damage_eur=apart.damage_eur if apart else None,
        hours=tuple(sorted(hours, key=lambda each: -abs(each[1].likely))),
    )


def _difference(first: Scenario, first_network: Network, one: Scenario, network: Network) -> Difference:
    return difference(
        Supposition(first_network.dependencies, interruptions(first.estimate.outage)),
        Supposition(network.dependencies, interruptions(one.estimate.outage)),
        runs=first.estimate.runs,
        seed=first.seed,
    )


def _is_felt(low: float, high: float) -> bool:
    """Half an hour more or less of standstill, in one of twenty runs."""
    return low <= -0.5 or high >= 0.5
