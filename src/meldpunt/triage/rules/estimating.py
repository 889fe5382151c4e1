"""From what the cascade engine computed to what the desk keeps and shows."""

from __future__ import annotations

from collections.abc import Mapping

from meldpunt.engines.cascade import CascadeError, Consequence, DependencyNetwork, Lever, Reading, consequence
from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.vital import VitalProcessId, vital_process

from ..errors import OutageImpossible
from ..values import Disruption, Estimate, EstimateReading, Standing

_FELT = 0.01
"""The share from which a process counts as hit at all, in the strongest of the three runs."""


def estimate(network: DependencyNetwork, outage: Mapping[str, float]) -> Estimate:
    """The societal consequence of an outage: per vital process the share (above 0, at most 1) that stands still.

    Raises OutageImpossible.
    """
    asked = {VitalProcessId(process): share for process, share in outage.items()}
    try:
        found = consequence(network, asked)
    except CascadeError as error:
        said = "This outage cannot be computed: choose processes of the list, each with a share above 0 and at most 1."
        raise OutageImpossible(said) from error
    return _summary(network, dict(outage), found)


def _summary(network: DependencyNetwork, outage: Mapping[str, float], found: Consequence) -> Estimate:
    return Estimate(
        outage=outage,
        readings=tuple(_reading(one) for one in found.readings),
        disruption=Disruption(found.disruption.value),
        assumptions=found.assumptions,
        lever=_lever(found.lever) if found.lever else None,
        source=network.source,
        is_verified=network.verified,
    )


def _reading(reading: Reading) -> EstimateReading:
    standings = [
        Standing(process, vital_process(process).name, band, process in reading.failing)
        for process, band in reading.inoperability.items()
        if band.high >= _FELT
    ]
    return EstimateReading(
        hour=reading.hour,
        disruption=Disruption(reading.disruption.value),
        standings=tuple(sorted(standings, key=lambda one: (-one.inoperability.likely, one.process))),
        sectors_hit=reading.sectors_hit,
        damage_eur=reading.damage_eur,
        casualties=reading.casualties,
        people_in_distress=reading.people_in_distress,
    )


def _lever(lever: Lever) -> Bilingual:
    of, on = vital_process(lever.dependency.of).name, vital_process(lever.dependency.on).name
    hours = round(lever.hours_lost)
    return Bilingual(
        f"{of.nl} leunt op {on.nl}: dat kost {hours} uur stilstand",
        f"{of.en} leans on {on.en}: that costs {hours} hours of standstill",
    )
