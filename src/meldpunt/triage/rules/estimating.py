"""From what the cascade engine computed to what the desk keeps and shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meldpunt.engines.cascade import (
    CascadeError,
    Consequence,
    DependencyNetwork,
    Interruption,
    Lever,
    Reading,
    consequence,
    dutch_economy,
    recovery_coefficient,
    runs_for,
    sector_losses,
)
from meldpunt.engines.cascade import Outage as EngineOutage
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.vital import all_vital_processes

from ..errors import OutageImpossible
from ..values import (
    BiggestLever,
    Disruption,
    EconomicLoss,
    Estimate,
    EstimateReading,
    NextHit,
    Outage,
    SectorLoss,
    Standing,
)

HOURS_READ = (1, 4, 8, 12, 24, 48, 72)
_FELT = 0.01
"""The share from which a process counts as hit at all, in one of twenty runs."""
_RECOVERED = 0.01
"""What may still be out when something is called recovered."""

_Names = Mapping[str, Bilingual]


@dataclass(frozen=True, slots=True)
class InTime:
    """What stands still by whose causes, by hours of its own, of which it is `now_hour` now."""

    causes: EngineOutage
    now_hour: int = 0


def estimate(
    network: DependencyNetwork,
    outage: Outage,
    *,
    in_time: InTime | None = None,
    services: _Names | None = None,
    seed: int = 0,
) -> Estimate:
    """The societal consequence of an outage: per vital process or service the share (above 0, at most 1) that is out.

    All of it begins now, unless `in_time` says when each part did. `services` are the names of the services in the
    network. Raises OutageImpossible.
    """
    names: dict[str, Bilingual] = {process.id: process.name for process in all_vital_processes()}
    names.update(services or {})
    try:
        timed = in_time or InTime(interruptions(outage))
        found = consequence(
            network,
            timed.causes,
            runs=runs_for(network, timed.causes),
            seed=seed,
            hours=_hours_read(outage),
            horizon_hours=HOURS_READ[-1],
            now_hour=timed.now_hour,
        )
        economy = _economic_loss(network, timed)
    except CascadeError as error:
        said = (
            "This outage cannot be computed: choose processes of the list, each with a share above 0 and at most 1,"
            " and an end after at least one hour."
        )
        raise OutageImpossible(said) from error
    return _summary(network, outage, found, economy, names)


def _hours_read(outage: Outage) -> tuple[int, ...]:
    """The usual hours, the last in which it is out, and that at which it ends."""
    return (*HOURS_READ, *([outage.until_hour - 1, outage.until_hour] if outage.until_hour else []))


def interruptions(outage: Outage) -> dict[str, Interruption]:
    """The outage as the engine takes it. Raises OutOfRange of the engine."""
    return {
        node: Interruption(share, outage.until_hour, recovery_of(share, outage.recovers_in_hours))
        for node, share in outage.shares.items()
    }


def recovery_of(share: float, hours: int | None) -> float | None:
    """The coefficient with which so much is back in that time."""
    if hours is None or share <= _RECOVERED:
        return None
    return recovery_coefficient(start=share, end=_RECOVERED, duration=hours)


def _summary(
    network: DependencyNetwork, outage: Outage, found: Consequence, economy: EconomicLoss, names: _Names
) -> Estimate:
    return Estimate(
        outage=outage,
        chance=found.chance.share,
        error=found.chance.error,
        runs=found.runs,
        next_hit=tuple(NextHit(one.node, names[one.node], one.chance.share, one.hours) for one in found.next_hit),
        readings=tuple(_reading(one, names) for one in found.readings),
        disruption=Disruption(found.disruption.value),
        assumptions=found.assumptions,
        lever=_lever(found.lever, names) if found.lever else None,
        economy=economy,
        source=network.source,
        is_verified=network.verified,
    )


def _economic_loss(network: DependencyNetwork, timed: InTime) -> EconomicLoss:
    economy = dutch_economy()
    found = sector_losses(economy, network, timed.causes, horizon_hours=timed.now_hour + HOURS_READ[-1])
    losses = tuple(SectorLoss(one.sector.name, one.out, one.loss_eur) for one in found if one.loss_eur > 0)
    return EconomicLoss(losses, economy.source, economy.verified)


def _reading(reading: Reading, names: _Names) -> EstimateReading:
    standings = [
        Standing(node, names[node], band, node in reading.failing)
        for node, band in reading.inoperability.items()
        if band.high >= _FELT
    ]
    return EstimateReading(
        hour=reading.hour,
        disruption=Disruption(reading.disruption.value),
        chance=reading.chance.share,
        standings=tuple(sorted(standings, key=lambda one: (-one.inoperability.likely, one.node))),
        sectors_hit=reading.sectors_hit,
        damage_eur=reading.damage_eur,
        casualties=reading.casualties,
        people_in_distress=reading.people_in_distress,
    )


def _lever(lever: Lever, names: _Names) -> BiggestLever:
    dependency = lever.dependency
    return BiggestLever(names[dependency.of], names[dependency.on], lever.hours_saved, lever.damage_saved_eur)
