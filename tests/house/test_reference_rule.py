"""What PostgreSQL returns and lets change is what the reference rule allows, of actors and rows drawn at random."""

from __future__ import annotations

import hashlib
import itertools
import os
import random
from collections.abc import Collection, Iterator, Mapping

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql
from tests.copies import copied
from tests.house.drawn_rows import CERTIFICATES, CODES, Column, Pools, Session, columns_of, fill, lift_checks

from meldpunt.access.rules import DESK_ROLES, PORTAL_ROLES, permissions_of
from meldpunt.access.rules.readers import READERS, is_readable
from meldpunt.access.rules.reading import Row, Rows, Viewer
from meldpunt.access.rules.writers import ADDERS, CHANGERS, REMOVERS, is_changeable, is_removable
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
KEYS = {
    "ledger_node": "hash",
    "access_recovery": "digest",
    "access_failure": "address",
    "access_device": "digest",
    "access_spent": "sender",
}
BIND = """
SELECT set_config('role', %s, true), set_config('meldpunt.actor', %s, true),
    set_config('meldpunt.organisation', %s, true), set_config('meldpunt.permissions', %s, true),
    set_config('meldpunt.receipt', %s, true), set_config('meldpunt.key', %s, true),
    set_config('meldpunt.certificate', %s, true)
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
    certificate = draw.choice(["", *(hashlib.sha256(one.encode()).hexdigest() for one in CERTIFICATES)])
    names = [
        f"meldpunt_{door}",
        actor or "",
        organisation or "",
        " ".join(sorted(permissions)),
        receipt,
        key,
        certificate,
    ]
    session.execute(BIND, [str(one) for one in names])
    return Viewer(
        door=door,
        permissions=frozenset(map(str, permissions)),
        actor=actor,
        organisation=organisation,
        receipt_digest=hashlib.sha256(receipt.encode()).digest() if receipt else None,
        key_digest=hashlib.sha256(key.encode()).digest() if key else None,
        certificate=bytes.fromhex(certificate) if certificate else None,
    )


def countries(bare: Bare) -> Iterator[tuple[list[Viewer], Mapping[str, list[Row]], Rows]]:
    """Up to 1,200 drawn countries, each with thirty viewers; take no more than it takes."""
    draw = random.Random(20131223)
    for _ in range(1_200):
        with bare.session.transaction(force_rollback=True):
            pools, kept = fill(bare.session, bare.tables, draw)
            yield [look_as(bare.session, draw, pools) for _ in range(30)], kept, Rows(kept, pools.now, is_readable)


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
    unread = {(table, door) for table, readers in READERS.items() for door in readers}
    for viewers, _, rows in countries(bare):
        unread -= {
            (table, door)
            for table, door in unread
            if any(rows.seen_by(viewer, table) for viewer in viewers if viewer.door is door)
        }
        if not unread:
            break
    assert unread == set()


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
    assert any(disagreements(bare, draw, viewers=40, mutated=WEAKENED[table], tables=[table]) for _ in range(80))


CHANGES = {"UPDATE": is_changeable, "DELETE": is_removable}
RULES = {"UPDATE": CHANGERS, "DELETE": REMOVERS}


def statement_of(bare: Bare, table: str, change: str) -> sql.Composable | None:
    """The change of every row that leaves each as it is or takes it away; None where nothing is granted."""
    key, named = bare.key_of(table), sql.Identifier(table)
    if change == "DELETE":
        (granted,) = bare.session.execute("SELECT has_table_privilege(%s, 'DELETE')", [table]).fetchone() or (False,)
        return sql.SQL("DELETE FROM {}").format(named) if granted else None
    asked = "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
    names = f"{asked} AND has_column_privilege(attrelid, attnum, 'UPDATE') ORDER BY attname = %s, attnum LIMIT 1"
    found = bare.session.execute(names.encode(), [table, key]).fetchone()
    if found is None:
        return None
    return sql.SQL("UPDATE {} SET {column} = {column}").format(named, column=sql.Identifier(str(found[0])))


def reached(bare: Bare, table: str, change: str, keys: Collection[object]) -> set[object]:
    """The rows that a change of whoever is bound reaches, by their key.

    A row is reached as well where it may be changed, but not into what it was: then the refusal names the policy.
    """
    statement = statement_of(bare, table, change)
    if statement is None:
        return set()
    key = sql.Identifier(bare.key_of(table))
    found = set()
    for one in keys:
        narrowed = sql.SQL("{} WHERE {key} = %s RETURNING {key}").format(statement, key=key)
        try:
            with bare.session.transaction(force_rollback=True):
                found.update(row[0] for row in bare.session.execute(narrowed, [one]).fetchall())
        except psycopg.errors.InsufficientPrivilege as refusal:
            if "violates row-level security" not in str(refusal):
                raise
            found.add(one)
    return found


def differences(
    bare: Bare, draw: random.Random, *, viewers: int, mutated: str = "", tables: Collection[str] = ()
) -> set[str]:
    """As `disagreements`, of who changes and takes away."""
    found = set()
    with bare.session.transaction(force_rollback=True):
        pools, kept = fill(bare.session, bare.tables, draw)
        if mutated:
            bare.session.execute(mutated.encode())
        rows = Rows(kept, pools.now, is_readable)
        for _ in range(viewers):
            viewer = look_as(bare.session, draw, pools)
            for change, table in itertools.product(CHANGES, tables or bare.tables):
                named = {row[bare.key_of(table)]: row for row in kept[table]}
                allowed = {key for key, row in named.items() if CHANGES[change](viewer, table, row, rows)}
                got = reached(bare, table, change, named)
                if got != allowed:
                    more, fewer = len(got - allowed), len(allowed - got)
                    found.add(f"{change} {table} at {viewer.door}: {more} too many, {fewer} missing")
            bare.session.execute("RESET ROLE")
    return found


@settings(max_examples=6)
@given(seed=st.integers(0, 2**32))
def test_postgresql_lets_change_and_take_away_what_the_rule_allows(bare: Bare, seed: int) -> None:
    assert differences(bare, random.Random(seed), viewers=6) == set()


def test_the_draws_reach_every_rule_of_who_changes(bare: Bare) -> None:
    """For each table, somebody at each door that a rule names changes a row, or takes one away."""
    undone = {
        (change, table, door) for change, rule in RULES.items() for table, doors in rule.items() for door in doors
    }
    for viewers, kept, rows in countries(bare):
        undone -= {
            (change, table, door)
            for change, table, door in undone
            if any(
                CHANGES[change](viewer, table, row, rows)
                for viewer in viewers
                if viewer.door is door
                for row in kept[table]
            )
        }
        if not undone:
            break
    assert undone == set()


def test_rows_are_added_at_the_doors_that_the_rule_names_and_at_no_other(bare: Bare) -> None:
    granted = "SELECT has_any_column_privilege(%s, %s, 'INSERT')"
    added = {
        (table, door)
        for table, door in itertools.product(bare.tables, Door)
        if bare.session.execute(granted, [f"meldpunt_{door}", table]).fetchone() == (True,)
    }
    assert added == {(table, door) for table, doors in ADDERS.items() for door in doors}


LOOSENED = {
    "cases_merge": "ALTER POLICY desk_changes ON cases_merge USING (access_may('case.write'))",
    "access_machinekey": "ALTER POLICY desk_changes ON access_machinekey USING (access_may('constituency.manage'))",
    "constituency_key": "ALTER POLICY portal_revokes ON constituency_key USING (access_may('key.bring'))",
    "isacs_post": "ALTER POLICY portal_throws_away ON isacs_post USING (organisation = access_organisation())",
    "disclosure_delivery": "ALTER POLICY outside_progress ON disclosure_delivery USING (access_may('disclosure.read'))",
    "disclosure_envelope": "ALTER POLICY inside_settle ON disclosure_envelope USING (access_may('disclosure.oversee'))",
    "openness_passage": "ALTER POLICY desk_takes_away ON openness_passage"
    " USING (access_may('information-request.handle'))",
    "ledger_entry": "ALTER POLICY erase ON ledger_entry USING (access_may('ledger.erase'))",
    "evidence_item": "ALTER POLICY shred ON evidence_item USING (shredded_at IS NULL)",
    "triage_assignment": "GRANT UPDATE (actor) ON triage_assignment TO meldpunt_desk;"
    " CREATE POLICY too_much ON triage_assignment FOR UPDATE TO meldpunt_desk USING (true)",
}
"""For some tables a policy of who changes as it would be with a condition forgotten."""


@pytest.mark.parametrize("table", LOOSENED)
def test_a_condition_of_who_changes_that_is_forgotten_is_noticed(bare: Bare, table: str) -> None:
    draw = random.Random(table)
    assert any(differences(bare, draw, viewers=40, mutated=LOOSENED[table], tables=[table]) for _ in range(60))
