"""An estimate as JSON and back. Names and assumptions are kept whole: what was known can be shown as it was known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias, cast

from meldpunt.engines.cascade import Band
from meldpunt.vocabulary.bilingual import Bilingual

from .values import (
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

Packed: TypeAlias = dict[str, object]
_Rows: TypeAlias = Sequence[Mapping[str, object]]


def pack_estimate(estimate: Estimate) -> Packed:
    """The estimate for a JSON column."""
    return {
        "outage": {
            "shares": dict(estimate.outage.shares),
            "until_hour": estimate.outage.until_hour,
            "recovers_in_hours": estimate.outage.recovers_in_hours,
        },
        "chance": estimate.chance,
        "error": estimate.error,
        "runs": estimate.runs,
        "next_hit": [
            {"node": one.node, "name": _words(one.name), "chance": one.chance, "hours": _band(one.hours)}
            for one in estimate.next_hit
        ],
        "disruption": estimate.disruption.value,
        "assumptions": [_words(one) for one in estimate.assumptions],
        "lever": _pack_lever(estimate.lever) if estimate.lever else None,
        "economy": _pack_economy(estimate.economy),
        "source": _words(estimate.source),
        "verified": estimate.is_verified,
        "readings": [_pack_reading(reading) for reading in estimate.readings],
    }


def _pack_reading(reading: EstimateReading) -> Packed:
    return {
        "hour": reading.hour,
        "disruption": reading.disruption.value,
        "chance": reading.chance,
        "sectors_hit": _band(reading.sectors_hit),
        "damage_eur": _band(reading.damage_eur),
        "casualties": _band(reading.casualties),
        "people_in_distress": _band(reading.people_in_distress),
        "standings": [
            {
                "node": one.node,
                "name": _words(one.name),
                "inoperability": _band(one.inoperability),
                "failing": one.is_failing,
            }
            for one in reading.standings
        ],
    }


def unpack_estimate(packed: Mapping[str, object]) -> Estimate:
    """The estimate of `pack_estimate`."""
    return Estimate(
        outage=Outage(**cast("dict[str, Any]", packed["outage"])),
        chance=cast(float, packed["chance"]),
        error=cast(float, packed["error"]),
        runs=cast(int, packed["runs"]),
        next_hit=tuple(
            NextHit(
                node=str(one["node"]),
                name=_bilingual(one["name"]),
                chance=cast(float, one["chance"]),
                hours=_read_band(one["hours"]),
            )
            for one in cast(_Rows, packed["next_hit"])
        ),
        readings=tuple(_reading(row) for row in cast(_Rows, packed["readings"])),
        disruption=Disruption(str(packed["disruption"])),
        assumptions=tuple(_bilingual(one) for one in cast("Sequence[object]", packed["assumptions"])),
        lever=_read_lever(cast("Mapping[str, object]", packed["lever"])) if packed["lever"] else None,
        economy=_read_economy(cast("Mapping[str, object]", packed["economy"])),
        source=_bilingual(packed["source"]),
        is_verified=bool(packed["verified"]),
    )


def _reading(row: Mapping[str, object]) -> EstimateReading:
    return EstimateReading(
        hour=cast(int, row["hour"]),
        disruption=Disruption(str(row["disruption"])),
        chance=cast(float, row["chance"]),
        standings=tuple(
            Standing(
                node=str(one["node"]),
                name=_bilingual(one["name"]),
                inoperability=_read_band(one["inoperability"]),
                is_failing=bool(one["failing"]),
            )
            for one in cast(_Rows, row["standings"])
        ),
        sectors_hit=_read_band(row["sectors_hit"]),
        damage_eur=_read_band(row["damage_eur"]),
        casualties=_read_band(row["casualties"]),
        people_in_distress=_read_band(row["people_in_distress"]),
    )


def _pack_lever(lever: BiggestLever) -> Packed:
    return {
        "of": _words(lever.of),
        "on": _words(lever.on),
        "hours_saved": lever.hours_saved,
        "damage_saved_eur": lever.damage_saved_eur,
    }


def _read_lever(packed: Mapping[str, object]) -> BiggestLever:
    return BiggestLever(
        of=_bilingual(packed["of"]),
        on=_bilingual(packed["on"]),
        hours_saved=cast(float, packed["hours_saved"]),
        damage_saved_eur=cast(float, packed["damage_saved_eur"]),
    )


def _pack_economy(economy: EconomicLoss) -> Packed:
    losses = [{"name": _words(one.name), "out": one.out, "loss_eur": one.loss_eur} for one in economy.losses]
    return {"losses": losses, "source": _words(economy.source), "verified": economy.is_verified}


def _read_economy(packed: Mapping[str, object]) -> EconomicLoss:
    losses = (
        SectorLoss(_bilingual(row["name"]), cast(float, row["out"]), cast(float, row["loss_eur"]))
        for row in cast(_Rows, packed["losses"])
    )
    return EconomicLoss(tuple(losses), _bilingual(packed["source"]), bool(packed["verified"]))


def _words(wording: Bilingual) -> list[str]:
    return [wording.nl, wording.en]


def _bilingual(packed: object) -> Bilingual:
    return Bilingual(*cast("tuple[str, str]", packed))


def _band(band: Band) -> list[float]:
    return [band.low, band.likely, band.high]


def _read_band(packed: object) -> Band:
    return Band(*cast("tuple[float, float, float]", packed))
