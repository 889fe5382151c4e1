"""What the sectors of an economy deliver to each other, and what an outage costs them: an input-output table as data.

Supply-driven (Ghosh; Xu et al. 2011) the loss runs from who stops to who buys from it: who is hit next. Demand-driven
(Leontief; Haimes & Jiang 2001) it runs to who sells to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np

from meldpunt.engines.cascade.errors import DoesNotAddUp
from meldpunt.engines.cascade.inoperability import inoperability
from meldpunt.engines.cascade.interdependency import Driven, Interdependency, Values
from meldpunt.engines.cascade.network import DependencyNetwork, Process
from meldpunt.engines.cascade.outage import Outage
from meldpunt.vocabulary import Bilingual, SectorId, sector
from meldpunt.vocabulary.rows import Row, read_rows

HOURS_PER_YEAR = 8760
_MILLION = 1_000_000
_FINAL_USES = ("households", "government", "fixed_capital", "exports")
_ROUNDING = 0.5
"""Figures are whole millions, so each may be half a million off."""


@dataclass(frozen=True, slots=True)
class EconomicSector:
    """One row of the table. `sections` are those of the classification; output in euro per year."""

    id: str
    name: Bilingual
    sections: str
    output_eur: float


@dataclass(frozen=True, slots=True)
class Part:
    """A sector of ours is this share of an economic sector (its place in the table)."""

    place: int
    share: float


@dataclass(frozen=True, eq=False, slots=True)
class Economy:
    """`flows[i, j]` is what sector i delivers to sector j, in euro per year."""

    sectors: tuple[EconomicSector, ...]
    flows: Values
    parts: Mapping[SectorId, Part]
    source: Bilingual
    classification: str
    year: int
    verified: bool

    @property
    def output(self) -> Values:
        """What each sector makes, in euro per year."""
        return np.array([one.output_eur for one in self.sectors])

    def interdependency(self, driven: Driven) -> Interdependency:
        """The matrix of the inoperability model, toward customers (supply) or suppliers (demand)."""
        names = [one.id for one in self.sectors]
        return Interdependency.from_flows(names, flows=self.flows, output=self.output, driven=driven)


@dataclass(frozen=True, slots=True)
class SectorLoss:
    """What an economic sector loses: `struck` and `out` are shares of its output at the gravest hour, of itself and in
    all; `loss_eur` is the output that was not made within the horizon.
    """

    sector: EconomicSector
    struck: float
    out: float
    loss_eur: float


def sector_losses(
    economy: Economy,
    network: DependencyNetwork,
    outage: Outage,
    *,
    horizon_hours: int = 72,
    driven: Driven = Driven.SUPPLY,
) -> tuple[SectorLoss, ...]:
    """What each economic sector loses within the horizon, those that lose most of their output first.

    An economic sector is struck by the part of it that ours is, times the process of ours of which most is out; every
    hour is the static model, without buffers: an upper bound. Named services strike no sector by themselves.
    Raises `UnknownNode`.
    """
    matrix = economy.interdependency(driven)
    struck = np.array([_struck(economy, network, outage, hour) for hour in range(horizon_hours)])
    distinct, hours = np.unique(struck, axis=0, return_inverse=True)
    out = np.array([inoperability(matrix, pushed) for pushed in distinct])[hours.reshape(-1)]
    losses = out.sum(axis=0) * economy.output / HOURS_PER_YEAR
    found = [
        SectorLoss(one, float(struck[:, place].max()), float(out[:, place].max()), float(losses[place]))
        for place, one in enumerate(economy.sectors)
    ]
    return tuple(sorted(found, key=lambda one: (-one.out, one.sector.id)))


def _struck(economy: Economy, network: DependencyNetwork, outage: Outage, hour: int) -> Values:
    most: dict[SectorId, float] = {}
    for id_, interruption in outage.items():
        node = network.node(id_)
        if isinstance(node, Process):
            most[node.sector] = max(most.get(node.sector, 0.0), interruption.at(hour))
    pushed = np.zeros(len(economy.sectors))
    for ours, share in most.items():
        if ours in economy.parts:
            pushed[economy.parts[ours].place] += economy.parts[ours].share * share
    return np.minimum(pushed, 1.0)


@cache
def dutch_economy() -> Economy:
    """Six sectors of the Netherlands in 2006."""
    return load_economy(resources.files(__package__) / "data" / "nl_economy_2006.toml")


def load_economy(file: Traversable) -> Economy:
    """An input-output table from a data file.

    Raises `DoesNotAddUp` when a row, a column or the parts of a sector do not, and `DataFileInvalid` and
    `UnknownSector` of the vocabulary.
    """
    rows = read_rows(file)
    millions = rows.flag("millions_of_euro_per_year")
    lines = [_Line.of(row) for row in rows.rows("sectors")]
    _check(lines)
    unit = _MILLION if millions else 1
    ids = [line.id for line in lines]
    economy = Economy(
        sectors=tuple(EconomicSector(line.id, line.name, line.sections, line.output * unit) for line in lines),
        flows=np.array([[line.deliveries[id_] for id_ in ids] for line in lines], dtype=np.float64) * unit,
        parts=_parts(rows, ids),
        source=rows.bilingual("source"),
        classification=rows.text("classification"),
        year=rows.whole("year"),
        verified=rows.flag("verified"),
    )
    rows.refuse_unread()
    return economy


@dataclass(frozen=True, slots=True)
class _Line:
    """A sector as the file has it; money in the unit of the file."""

    id: str
    name: Bilingual
    sections: str
    output: int
    deliveries: Mapping[str, int]
    final_uses: int
    from_outside: int

    @classmethod
    def of(cls, row: Row) -> _Line:
        deliveries, uses = row.row("deliveries"), row.row("final_uses")
        line = cls(
            id=row.text("id"),
            name=row.bilingual("name"),
            sections=row.text("sections"),
            output=row.whole("output"),
            deliveries={id_: deliveries.whole(id_) for id_ in deliveries.cells},
            final_uses=sum(uses.whole(use) for use in _FINAL_USES),
            from_outside=row.whole("imports") + row.whole("taxes_on_products") + row.whole("value_added"),
        )
        uses.refuse_unread()
        return line


def _check(lines: Sequence[_Line]) -> None:
    ids = {line.id for line in lines}
    for line in lines:
        if set(line.deliveries) != ids or len(ids) != len(lines):
            raise DoesNotAddUp(f"The deliveries of {line.id} do not name every sector once.")
    for line in lines:
        # So many figures of whole millions stand on one side, and one on the other.
        slack = _ROUNDING * (len(lines) + len(_FINAL_USES) + 1)
        if abs(sum(line.deliveries.values()) + line.final_uses - line.output) > slack:
            raise DoesNotAddUp(f"Deliveries and final uses of {line.id} are not its output.")
        if abs(sum(other.deliveries[line.id] for other in lines) + line.from_outside - line.output) > slack:
            raise DoesNotAddUp(f"What {line.id} takes and adds is not its output.")


def _parts(rows: Row, ids: Sequence[str]) -> dict[SectorId, Part]:
    parts: dict[SectorId, Part] = {}
    for row in rows.rows("parts"):
        ours, of = sector(row.text("sector")).id, row.text("of")
        if of not in ids or ours in parts:
            raise DoesNotAddUp(f"{ours} is part of {of}, which the table has not, or twice a part.")
        parts[ours] = Part(ids.index(of), row.whole("percent") / 100)
    for place, id_ in enumerate(ids):
        if sum(part.share for part in parts.values() if part.place == place) > 1:
            raise DoesNotAddUp(f"The parts of {id_} are more than the whole.")
    return parts
