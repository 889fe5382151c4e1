"""Sectors of society that the platform serves, and the ids NIS2 gives them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NewType

from meldpunt.vocabulary.bilingual import Bilingual
from meldpunt.vocabulary.errors import UnknownSector
from meldpunt.vocabulary.rows import read_rows

SectorId = NewType("SectorId", str)


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector. `nis2` holds the NIS2 sector ids it falls under (none: outside the directive)."""

    id: SectorId
    name: Bilingual
    nis2: tuple[str, ...]
    has_isac: bool


def all_sectors() -> tuple[Sector, ...]:
    """Every sector, those of the minister's letter first."""
    return tuple(_sectors().values())


def sector(sector_id: str) -> Sector:
    """The sector with this id, such as `drinking-water`. Raises UnknownSector."""
    found = _sectors().get(sector_id)
    if found is None:
        raise UnknownSector(sector_id)
    return found


@cache
def _sectors() -> Mapping[str, Sector]:
    file = read_rows(resources.files(__package__) / "data" / "sectors.toml")
    sectors = (
        Sector(SectorId(row.text("id")), row.bilingual("name"), row.texts("nis2"), row.flag("isac"))
        for row in file.rows("sectors")
    )
    return {sector.id: sector for sector in sectors}
