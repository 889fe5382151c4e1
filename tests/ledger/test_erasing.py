"""What an entry says can go, on a ground and with a trace; that there was a deed, and its place in the tree, stays."""

from __future__ import annotations

from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from tests.ledger.cast import actor_of, administrator, analyst, constituent, stranger

from meldpunt.access.binding import bound
from meldpunt.access.errors import NotFound, PermissionMissing
from meldpunt.access.rules import digest_of
from meldpunt.access.values import JOB, Actor, Door, Role
from meldpunt.ledger import actions, queries
from meldpunt.ledger import recording as ledger
from meldpunt.ledger.errors import ErasureRefused
from meldpunt.ledger.values import EntryId, Kind
from meldpunt.ledger.verify import verify_lines

pytestmark = pytest.mark.usefixtures("owner_dsn")
ORGANISATION = UUID(int=1)
NAME = "Jo Voorbeeld"
CODE = "koe-paard-7"


def officer() -> Actor:
    return actor_of(Role.DUTY_OFFICER, Door.DESK)


def recorded(kind: Kind = Kind.DECIDED) -> EntryId:
    actor = analyst()
    digest = digest_of(CODE)
    with bound(actor):
        return ledger.record(
            actor, kind=kind, about=ORGANISATION, details={"reason": f"{NAME} asked"}, receipt_digest=digest
        )


def erased(entry: EntryId) -> EntryId:
    return actions.erase_entry(officer(), entry=entry, ground="AVG 17(1)(d)", reason="named somebody")


def everything(owner_dsn: str) -> str:
    """All that any table of the ledger holds, as its owner reads it."""
    with psycopg.connect(owner_dsn, autocommit=True) as owner:
        tables = [f"ledger_{name}" for name in ("entry", "node", "checkpoint", "cosignature")]
        for table in tables:
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")  # type: ignore[arg-type]
        rows = [owner.execute(f"SELECT t::text FROM {table} t").fetchall() for table in tables]  # type: ignore[arg-type]
        for table in tables:
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")  # type: ignore[arg-type]
    return str(rows)


def test_content_and_salt_are_gone_from_every_table_and_the_commitment_stays(owner_dsn: str) -> None:
    entry = recorded()
    before = queries.prove_entry(JOB, entry=entry)
    assert NAME in everything(owner_dsn)
    erased(entry)
    left = everything(owner_dsn)
    assert NAME not in left
    assert before.salt.hex() not in left
    assert before.commitment.hex() in left


def test_export_and_proofs_still_fit_and_say_that_the_content_is_gone() -> None:
    entry, other = recorded(), recorded()
    actions.sign_checkpoint(JOB)
    erased(entry)
    actions.sign_checkpoint(JOB)
    assert verify_lines(line.encode() for line in queries.export_ledger(JOB)).is_sound
    for viewer in (officer(), constituent(ORGANISATION), stranger(CODE)):
        found = verify_lines(queries.proofs_bundle(viewer, entries=[entry, other]).splitlines(keepends=True))
        assert (found.is_sound, found.erased, found.checked) == (True, (0,), 2)
        assert [one.id for one in found.entries] == [other]
        assert NAME not in str(found.entries[0].details) or found.entries[0].id == other


def test_the_erased_entry_shows_as_such_and_an_entry_says_who_did_it_and_why() -> None:
    entry = recorded()
    told = erased(entry)
    shown = queries.get_entry(analyst(), entry=entry)
    assert (shown.is_erased, shown.kind, shown.details) == (True, Kind.DECIDED, {})
    for viewer in (analyst(), constituent(ORGANISATION), stranger(CODE)):
        trace = queries.get_entry(viewer, entry=told)
        assert (trace.kind, trace.subject) == (Kind.ERASED, entry)
        assert trace.details == {"ground": "AVG 17(1)(d)", "reason": "named somebody", "deed": "decided"}


def test_erasing_twice_is_refused_and_leaves_no_second_trace() -> None:
    entry = recorded()
    erased(entry)
    with pytest.raises(ErasureRefused):
        erased(entry)
    assert queries.count_entries(JOB)[Kind.ERASED] == 1


def test_an_erasure_and_a_change_of_the_key_always_stay() -> None:
    actions.rotate_key(JOB, kept=True)
    (rotation,) = queries.list_entries(JOB, kind=Kind.KEY_ROTATED)
    for entry in (erased(recorded()), rotation.id):
        with pytest.raises(ErasureRefused):
            erased(entry)


def test_what_is_not_there_is_not_erased() -> None:
    with pytest.raises(NotFound):
        erased(EntryId(uuid4()))


@pytest.mark.parametrize("somebody", [analyst(), administrator(), JOB, constituent(ORGANISATION), stranger(CODE)])
def test_only_a_duty_officer_erases(somebody: Actor) -> None:
    entry = recorded()
    with pytest.raises(PermissionMissing):
        actions.erase_entry(somebody, entry=entry, ground="none", reason="none")
    with bound(somebody), connection.cursor() as cursor:
        try:
            cursor.execute("UPDATE ledger_entry SET content = '', salt = '', erased_at = clock_timestamp()")
        except DatabaseError as refused:
            assert "permission denied" in str(refused)  # noqa: PT017 - or else no row was touched
        else:
            assert cursor.rowcount == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET content = '', salt = '', erased_at = clock_timestamp()",
        "UPDATE ledger_entry SET content = replace(content, 'Jo', 'Mo')",
        "UPDATE ledger_entry SET erased_at = clock_timestamp()",
    ],
)
def test_the_database_lets_no_content_go_unseen_or_change(statement: str) -> None:
    recorded()
    with pytest.raises(DatabaseError, match="row-level security"), bound(officer()), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET content = '{}', salt = '', erased_at = clock_timestamp() WHERE position = 0",
        "UPDATE ledger_entry SET content = '', erased_at = clock_timestamp() WHERE position = 0",
        "UPDATE ledger_entry SET content = '', salt = '', erased_at = clock_timestamp()",
    ],
)
def test_a_trace_of_one_erasure_covers_that_one_and_nothing_but_emptying(statement: str) -> None:
    entry, actor = recorded(), officer()
    recorded()
    with bound(actor), connection.cursor() as cursor:
        ledger.record(actor, kind=Kind.ERASED, subject=entry)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(statement)
