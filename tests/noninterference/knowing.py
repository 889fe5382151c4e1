"""What an outsider may try: every id that there is in a world, and words to search for."""

from __future__ import annotations

from tests.cast.paths import TABLES, WORDS, Known
from tests.noninterference.acts.reporting import OF_THE_ATTACKER
from tests.noninterference.companies import COMPANIES
from tests.noninterference.victims import FIRST, OTHER
from tests.noninterference.worlds import World


def known_of(world: World) -> Known:
    """Every id of every kind, by the parameter in whose place it may stand."""
    values = {name: tuple(world.column(query)) for name, query in TABLES.items()}
    told = "SELECT id FROM intake_report WHERE channel <> 'api' ORDER BY received_at, id"
    values["report"] = tuple(dict.fromkeys([*world.column(told), *(str(one.report) for one in world.reports)]))
    values["organisation"] = tuple(world.country.organisations[one] for one in (FIRST, OTHER, "peer", "bank", "police"))
    values["thing"] = (*values["report"][:2], *values["case"], *values["organisation"][:2])
    files = world.column("SELECT disclosure_id || ' ' || id FROM disclosure_attachment")
    return Known({**values, **WORDS}, frozenset((one.split()[0], one.split()[1]) for one in files))


def words_of(world: World) -> tuple[str, ...]:
    """The same words in every world: the names and marks of both who could be the victim, and of what happened."""
    both = [one for one in COMPANIES if one.cast in (FIRST, OTHER)]
    marks = [mark for one in both for mark in (one.name, one.domain, one.address, world.country.codes[one.cast])]
    return (*marks, OF_THE_ATTACKER, "203.0.113.140", "storing")
