"""What an outsider may try: every id that there is in a world, and words to search for."""

from __future__ import annotations

from typing import Final

from tests.cast.paths import TABLES, WORDS, Known
from tests.noninterference.acts.reporting import OF_THE_ATTACKER
from tests.noninterference.companies import COMPANIES
from tests.noninterference.victims import FIRST, OTHER
from tests.noninterference.worlds import World

_OF_EACH_SORT: Final = {
    "disclosure": """
        SELECT id FROM (
            SELECT DISTINCT ON (item, state, four_eyes, deferral, readers, files) id, item, proposed_at
            FROM disclosure_disclosure d
            CROSS JOIN LATERAL (
                SELECT string_agg(DISTINCT r.kind || r.organisation, ' ' ORDER BY r.kind || r.organisation) AS readers
                FROM disclosure_reader r WHERE r.disclosure_id = d.id
            ) told
            CROSS JOIN LATERAL (
                SELECT EXISTS (SELECT FROM disclosure_attachment a WHERE a.disclosure_id = d.id) AS files
            ) sent
            ORDER BY item, state, four_eyes, deferral, readers, files, proposed_at, id
        ) one ORDER BY item, proposed_at, id
    """,
    "report": """
        SELECT id FROM (
            SELECT DISTINCT ON (channel, kind) id, received_at FROM intake_report
            WHERE channel <> 'api' ORDER BY channel, kind, received_at, id
        ) one ORDER BY received_at, id
    """,
    "post": """
        SELECT id FROM (
            SELECT DISTINCT ON (state, kind, unattributed, organisation) id, written_at FROM isacs_post
            ORDER BY state, kind, unattributed, organisation, written_at, id
        ) one ORDER BY written_at, id
    """,
}
"""Where there are many alike, one of each sort is asked for by those to whom no page shows it."""


def known_of(world: World) -> Known:
    """Ids of every kind, by the parameter in whose place they may stand."""
    values = {name: tuple(world.column(query)) for name, query in {**TABLES, **_OF_EACH_SORT}.items()}
    newest = [str(one.report) for one in (*world.reports[:1], *world.reports[-1:])]
    values["report"] = tuple(dict.fromkeys([*newest, *values["report"]]))
    values["organisation"] = tuple(world.country.organisations[one] for one in (FIRST, OTHER, "peer", "bank", "police"))
    values["thing"] = (*values["report"][:2], *values["case"], *values["organisation"][:2])
    files = world.column("SELECT disclosure_id || ' ' || id FROM disclosure_attachment")
    files += world.column("SELECT post_id || ' ' || id FROM isacs_file")
    return Known({**values, **WORDS, "format": ("csv",)}, frozenset((one.split()[0], one.split()[1]) for one in files))


def words_of(world: World) -> tuple[str, ...]:
    """The same words in every world: the names and marks of both who could be the victim, and of what happened."""
    both = [one for one in COMPANIES if one.cast in (FIRST, OTHER)]
    marks = [mark for one in both for mark in (one.name, one.domain, one.address, world.country.codes[one.cast])]
    return (*marks, OF_THE_ATTACKER, "203.0.113.140", "storing")
