"""Networks from data files: the Dutch one, or that of another country."""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from meldpunt.engines.cascade.network import Band, Dependency, DependencyNetwork, Impact, Process
from meldpunt.vocabulary import vital_process
from meldpunt.vocabulary.rows import Row, read_rows

HOURS_PER_DAY = 24


@cache
def dutch_network() -> DependencyNetwork:
    """The 28 Dutch vital processes with this project's illustrative estimates (not verified)."""
    return load_network(resources.files(__package__) / "data" / "nl_vital_dependencies.toml")


def load_network(file: Traversable) -> DependencyNetwork:
    """A network from a data file; sectors come from the vocabulary of vital processes.

    Raises `DataFileInvalid` and `UnknownVitalProcess` of the vocabulary, and what `DependencyNetwork` raises.
    """
    rows = read_rows(file)
    network = DependencyNetwork(
        processes=tuple(_process_from(row) for row in rows.rows("processes")),
        dependencies=tuple(_dependency_from(row) for row in rows.rows("dependencies")),
        source=rows.bilingual("source"),
        estimated_on=rows.day("estimated_on"),
        verified=rows.flag("verified"),
    )
    rows.refuse_unread()
    return network


def _process_from(row: Row) -> Process:
    process = vital_process(row.text("id"))
    impact = Impact(
        damage_eur_per_hour=row.whole("damage_eur_per_hour"),
        casualties_per_hour=row.whole("casualties_per_day") / HOURS_PER_DAY,
        people_in_distress=row.whole("people_in_distress"),
    )
    return Process(process.id, process.sector.id, impact)


def _dependency_from(row: Row) -> Dependency:
    percent = _band_from(row.row("percent"))
    return Dependency(
        of=row.text("of"),
        on=row.text("on"),
        strength=Band(percent.low / 100, percent.likely / 100, percent.high / 100),
        buffer_hours=_band_from(row.row("buffer_hours")),
    )


def _band_from(row: Row) -> Band:
    band = Band(row.whole("low"), row.whole("likely"), row.whole("high"))
    row.refuse_unread()
    return band
