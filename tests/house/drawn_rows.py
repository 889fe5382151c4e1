"""Rows drawn at random into every table, as the superuser would put them there, and read back as they came to stand.

Checks and foreign keys are lifted for the transaction: a policy has to hold for a row whatever it says. What decides
who reads is drawn from a few values, so that they often meet.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from meldpunt.access.rules.reading import Row

Session = psycopg.Connection[tuple[object, ...]]

CATALOGUE: Final = """
SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attnotnull, a.attidentity <> '' OR a.attgenerated <> '',
    (SELECT k.confrelid::regclass::text FROM pg_constraint AS k
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.conkey = ARRAY[a.attnum]),
    greatest(a.atttypmod - 4, 0)
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname, a.attnum
"""
LIFT: Final = """
SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname)
FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
WHERE k.contype IN ('c', 'x') AND c.relrowsecurity AND c.relnamespace = 'public'::regnamespace
"""
CODES: Final = ("VALID-CODE-ONE", "VALID-CODE-TWO")
LOGINS: Final = ("one@desk.example", "two@portal.example")
CERTIFICATES: Final = ("certificate one", "certificate two")
WORDS: Final[Mapping[str, tuple[object, ...]]] = {
    "disclosure_disclosure.state": ("proposed", "waiting-for-approval", "delivered", "superseded", "withdrawn"),
    "disclosure_disclosure.item": ("overview", "letter"),
    "disclosure_reader.kind": ("public", "organisation", "detection-network", "detection-network"),
    "disclosure_delivery.channel": ("mail", "mail-notice", "reporter-mail", "portal", "public-site", "api"),
    "disclosure_delivery.state": ("waiting", "sent", "withdrawn"),
    "disclosure_envelope.state": ("waiting", "sent"),
    "disclosure_envelope.trouble": ("", "bounced"),
    "ledger_entry.kind": ("decided", "decided", "erased"),
    "openness_request.state": ("open", "decided"),
    "intake_draft.door": ("desk", "portal", "public"),
    "evidence_upload.door": ("portal", "public"),
    "intake_report.channel": ("web", "sighting", "api"),
    "access_machinecertificate.fingerprint": tuple(hashlib.sha256(one.encode()).digest() for one in CERTIFICATES),
    "intake_submittedstage.stage": ("early-warning", "addition", "correction"),
    "constituency_organisation.kind": ("constituent", "party"),
    "constituency_organisation.sector": ("energy", "banking"),
    "constituency_isac.sector": ("energy", "banking"),
    "access_machinekey.role": ("sensor", "reader", "forwarder"),
    "access_account.door": ("desk", "portal"),
    "access_account.email": LOGINS,
    "isacs_post.state": ("draft", "waiting", "told", "withdrawing"),
    "isacs_motion.kind": ("join", "leave"),
    "isacs_motion.state": ("asked", "granted"),
    "intake_observable.kind": ("domain",),
    "intake_observable.value": ("a.example", "b.example"),
    "cases_observable.kind": ("domain",),
    "cases_observable.value": ("a.example", "b.example"),
}
"""Columns that a rule asks for a word."""
EMPTY: Final[Mapping[str, float]] = {
    "access_machinekey.revoked_at": 0.8,
    "access_machinecertificate.revoked_at": 0.8,
    "access_machinekey.organisation": 0.1,
    "advice_advice.disclosure_id": 0.1,
    "disclosure_reader.organisation": 0.1,
}
"""How often a column holds nothing, where it is not a third of the time."""
ARRAYS: Final[Mapping[str, str]] = {"disclosure_version.attachments": "disclosure_attachment"}
"""Columns that hold ids of another table."""
POINTS: Final[Mapping[str, str]] = {
    "isacs_told.disclosure": "disclosure_disclosure",
    "isacs_motion.isac": "constituency_isac",
    "openness_decision.publication_id": "disclosure_disclosure",
}
"""Columns that name a row of another table without a foreign key."""
EITHER: Final[Mapping[str, tuple[str, ...]]] = {"evidence_part.item": ("evidence_item", "evidence_upload")}
"""Columns that name a row of one of several tables."""
ORGANISATION: Final = ("organisation", "organisation_id", "party_id", "about", "observer_id")
PER_TABLE: Final = 3


@dataclass(frozen=True)
class Column:
    """A column as the catalogue knows it."""

    name: str
    kind: str
    required: bool
    target: str | None
    length: int


@dataclass
class Pools:
    """The few values that decide: who there is, and the ids of every table."""

    draw: random.Random
    now: datetime
    people: list[UUID] = field(default_factory=list)
    organisations: list[UUID] = field(default_factory=list)
    ids: dict[str, list[UUID]] = field(default_factory=dict)

    def uuid(self) -> UUID:
        """A new id."""
        return UUID(int=self.draw.getrandbits(128), version=4)


def columns_of(session: Session) -> dict[str, list[Column]]:
    """Every table with row security, and what may be written in it."""
    found: dict[str, list[Column]] = {}
    for table, name, kind, required, generated, target, length in session.execute(CATALOGUE).fetchall():
        if not generated or name == "id":
            column = Column(str(name), str(kind), bool(required), str(target) if target else None, int(str(length)))
            found.setdefault(str(table), []).append(column)
    return found


def lift_checks(session: Session) -> None:
    """For the rest of the transaction a row may say anything."""
    session.execute("SET LOCAL session_replication_role = replica")
    for (statement,) in session.execute(LIFT).fetchall():
        session.execute(str(statement).encode())


def fill(
    session: Session, tables: Mapping[str, list[Column]], draw: random.Random
) -> tuple[Pools, dict[str, list[Row]]]:
    """Draw rows into every table; who there is, and the rows as they came to stand."""
    (now,) = session.execute("SELECT now()").fetchone() or (datetime.now(UTC),)
    assert isinstance(now, datetime)
    pools = Pools(draw, now)
    pools.people = [pools.uuid() for _ in range(3)]
    pools.ids = {table: [pools.uuid() for _ in range(PER_TABLE)] for table in tables}
    pools.organisations = pools.ids["constituency_organisation"]
    # Machines act in their own name, and a session acts as an account.
    pools.people += pools.ids["access_machinekey"][:2] + pools.ids["access_account"][:1]
    for table, columns in tables.items():
        _insert(session, table, columns, pools)
    return pools, {table: _kept(session, table) for table in tables}


def _insert(session: Session, table: str, columns: list[Column], pools: Pools) -> None:
    rows = [
        [_value(f"{table}.{column.name}", column, place, pools) for column in columns] for place in range(PER_TABLE)
    ]
    line = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    statement = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE VALUES {} ON CONFLICT DO NOTHING").format(
        sql.Identifier(table),
        sql.SQL(", ").join(sql.Identifier(column.name) for column in columns),
        sql.SQL(", ").join([line] * len(rows)),
    )
    session.execute(statement, [value for row in rows for value in row])


def _kept(session: Session, table: str) -> list[Row]:
    with session.cursor(row_factory=dict_row) as cursor:
        return list(cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))).fetchall())


def _value(place: str, column: Column, number: int, pools: Pools) -> object:
    table = place.split(".", 1)[0]
    if column.name == "id" and column.kind == "uuid":
        return pools.ids[table][number]
    if not column.required and place not in WORDS and pools.draw.random() < EMPTY.get(place, 0.35):
        return None
    choices = _choices(place, column, pools)
    return pools.draw.choice(choices) if choices else _plain(column, number, pools)


def _choices(place: str, column: Column, pools: Pools) -> Sequence[object]:
    """The few values of which a column that decides holds one."""
    if place in WORDS:
        return WORDS[place]
    if place in ARRAYS:
        return [[one for one in pools.ids[ARRAYS[place]] if pools.draw.random() < 0.6]]
    if place in EITHER:
        return [one for table in EITHER[place] for one in pools.ids[table]]
    if column.kind == "uuid":
        target = POINTS.get(place, column.target)
        theirs = pools.ids.get(target or "", pools.people)
        return pools.organisations if column.name in ORGANISATION else theirs
    if column.name == "receipt_digest":
        return [hashlib.sha256(code.encode()).digest() for code in CODES]
    return {
        "timestamp with time zone": [pools.now + timedelta(days=days) for days in (-1, 1)],
        "boolean": [True, False],
        "date": [pools.now.date()],
        "jsonb": ["{}"],
    }.get(column.kind, [])


def _plain(column: Column, number: int, pools: Pools) -> object:
    """Something of the kind, that nothing depends on."""
    if column.name == "digest":
        return hashlib.sha256(f"key {number}".encode()).digest()
    if column.kind.endswith("[]"):
        return []
    made = pools.draw.randrange(1, 30000)
    text = f"w{made}"
    values: Mapping[str, object] = {
        **dict.fromkeys(("integer", "bigint", "smallint", "numeric", "double precision"), made),
        "xid8": str(made),
        **dict.fromkeys(("inet", "cidr"), f"192.0.2.{made % 256}/32"),
        "bytea": pools.draw.randbytes(32),
    }
    return values.get(column.kind, text[: column.length] if column.length else text)
