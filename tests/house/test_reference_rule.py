"""What PostgreSQL returns is what the reference rule allows, for every table, of actors and rows drawn at random."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Collection, Iterator, Mapping

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql
from tests.copies import copied
from tests.house.drawn_rows import CODES, Column, Pools, Session, columns_of, fill, lift_checks

from meldpunt.access.rules import DESK_ROLES, PORTAL_ROLES, permissions_of
from meldpunt.access.rules.readers import READERS, is_readable
from meldpunt.access.rules.reading import Rows, Viewer
from meldpunt.access.values import Door, Role
from meldpunt.entrypoints.postgres import launcher
from meldpunt.entrypoints.postgres.values import SUPERUSER

ROLES = {
    Door.DESK: sorted(DESK_ROLES),
    Door.PORTAL: sorted(PORTAL_ROLES),
    Door.PUBLIC: [Role.STRANGER],
    Door.SENSOR: [Role.SENSOR, Role.FORWARDER],
    Door.JOBS: [Role.JOB],
}
KEYS = {"ledger_node": "hash", "access_recovery": "digest", "access_failure": "address"}
BIND = """
SELECT set_config('role', %s, true), set_config('meldpunt.actor', %s, true),
    set_config('meldpunt.organisation', %s, true), set_config('meldpunt.permissions', %s, true),
    set_config('meldpunt.receipt', %s, true), set_config('meldpunt.key', %s, true)
"""


class Bare:
    """A transaction of the superuser in a database of its own, in which checks are lifted, and its tables."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.tables: Mapping[str, list[Column]] = columns_of(session)

    def key_of(self, table: str) -> str:
        """The column that tells rows of a table apart, and is granted wherever any is."""
        names = [column.name for column in self.tables[table]]
        return KEYS.get(table, "id" if "id" in names else names[0])


@pytest.fixture(scope="module")
def bare(postgres_server: launcher.Server, migrated_template: str) -> Iterator[Bare]:
    with (
        copied(postgres_server, f"rule_{os.getpid()}", of=migrated_template) as name,
        psycopg.connect(postgres_server.dsn(SUPERUSER, name)) as session,
    ):
        lift_checks(session)
        yield Bare(session)
        session.rollback()


def look_as(session: Session, draw: random.Random, pools: Pools) -> Viewer:
    """Bind somebody drawn at random, as `access.binding` does, and say who that is."""
    door = draw.choice(list(Door))
    permissions = permissions_of(draw.sample(ROLES[door], k=draw.randint(1, min(2, len(ROLES[door])))))
    actor = draw.choice([*pools.people, None])
    organisation = draw.choice([*pools.organisations, None])
    receipt, key = draw.choice(["", *CODES]), draw.choice(["", "key 0", "key 1", "key 2"])
    names = [
        f"meldpunt_{door}",
        actor or "",
        organisation or "",
        " ".join(sorted(permissions)),
        receipt,
        key,
    ]
    session.execute(BIND, [str(one) for one in names])
    return Viewer(
        door=door,
        permissions=frozenset(map(str, permissions)),
        actor=actor,
        organisation=organisation,
        receipt_digest=hashlib.sha256(receipt.encode()).digest() if receipt else None,
        key_digest=hashlib.sha256(key.encode()).digest() if key else None,
    )


def returned(bare: Bare, table: str) -> set[object]:
    """The rows that PostgreSQL returns to whoever is bound, by their key; none where nothing is granted."""
    key = bare.key_of(table)
    granted = bare.session.execute("SELECT has_column_privilege(%s, %s, 'SELECT')", [table, key]).fetchone()
    if granted != (True,):
        return set()
    query = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(key), sql.Identifier(table))
    return {row[0] for row in bare.session.execute(query).fetchall()}


def disagreements(
    bare: Bare, draw: random.Random, *, viewers: int, mutated: str = "", tables: Collection[str] = ()
) -> set[str]:
    """Draw a country and people who look at it: the tables, with their doors, where PostgreSQL and the rule differ."""
    found = set()
    with bare.session.transaction(force_rollback=True):
        pools, kept = fill(bare.session, bare.tables, draw)
        if mutated:
            bare.session.execute(mutated.encode())
        rows = Rows(kept, pools.now, is_readable)
        for _ in range(viewers):
            viewer = look_as(bare.session, draw, pools)
            for table in tables or bare.tables:
                allowed = {row[bare.key_of(table)] for row in rows.seen_by(viewer, table)}
                got = returned(bare, table)
                more, fewer = len(got - allowed), len(allowed - got)
                if got != allowed:
                    found.add(f"{table} at {viewer.door}: {more} too many, {fewer} missing")
            bare.session.execute("RESET ROLE")
    return found


def test_every_table_has_a_rule(bare: Bare) -> None:
    assert READERS.keys() == bare.tables.keys()


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_postgresql_returns_what_the_rule_allows(bare: Bare, seed: int) -> None:
    assert disagreements(bare, random.Random(seed), viewers=10) == set()


def test_the_draws_reach_every_rule(bare: Bare) -> None:
    """For each table, somebody at each door that the rule names reads a row, or the comparison would say little."""
    read = set()
    draw = random.Random(20131223)
    for _ in range(150):
        with bare.session.transaction(force_rollback=True):
            pools, kept = fill(bare.session, bare.tables, draw)
            rows = Rows(kept, pools.now, is_readable)
            for viewer in [look_as(bare.session, draw, pools) for _ in range(30)]:
                for table in bare.tables:
                    if rows.seen_by(viewer, table):
                        read.add((table, viewer.door))
    assert read == {(table, door) for table, readers in READERS.items() for door in readers}


WEAKENED = {
    "intake_words": "ALTER POLICY desk_unsealed ON intake_words USING (access_may('report.read'))",
    "intake_report": "ALTER POLICY portal_its_own ON intake_report USING (organisation_id = access_organisation())",
    "intake_reporter": "ALTER POLICY desk_unsealed ON intake_reporter USING (observer_id IS NULL)",
    "disclosure_origin": "ALTER POLICY public_receipt ON disclosure_origin"
    " USING (receipt_digest = access_receipt_digest())",
    "disclosure_reader": "ALTER POLICY portal_itself ON disclosure_reader USING (organisation = access_organisation())",
    "disclosure_version": "ALTER POLICY outside_read ON disclosure_version"
    " USING (disclosure_id IN (SELECT disclosure_id FROM disclosure_reader))",
    "evidence_item": "ALTER POLICY machines_read ON evidence_item"
    " USING (organisation = (SELECT organisation FROM access_machinekey))",
    "access_account": "ALTER POLICY portal_itself ON access_account USING (id = access_actor())",
    "access_machinekey": "ALTER POLICY sensor_shown ON access_machinekey USING (digest = access_key_digest())",
    "ledger_entry": "DROP POLICY outside_in_time ON ledger_entry",
    "openness_release": "ALTER POLICY public_told ON openness_release"
    " USING (EXISTS (SELECT FROM openness_decision d WHERE d.id = decision_id))",
    "constituency_unsealing": "ALTER POLICY desk_its_own ON constituency_unsealing USING (true)",
    "constituency_identity": "CREATE POLICY too_much ON constituency_identity FOR SELECT TO meldpunt_desk"
    " USING (organisation_id IN (SELECT organisation_id FROM constituency_unsealing))",
    "constituency_supervision": "DROP POLICY portal_reads ON constituency_supervision",
}
"""For some tables a policy as it would be with one condition forgotten, or one forgotten altogether."""


@pytest.mark.parametrize("table", WEAKENED)
def test_a_condition_that_is_forgotten_is_noticed(bare: Bare, table: str) -> None:
    draw = random.Random(table)
    assert any(disagreements(bare, draw, viewers=40, mutated=WEAKENED[table], tables=[table]) for _ in range(20))
