"""A multitude of rows, made in SQL from one number, so that two runs measure the same.

Every value follows from the number of its row. Foreign keys are not looked at while the rows come in; the rows keep
every check.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import psycopg
from psycopg import sql

Owner = psycopg.Connection[tuple[object, ...]]


@dataclass(frozen=True)
class Size:
    """How many of each; what is not named follows from these."""

    reports: int
    constituents: int


_PLAIN: Final[Mapping[str, str]] = {
    "uuid": "gen_random_uuid()",
    "timestamp with time zone": "now() - n * interval '30 seconds'",
    "date": "current_date",
    "boolean": "false",
    "jsonb": "'{}'",
    "bytea": "sha256(n::text::bytea)",
    "integer": "1",
    "bigint": "1",
    "double precision": "0",
    "smallint": "1",
}
_REQUIRED: Final = """
SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND attnotnull AND NOT atthasdef AND attidentity = ''
"""
SECTORS: Final = "(ARRAY['energy','banking','drinking-water','digital-infrastructure','health','transport'])[1 + n % 6]"


_AT: Final = "timestamptz '2026-01-01 00:00:00+00' - n * interval '1 minute'"
_KIND: Final = "(ARRAY['received','decided','read','disclosed'])[1 + n % 4]"
_SAYS: Final = """format('{"about":null,"actor":"%s","at":"%s","details":{},"id":"%s","kind":"%s","readable_from":null,'
    || '"subject":null}', md5('person' || n)::uuid, to_char(_AT AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
    md5('entry' || n)::uuid, _KIND)""".replace("_AT", f"({_AT})").replace("_KIND", _KIND)


def id_of(noun: str, number: str = "n") -> str:
    """The id of a row by the noun of its table and its number, as SQL."""
    return f"md5('{noun}' || {number})::uuid"


def rows_of(size: Size) -> list[tuple[str, int, dict[str, str]]]:
    """Table, how many, and the columns that matter as SQL over `n`; the rest holds something of its kind."""
    few = size.constituents
    tenth, told = max(size.reports // 10, 1), max(size.reports // 20, 1)
    words = "'Melding ' || n || ' over woord' || n % 5000 || ' en pomp' || n % 977"
    received = "now() - n * interval '30 seconds'"
    organisation = f"CASE WHEN n % 3 = 0 THEN {id_of('organisation', f'n % {few}')} END"
    return [
        ("constituency_organisation", few, {"id": id_of("organisation", "(n - 1)"), "code": "'C-' || n",
            "kind": "'constituent'", "sector": SECTORS, "entity_kind": "'essential'"}),
        ("constituency_identity", few, {"organisation_id": id_of("organisation", "(n - 1)"),
            "name": "'Bedrijf ' || n"}),
        ("intake_report", size.reports, {"id": id_of("report"), "reference": "'MP-' || n", "title": words,
            "text": words, "sector": SECTORS, "channel": "'web'", "kind": "'voluntary'", "received_at": received,
            "receipt_digest": "sha256(n::text::bytea)", "organisation_id": organisation, "is_own": "n % 3 = 0",
            "attributed_by": "CASE WHEN n % 3 = 0 THEN 'logged-in' ELSE '' END",
            "state": "CASE WHEN n % 100 = 0 THEN 'received' WHEN n % 5 = 0 THEN 'accepted' ELSE 'closed' END"}),
        ("intake_words", size.reports, {"report_id": id_of("report"), "title": words, "text": words}),
        ("triage_assessment", tenth, {"report_id": id_of("report", "n * 10"), "version": "1",
            "computed": "'possibly'", "rsit_class": "'fraud'", "reason": "'gezien'"}),
        ("triage_line", size.reports, {"report_id": id_of("report"), "is_open": "n % 100 = 0", "channel": "'web'",
            "kind": "'voluntary'", "sector": SECTORS, "duty": "2", "began_at": received, "received_at": received,
            "changed_at": received, "news_at": received, "weight": "1",
            "gravity": "CASE WHEN n % 10 = 0 THEN 2 ELSE 3 END",
            "state": "CASE WHEN n % 100 = 0 THEN 'received' WHEN n % 5 = 0 THEN 'accepted' ELSE 'closed' END"}),
        ("cases_case", told, {"id": id_of("case"), "reference": "'C-' || n", "title": words, "sector": SECTORS,
            "state": "CASE WHEN n % 20 = 0 THEN 'open' ELSE 'closed' END", "opened_at": received,
            "closing_reason": "'klaar'"}),
        ("disclosure_disclosure", told, {"id": id_of("disclosure"), "item": "'warning'", "state": "'delivered'",
            "tlp": "'TLP:AMBER'", "proposed_at": received, "delivered_at": received, "decided_by": "gen_random_uuid()",
            "grounds": "'[]'"}),
        ("disclosure_proposal", told, {"disclosure_id": id_of("disclosure"), "title": words}),
        ("disclosure_reader", told, {"disclosure_id": id_of("disclosure"), "kind": "'organisation'",
            "organisation": id_of("organisation", f"n % {few}")}),
        ("disclosure_origin", told, {"disclosure_id": id_of("disclosure"), "report": id_of("report", "n * 20")}),
        ("ledger_entry", size.reports // 2, {"id": id_of("entry"), "actor": id_of("person"), "kind": _KIND, "at": _AT,
            "position": "n - 1", "content": _SAYS}),
    ]  # fmt: skip


def make_rows(owner: Owner, size: Size) -> float:
    """Fill the tables; the seconds it took."""
    begun = time.monotonic()
    fill(owner, rows_of(size))
    return time.monotonic() - begun


def fill(owner: Owner, rows: Iterable[tuple[str, int, Mapping[str, str]]]) -> None:
    """Make so many rows of each table, as `rows_of` says them, and let PostgreSQL count what it has."""
    made = list(rows)
    with owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        for table, count, given in made:
            _make(owner, table, count, given)
    for table, _, _ in made:
        owner.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(table)))


def _make(owner: Owner, table: str, count: int, given: Mapping[str, str]) -> None:
    required = owner.execute(_REQUIRED, [table]).fetchall()
    plain = {str(name): _PLAIN.get(str(kind), "'{}'" if str(kind).endswith("[]") else "''") for name, kind in required}
    values = plain | dict(given)
    names, made = ", ".join(values), ", ".join(values.values())
    # Names and expressions are ours; nothing of anybody else comes in here.
    statement = f"INSERT INTO {table} ({names}) SELECT {made} FROM generate_series(1, {count}) AS n"  # noqa: S608
    owner.execute(statement.encode())
